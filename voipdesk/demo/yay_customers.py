"""The reseller's customers as they stand: those of the seed, those opened since, and what was changed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import count as count_from
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from voipdesk.demo.yay_answers import Refused
from voipdesk.demo.yay_objects import STORE_ROLE, Customer, Part
from voipdesk.demo.yay_people import NAMES_ELSEWHERE, Dice, first_balance, make_customer, stamp, stores
from voipdesk.demo.yay_switches import Passwords, YaySwitches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from voipdesk.demo.clock import Clock

MASK = "********"
_NAME = re.compile(r"[!-~](?:[ -~]{0,62}[!-~])?")
_encode = msgspec.json.Encoder().encode


class NameTaken(Refused):
    """Somebody on the platform has the name; the status is a switch."""


class _First(NamedTuple):
    """The customers of a seed: their names, and where each uuid is; with the list of them as it is sent."""

    places: Mapping[str, int]
    names: Mapping[str, str]
    rows: tuple[bytes, ...]


@lru_cache(maxsize=4)
def _first(seed: int, count: int) -> _First:
    made = [make_customer(seed, index) for index in range(count)]
    return _First(
        {customer.uuid: index for index, customer in enumerate(made)},
        {customer.name: customer.uuid for customer in made},
        tuple(map(_encode, made)),
    )


class Customers:
    """Touched by the server's thread alone; made when first asked for."""

    def __init__(self, seed: int, count: int, clock: Clock) -> None:
        self._seed = seed
        self._count = count
        self._clock = clock
        self._now: dict[str, Customer] = {}
        """Those opened or changed since, by uuid."""
        self._opened: list[str] = []
        self._names: dict[str, str | None] = {}
        """What names mean since: a uuid, or None for one that was given up."""
        self._balances: dict[str, Decimal] = {}
        self._listed: dict[YaySwitches, bytes] = {}
        self._parts = count_from()
        """Numbers of the addresses and users made since."""

    def __len__(self) -> int:
        return self._count + len(self._opened)

    @property
    def names(self) -> list[str]:
        """All names, the seed's first."""
        return [self.get(uuid).name for uuid in self._uuids()]

    def get(self, uuid: str) -> Customer:
        """Give a customer; raises Refused 404."""
        if uuid in self._now:
            return self._now[uuid]
        place = self._first.places.get(uuid)
        if place is None:
            raise Refused(404)
        return make_customer(self._seed, place)

    def named(self, name: str) -> str | None:
        """Give the uuid of the customer with that name."""
        return self._names[name] if name in self._names else self._first.names.get(name)

    def balance(self, uuid: str) -> Decimal:
        """Give what a customer has."""
        if uuid not in self._balances:
            self._balances[uuid] = first_balance(self._seed, self._first.places.get(uuid, 0))
        return self._balances[uuid]

    def set_balance(self, uuid: str, balance: Decimal) -> None:
        """Let a customer have so much."""
        self._balances[uuid] = balance
        self._keep(msgspec.structs.replace(self.get(uuid), updated_on=stamp(self._clock.now())))

    def create(self, body: Mapping[str, object]) -> Customer:
        """Open a customer; raises Refused."""
        new = self._read(body, None)
        self._opened.append(new.uuid)
        self._balances[new.uuid] = Decimal(0)
        self._keep(new)
        return new

    def replace(self, uuid: str, body: Mapping[str, object]) -> Customer:
        """Let a customer be what the body says, all that it leaves out reset; raises Refused."""
        before = self.get(uuid)
        after = self._read(body, before)
        if after.name != before.name:
            self._names[before.name] = None
        self._keep(after)
        return after

    def change(self, uuid: str, **fields: object) -> None:
        """Change some fields, as somebody else does in the dashboard."""
        self.replace(uuid, {**msgspec.to_builtins(self.get(uuid)), **fields})

    def shown(self, uuid: str, switches: YaySwitches) -> dict[str, object]:
        """Give a customer's object as the service sends it."""
        shown: dict[str, object] = msgspec.to_builtins(self.get(uuid))
        users = shown["users"]
        for user in users if isinstance(users, list) else ():
            if switches.passwords is Passwords.MISSING:
                del user["password"]
            elif switches.passwords is Passwords.MASKED:
                user["password"] = MASK
        if switches.customer_balance:
            balance = self.balance(uuid)
            shown["balance"] = float(balance) if switches.balance_number else f"{balance:.3f}"
        return shown

    def listed(self, switches: YaySwitches) -> bytes:
        """Give all of them as a JSON list, encoded once for as long as nothing changes."""
        if switches not in self._listed:
            self._listed[switches] = b"[" + b",".join(self._rows(switches)) + b"]"
        return self._listed[switches]

    def page(self, number: int, size: int, switches: YaySwitches) -> list[dict[str, object]]:
        """Give one page of them, from 1."""
        return [self._in_list(uuid, switches) for uuid in list(self._uuids())[(number - 1) * size : number * size]]

    @property
    def _first(self) -> _First:
        return _first(self._seed, self._count)

    def _uuids(self) -> Iterator[str]:
        yield from self._first.places
        yield from self._opened

    def _rows(self, switches: YaySwitches) -> Iterator[bytes]:
        plain = switches.passwords is Passwords.PLAIN and not switches.customer_balance and not switches.customers_short
        for uuid in self._uuids():
            if plain and uuid not in self._now:
                yield self._first.rows[self._first.places[uuid]]
            else:
                yield _encode(self._in_list(uuid, switches))

    def _in_list(self, uuid: str, switches: YaySwitches) -> dict[str, object]:
        shown = self.shown(uuid, switches)
        if switches.customers_short:
            del shown["addresses"], shown["users"]
        return shown

    def _keep(self, customer: Customer) -> None:
        self._now[customer.uuid] = customer
        self._names[customer.name] = customer.uuid
        self._listed.clear()

    def _read(self, body: Mapping[str, object], before: Customer | None) -> Customer:
        """Read a body; whatever it leaves out has its default, and what is the service's own stays."""
        try:
            read = msgspec.convert(body, Customer, strict=False)
        except msgspec.ValidationError as error:
            raise Refused(400, str(error), "body") from None
        if not _NAME.fullmatch(read.name):
            raise Refused(400, "must be 1 to 64 printable characters", "name")
        if not read.contact_name.strip():
            raise Refused(400, "is required", "contact_name")
        owner = self.named(read.name)
        if read.name in NAMES_ELSEWHERE or (owner is not None and (before is None or owner != before.uuid)):
            raise NameTaken(409, "This name is already in use", "name")
        self._check_store(read)
        now = self._clock.now()
        uuid = before.uuid if before else Dice.of(self._seed, "opened", len(self._opened)).uuid
        made_on = before.created_on if before else stamp(now)
        self._sign(read, before, now)
        return msgspec.structs.replace(read, uuid=uuid, created_on=made_on, updated_on=stamp(now))

    def _check_store(self, read: Customer) -> None:
        for address in read.addresses:
            for field in ("street_one", "city", "zip", "country_code"):
                if not getattr(address, field).strip():
                    raise Refused(400, "is required", f"addresses.{field}")
        for user in read.users:
            if not user.name.strip():
                raise Refused(400, "is required", "users.name")
        if read.store_front is None:
            return
        if read.store_front not in {store.uuid for store in stores(self._seed)}:
            raise Refused(400, "There is no such store", "store_front")
        if not read.addresses:
            raise Refused(400, "A customer of a store needs an address", "addresses")
        if not any(user.role_id == STORE_ROLE for user in read.users):
            raise Refused(400, f"A customer of a store needs a user with role_id {STORE_ROLE}", "users")

    def _sign(self, read: Customer, before: Customer | None, now: datetime) -> None:
        """Give addresses and users their ids and stamps; an id that the customer did not have is refused."""
        known: dict[str, str] = (
            {part.uuid: part.created_on for part in (*before.addresses, *before.users)} if before else {}
        )
        parts: tuple[Part, ...] = (*read.addresses, *read.users)
        for part in parts:
            if part.uuid and part.uuid not in known:
                raise Refused(400, "There is no such address or user", "uuid")
            part.created_on = known.get(part.uuid, stamp(now))
            part.updated_on = stamp(now)
            part.uuid = part.uuid or Dice.of(self._seed, "part", next(self._parts)).uuid
