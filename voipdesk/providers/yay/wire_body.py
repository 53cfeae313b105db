"""What goes into the bodies that Yay.com is sent about customers (API documentation, Accounts; no I/O)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.providers.json_repair import DAMAGED
from voipdesk.providers.yay.wire_customers import STREET

if TYPE_CHECKING:
    from voipdesk.core.customers import CustomerAddress, CustomerUser

STORE_USER = "3"
"""The role of somebody who signs in to a store."""
_DEEPEST = 50


def moves_credit(key: str) -> bool:
    """Tell whether a field of this name must not be sent: a PUT that has a balance moves it."""
    return key.strip().lower() == "balance"


def address_fields(address: CustomerAddress) -> dict[str, object]:
    """Write an address as the service does, without its id."""
    if len(address.street) > len(STREET):
        raise BadInput(_("A street has at most {n} lines.", n=len(STREET)))
    lines = (*address.street, "", "", "")
    return {
        **dict(zip(STREET, lines, strict=False)),
        "city": address.city,
        "state": address.state,
        "zip": address.postcode,
        "country_code": address.country,
    }


def user_fields(user: CustomerUser) -> dict[str, object]:
    """Write a user as the service does, without its id."""
    return {
        "contact_first_name": user.first_name,
        "contact_last_name": user.last_name,
        "name": user.name,
        "password": user.password,
        "role_id": user.role or STORE_USER,
        "email": user.email,
    }


def check_sendable(value: object, depth: int = 0) -> None:
    """Raise BadInput for what JSON cannot carry as it is, and for texts that were damaged when they were read."""
    if depth > _DEEPEST:
        raise BadInput(_("A customer with fields nested so deeply cannot be sent."))
    if isinstance(value, dict):
        for key, inner in value.items():
            check_sendable(key, depth + 1)
            check_sendable(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            check_sendable(inner, depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise BadInput(_("A number without end cannot be sent."))
    elif isinstance(value, str) and (DAMAGED in value or any("\ud800" <= c <= "\udfff" for c in value)):
        raise BadInput(
            _(
                "“{value}” has a character that cannot be read, and to send it would lose it.",
                value=value.encode(errors="replace").decode()[:40],
            ),
            advice=_("Correct it in the service's dashboard first."),
        )
    elif not isinstance(value, str | int | float | None):
        raise BadInput(_("A {kind} cannot be sent.", kind=type(value).__name__))
