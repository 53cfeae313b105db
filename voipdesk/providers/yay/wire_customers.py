"""Customers ("sub resellers") and stores as Yay.com describes them (API documentation, Accounts; no I/O)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.customers import Customer, CustomerAddress, CustomerUser, Store
from voipdesk.providers.json_fields import text
from voipdesk.providers.yay.wire import read_object
from voipdesk.providers.yay.wire_customer_rows import read_documented
from voipdesk.providers.yay.wire_fields import amount, flag_of, objects, raw_field
from voipdesk.providers.yay.wire_rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from voipdesk.providers.exchange import Answer
    from voipdesk.providers.stamps import ReadMoment
    from voipdesk.providers.yay.wire_rows import Rows

PATH = "/account/reseller"
STORES_PATH = "/account/store"


def read_customers(answer: Answer, moment: ReadMoment) -> Rows[Customer]:
    """Read a list of customers."""
    return read_rows(
        answer,
        lambda fields, raw: customer(fields, moment, _balance(fields, raw)),
        documented=lambda raw: read_documented(raw, moment),
    )


def read_customer(answer: Answer, moment: ReadMoment) -> Customer:
    """Read one customer, whole."""
    fields, raw = read_object(answer)
    return customer(fields, moment, _balance(fields, raw))


def customer(fields: Mapping[str, object], moment: ReadMoment, balance: Decimal | None = None) -> Customer:
    """Take a customer from its object, which is kept as it came."""
    return Customer(
        id=text(fields, "uuid"),
        name=text(fields, "name"),
        contact_name=text(fields, "contact_name"),
        phone=text(fields, "phone"),
        store=text(fields, "store_front"),
        allow_outbound=flag_of(fields.get("allow_outbound")),
        addresses=tuple(address(item) for item in objects(fields.get("addresses"))),
        users=tuple(user(item) for item in objects(fields.get("users"))),
        balance=balance,
        created_at=moment(text(fields, "created_on")),
        raw=fields,
    )


def address(fields: Mapping[str, object]) -> CustomerAddress:
    """Take an address from its object."""
    lines = (text(fields, key) for key in STREET)
    return CustomerAddress(
        street=tuple(line for line in lines if line),
        city=text(fields, "city"),
        state=text(fields, "state"),
        postcode=text(fields, "zip"),
        country=text(fields, "country_code"),
        id=text(fields, "uuid"),
    )


def user(fields: Mapping[str, object]) -> CustomerUser:
    """Take a user from its object; the role comes as a number or as a text."""
    return CustomerUser(
        name=text(fields, "name"),
        email=text(fields, "email"),
        first_name=text(fields, "contact_first_name"),
        last_name=text(fields, "contact_last_name"),
        role=text(fields, "role_id"),
        password=text(fields, "password"),
        id=text(fields, "uuid"),
    )


STREET = ("street_one", "street_two", "street_three")


def read_stores(answer: Answer) -> Rows[Store]:
    """Read a list of stores."""
    return read_rows(answer, lambda fields, _raw: _store(fields))


def _store(fields: Mapping[str, object]) -> Store:
    return Store(
        id=text(fields, "uuid"),
        name=text(fields, "name", "store_name", "display_name"),
        domain=text(fields, "domain", "domain_name", "url"),
        raw=fields,
    )


def _balance(fields: Mapping[str, object], raw: bytes) -> Decimal | None:
    """Read a balance from the object as it came: decoded, a number would have lost its exact digits."""
    return amount(raw_field(raw, "balance")) if "balance" in fields else None
