"""A customer as it is printed: for people and for other programs, passwords blanked unless they are to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.blanking import BLANK, blanked
from voipdesk.core.credit import shown_amount
from voipdesk.core.language import _
from voipdesk.services.object_changes import yes_no

if TYPE_CHECKING:
    from decimal import Decimal

    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer, CustomerAddress, CustomerUser


def show_customer(account: Account, customer: Customer, *, store: str, balance: Decimal | None, reveal: bool) -> None:
    """Print all that people need to know of a customer."""
    rows = [
        (_("Account"), account.name),
        (_("Name"), customer.name),
        (_("Contact"), customer.contact_name),
        (_("Phone"), customer.phone),
        (_("Balance"), "" if balance is None else shown_amount(balance)),
        (_("Store"), store),
        (_("May call out"), yes_no(customer.allow_outbound)),
        (_("Opened"), f"{customer.created_at.astimezone():%Y-%m-%d}" if customer.created_at else ""),
        *((_("Address"), _one_line(address)) for address in customer.addresses),
        *((_("User"), _user(user, reveal=reveal)) for user in customer.users),
        (_("Id"), customer.id),
    ]
    output.say_block(output.pairs(row for row in rows if row[1]))


def json_customer(customer: Customer, *, balance: Decimal | None = None, reveal: bool) -> object:
    """Give a customer for other programs: our fields, and the service's whole object in `raw`."""
    shown = {
        "id": customer.id,
        "name": customer.name,
        "contact_name": customer.contact_name or None,
        "phone": customer.phone or None,
        "store": customer.store or None,
        "allow_outbound": customer.allow_outbound,
        "balance": output.exact(customer.balance if balance is None else balance),
        "created_at": output.local_time(customer.created_at),
        "addresses": [_json_address(address) for address in customer.addresses],
        "users": [_json_user(user) for user in customer.users],
        "raw": dict(customer.raw),
    }
    return shown if reveal else blanked(shown)


def _one_line(address: CustomerAddress) -> str:
    parts = (*address.street, address.city, address.state, address.postcode, address.country)
    return ", ".join(part for part in parts if part)


def _user(user: CustomerUser, *, reveal: bool) -> str:
    password = _("password {password}", password=user.password if reveal else BLANK) if user.password else ""
    role = _("role {role}", role=user.role) if user.role else ""
    parts = (user.name, f"{user.first_name} {user.last_name}".strip(), user.email, role, password)
    return " · ".join(part for part in parts if part)


def _json_address(address: CustomerAddress) -> dict[str, object]:
    return {
        "id": address.id or None,
        "street": list(address.street),
        "city": address.city or None,
        "state": address.state or None,
        "postcode": address.postcode or None,
        "country": address.country or None,
    }


def _json_user(user: CustomerUser) -> dict[str, object]:
    return {
        "id": user.id or None,
        "name": user.name or None,
        "email": user.email or None,
        "first_name": user.first_name or None,
        "last_name": user.last_name or None,
        "role": user.role or None,
        "password": user.password or None,
    }
