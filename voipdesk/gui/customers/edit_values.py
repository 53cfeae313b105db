"""An edited customer as the form has it: a text for every field by a key that stays with what it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.gui.customers.address_fields import address_errors, address_values, read_address
from voipdesk.gui.customers.new_customer import is_email

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from voipdesk.core.customers import Customer, CustomerAddress, CustomerUser

NEW_ADDRESS = "address.new."
USER_KEYS = ("first_name", "last_name", "email")
"""What can be changed of a user: keys of new_customer.USER_LABELS."""
_YES_NO = {True: "yes", False: "no", None: ""}


def address_prefix(addresses: Sequence[CustomerAddress], place: int) -> str:
    """Give what the keys of an address begin with: its id, or its place where it has none."""
    return f"address.{addresses[place].id or place}."


def user_prefix(users: Sequence[CustomerUser], place: int) -> str:
    """Give what the keys of a user begin with."""
    return f"user.{users[place].id or place}."


def edit_values(customer: Customer) -> dict[str, str]:
    """Give what the form shows for a customer."""
    values = {
        "contact_name": customer.contact_name,
        "phone": customer.phone,
        "store": customer.store,
        "allow_outbound": _YES_NO[customer.allow_outbound],
    }
    for place, address in enumerate(customer.addresses):
        values |= address_values(address, address_prefix(customer.addresses, place))
    for place, user in enumerate(customer.users):
        values |= _user_values(user, user_prefix(customer.users, place))
    return values


def edited(before: Customer, values: Mapping[str, str]) -> Customer:
    """Make the customer as it is to be; what was not touched stays exactly as it was read."""
    shown = edit_values(before)
    touched = {key: value.strip() for key, value in values.items() if value != shown.get(key)}
    addresses = [
        _edited_address(address, address_prefix(before.addresses, place), values)
        for place, address in enumerate(before.addresses)
    ]
    if any(value for key, value in touched.items() if key.startswith(NEW_ADDRESS)):
        addresses.append(read_address(values, NEW_ADDRESS))
    allowed = before.allow_outbound
    if "allow_outbound" in touched:
        allowed = touched["allow_outbound"] == "yes"
    return replace(
        before,
        contact_name=touched.get("contact_name", before.contact_name),
        phone=touched.get("phone", before.phone),
        store=touched.get("store", before.store),
        allow_outbound=allowed,
        addresses=tuple(addresses),
        users=tuple(
            _edited_user(user, user_prefix(before.users, place), touched) for place, user in enumerate(before.users)
        ),
    )


def edit_errors(before: Customer, values: Mapping[str, str]) -> dict[str, str]:
    """Say, by key, what cannot be; what was not touched is the service's own and is let be."""
    shown = edit_values(before)
    errors = {}
    if before.contact_name and not values["contact_name"].strip():
        errors["contact_name"] = _("{label} is missing.", label=_("Contact name"))
    for prefix in [address_prefix(before.addresses, place) for place in range(len(before.addresses))]:
        if any(value != shown[key] for key, value in values.items() if key.startswith(prefix)):
            errors |= address_errors(values, prefix)
    if any(value.strip() for key, value in values.items() if key.startswith(NEW_ADDRESS)):
        errors |= address_errors(values, NEW_ADDRESS)
    for key, value in values.items():
        if key.startswith("user.") and key.endswith(".email") and value != shown[key] and not is_email(value):
            errors[key] = _("This is no e-mail address.")
    return errors


def carried_over(before: Customer, typed: Mapping[str, str], now: Customer) -> tuple[dict[str, str], dict[str, str]]:
    """Give what the form is to show of a customer that somebody else changed, and what was typed and is not shown.

    Where both changed a field it is theirs that is shown: nothing of theirs is overwritten unseen.
    """
    was, is_ = edit_values(before), edit_values(now)
    mine = {key: text for key, text in typed.items() if text != was.get(key, "")}
    theirs = {key for key in is_ if is_[key] != was.get(key, "")}
    kept = {
        key: text for key, text in mine.items() if key not in theirs and (key in is_ or key.startswith(NEW_ADDRESS))
    }
    lost = {key: text for key, text in mine.items() if key in theirs and text != is_[key]}
    return kept, lost


def _user_values(user: CustomerUser, prefix: str) -> dict[str, str]:
    return {prefix + key: str(getattr(user, key)) for key in USER_KEYS}


def _edited_address(address: CustomerAddress, prefix: str, values: Mapping[str, str]) -> CustomerAddress:
    shown = address_values(address, prefix)
    if all(values[key] == text for key, text in shown.items()):
        return address
    return read_address(values, prefix, address.id)


def _edited_user(user: CustomerUser, prefix: str, touched: Mapping[str, str]) -> CustomerUser:
    changes = {key: touched[prefix + key] for key in USER_KEYS if prefix + key in touched}
    return replace(user, **changes) if changes else user
