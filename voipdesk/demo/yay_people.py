"""The customers of the demo reseller, their stores, users and SIP users: the same for the same seed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from voipdesk.demo.people import customer, full_name
from voipdesk.demo.yay_objects import SIP_MARK, STORE_ROLE, USER_MARK, Address, Customer, IpRange, SipUser, Store, User

NAMES_ELSEWHERE = ("acme", "admin", "demo", "test", "harbour-telecom", "northgate-voice")
"""Customers of other resellers: their names are taken, too."""
STAFF = 12
"""SIP users of the reseller itself, at the extensions 1001 to 1012."""
FIRST_EXTENSION = 1001
_STREETS = ("High Street", "Station Road", "Church Lane", "Mill Road", "Castle Street", "Victoria Road", "Park Avenue")
_CITIES = (
    *(("Guildford", "Surrey", "GU2 4AW"), ("Bristol", "Avon", "BS1 5TR"), ("Leeds", "West Yorkshire", "LS1 4AP")),
    *(("Cardiff", "", "CF10 1EP"), ("Exeter", "Devon", "EX4 3SR"), ("Norwich", "Norfolk", "NR1 3DD")),
)
_STORES = ("Harbour Voice", "Northgate Talk", "Elm Telecom", "Riverside Lines", "Castle Calls", "Meadow Phones")
_STATUSES = ("open", "open", "open", "open", "open", "open", "closed", "closed", "ringing", "on a call", "DND")
_EPOCH = datetime(2018, 1, 8, 9, tzinfo=UTC)
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


class Dice(NamedTuple):
    """What chance there is about one thing: the same for the same seed, kind and place."""

    number: int

    @classmethod
    def of(cls, *what: object) -> Dice:
        """Throw them for something."""
        text = "/".join(map(str, what))
        return cls(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest()))

    @property
    def uuid(self) -> str:
        """As an id."""
        return str(UUID(int=self.number, version=4))

    def below(self, end: int, shift: int = 0) -> int:
        """Give a number from 0 to `end`, exclusive; another `shift` is another throw."""
        return (self.number >> shift) % end

    def text(self, length: int) -> str:
        """Letters and digits."""
        return "".join(_BASE36[self.number // 36**place % 36] for place in range(length))


def stamp(moment: datetime) -> str:
    """Write a moment as Yay's objects have it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _day_of(dice: Dice) -> datetime:
    return _EPOCH + timedelta(days=dice.below(2_800, 40), seconds=dice.below(30_000, 52))


@lru_cache(maxsize=4)
def stores(seed: int) -> tuple[Store, ...]:
    """Make the reseller's stores."""
    return tuple(
        Store(
            uuid=(dice := Dice.of(seed, "store", name)).uuid,
            name=name,
            domain=f"portal.{_slug(name)}.example",
            created_on=stamp(_day_of(dice)),
            updated_on=stamp(_day_of(dice)),
        )
        for name in _STORES
    )


def make_customer(seed: int, index: int) -> Customer:
    """Make the customer at `index`: one in four belongs to a store, every one has something of its own."""
    dice = Dice.of(seed, "customer", index)
    known = customer(index)
    contact = known.name or _person(dice)
    made_on = stamp(_day_of(dice))
    in_store = index % 4 == 0
    return Customer(
        uuid=dice.uuid,
        name=f"{_slug(contact)}-{index + 1}" if index % 3 == 0 else f"c-{dice.text(12)}",
        contact_name=contact,
        phone=f"+{known.number}" if index % 7 else None,
        store_front=stores(seed)[dice.below(len(_STORES), 8)].uuid if in_store else None,
        allow_outbound=index % 11 != 5,
        addresses=[_address(dice, made_on)] if in_store or index % 5 == 1 else [],
        users=[_user(dice, place, made_on) for place in range(1 + (index % 8 == 0))] if in_store else [],
        ip_addresses=[IpRange(ip_range=f"192.0.2.{index % 250}/32", created_on=made_on)] if index % 16 == 2 else [],
        allow_international=index % 6 == 1,
        low_balance_email=f"accounts@{_slug(contact)}.example" if index % 9 == 0 else None,
        notes="Pays by direct debit." if index % 10 == 3 else "",
        created_on=made_on,
        updated_on=made_on,
    )


def _address(dice: Dice, made_on: str) -> Address:
    city, state, postcode = _CITIES[dice.below(len(_CITIES), 16)]
    return Address(
        uuid=Dice.of(dice.number, "address").uuid,
        street_one=f"{dice.below(180, 24) + 1} {_STREETS[dice.below(len(_STREETS), 32)]}",
        street_two=f"Unit {dice.below(9, 36) + 1}" if dice.below(3, 20) == 0 else None,
        city=city,
        state=state or None,
        zip=postcode,
        country_code="GB",
        created_on=made_on,
        updated_on=made_on,
    )


def _user(customer_dice: Dice, place: int, made_on: str) -> User:
    dice = Dice.of(customer_dice.number, "user", place)
    first, last = _person(dice).split(" ", 1)
    return User(
        uuid=dice.uuid,
        name="admin" if place == 0 else _slug(f"{first} {last}"),
        password=f"{USER_MARK}{dice.text(10)}",
        email=f"{_slug(first)}@customer.example",
        contact_first_name=first,
        contact_last_name=last,
        role_id=STORE_ROLE,
        created_on=made_on,
        updated_on=made_on,
    )


def first_balance(seed: int, index: int) -> Decimal:
    """Tell what a customer has at the start: up to 60, one in five nothing."""
    return Decimal(Dice.of(seed, "balance", index).below(60_000) if index % 5 else 0).scaleb(-3)


@lru_cache(maxsize=1_024)
def sip_users(seed: int, owner: str, count: int | None = None) -> tuple[SipUser, ...]:
    """Make the SIP users of a customer by its uuid, or the reseller's own for ""; `count` where not its usual."""
    dice = Dice.of(seed, "phones", owner)
    usual = STAFF if not owner else 0 if dice.below(12) == 11 else 1 + dice.below(6, 8)
    return tuple(_sip_user(seed, owner, place) for place in range(usual if count is None else count))


def _sip_user(seed: int, owner: str, place: int) -> SipUser:
    dice = Dice.of(seed, "sip", owner, place)
    name = _person(dice)
    return SipUser(
        uuid=dice.uuid,
        login=f"{_slug(name).replace('-', '_')}_{dice.below(90, 12) + 10}",
        password=f"{SIP_MARK}{dice.text(12)}",
        display_name=name,
        extension=FIRST_EXTENSION + place,
        encrypted=dice.below(3, 20) == 0,
        caller_id=Dice.of(seed, "caller-id", owner).uuid,
        created_on=_day_of(dice).strftime("%Y-%m-%d"),
    )


def sip_status(user: SipUser) -> str:
    """Tell a SIP user's state, "" for one that the service says nothing of."""
    dice = Dice.of("status", user.uuid)
    return "" if dice.below(14) == 13 else _STATUSES[dice.below(len(_STATUSES), 8)]


def _person(dice: Dice) -> str:
    return full_name(dice.below(1 << 20, 60), dice.below(1 << 20, 70))


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
