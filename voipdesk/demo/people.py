"""The demo office: who works there, its queues and ring groups, and the customers who call again and again."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from voipdesk.demo.numbers import ABROAD, GEOGRAPHIC, MOBILE, OFFICE, from_ranges

MAIN_NUMBER = f"{OFFICE.prefix}00"
"""What the office shows when it calls out."""


class User(NamedTuple):
    """Someone with a desk phone; `direct` is the number that rings it from outside."""

    name: str
    extension: str
    direct: str


class Desk(NamedTuple):
    """A queue or ring group: a number and the users who answer it."""

    name: str
    number: str
    users: tuple[User, ...]


class Customer(NamedTuple):
    """Somebody outside; the name is "" where the exchange knows none."""

    number: str
    name: str


_NAMES = (
    *("Ann Lee", "Priya Shah", "Tom Okafor", "Grace Whitfield", "Daniel Reyes", "Siân Morgan", "Callum Fraser"),
    *("Zofia Nowak", "Hannah Brooks", "Imran Malik", "Oliver Hartley", "Chloé Martin"),
)
USERS = tuple(User(name, str(7040 + i), f"{OFFICE.prefix}{20 + i}") for i, name in enumerate(_NAMES))
QUEUES = (
    Desk("Sales", f"{OFFICE.prefix}01", USERS[0:5]),
    Desk("Support", f"{OFFICE.prefix}02", USERS[4:10]),
    Desk("Accounts", f"{OFFICE.prefix}03", USERS[9:12]),
)
RING_GROUPS = (
    Desk("Reception", MAIN_NUMBER, USERS[0:3]),
    Desk("Out of hours", f"{OFFICE.prefix}04", USERS[5:8]),
)
WITHHELD = Customer("anonymous", "")

_FIRST = (
    *("James", "Aisha", "Oliver", "Emily", "Mohammed", "Sophie", "Liam", "Olivia", "Noah", "Amelia", "Ravi", "Isla"),
    *(
        "George",
        "Freya",
        "Arthur",
        "Maya",
        "Leo",
        "Ella",
        "Adam",
        "Lily",
        "Owen",
        "Zara",
        "Finn",
        "Nia",
        "Kofi",
        "Ruth",
    ),
    *("Ewan", "Marta", "Declan", "Yasmin", "Hugo"),
)
_LAST = (
    *(
        "Smith",
        "Patel",
        "Jones",
        "Williams",
        "Khan",
        "Taylor",
        "Davies",
        "Evans",
        "Hughes",
        "Begum",
        "Walker",
        "O’Neill",
    ),
    *("Campbell", "Wright", "Green", "Ahmed", "Clarke", "Murphy", "Stewart", "Kowalski", "Adeyemi", "Price", "Bennett"),
    *("Cooper", "Fernandes", "Griffiths", "Hall", "MacDonald", "Marsh", "Osei", "Quinn", "Rowe", "Singh", "Turner"),
    *("Underwood", "Vaughan", "Watts"),
)
_PLACES = (
    *("Harbour", "Northgate", "Elm Street", "Riverside", "Castle", "Kingsway", "Meadow", "Victoria", "Highfield"),
    *("Station Road", "Abbey", "Orchard", "Park Lane", "Millbrook", "Bridge", "St Mary’s", "Westfield"),
)
_TRADES = (
    *("Dental", "Vets", "Joinery", "Plumbing & Heating", "Solicitors", "Florists", "Motors", "Catering", "Pharmacy"),
    *("Estate Agents", "Primary School", "Physiotherapy", "Printers"),
)


def customer_count(calls: int) -> int:
    """How many customers make up a year of so many calls: each calls about twenty times, some daily, many once."""
    return max(150, min(30_000, calls // 20))


def full_name(first: int, last: int) -> str:
    """Put a name together; any numbers do."""
    return f"{_FIRST[first % len(_FIRST)]} {_LAST[last % len(_LAST)]}"


def _number(index: int) -> str:
    if index % 3 == 0 and index // 3 < MOBILE.size:
        return MOBILE.number(index // 3)
    if index % 12 == 11:
        return from_ranges(ABROAD, index // 12)
    try:
        return from_ranges(GEOGRAPHIC, index)
    except IndexError:
        return from_ranges(ABROAD, 2_500 + index)


@lru_cache(maxsize=32_768)
def customer(index: int) -> Customer:
    """Give the customer at `index`: two in five are firms, one in six is a number without a name."""
    mixed = index * 2_654_435_761 >> 7
    number = _number(index)
    if mixed % 6 == 5:
        return Customer(number, "")
    if mixed % 5 < 2:
        return Customer(number, f"{_PLACES[mixed // 7 % len(_PLACES)]} {_TRADES[mixed // 131 % len(_TRADES)]}")
    return Customer(number, full_name(mixed // 11, mixed // 367))
