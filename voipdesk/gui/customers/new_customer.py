"""What the form for a new customer must hold, and the customer that is made of it."""

from __future__ import annotations

import re
import secrets
import string
from typing import TYPE_CHECKING

from voipdesk.core.customers import CustomerUser, NewCustomer
from voipdesk.core.language import N_, _
from voipdesk.gui.customers.address_fields import address_errors, read_address

if TYPE_CHECKING:
    from collections.abc import Mapping

ADDRESS = "address."
USER_LABELS = {
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "user_name": N_("Sign-in name"),
    "email": N_("E-mail"),
    "password": N_("Password"),
}
"""What the first user of a store's customer has."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LETTERS = "".join(c for c in string.ascii_letters + string.digits if c not in "0O1lI")
_LENGTH = 16


def user_label(key: str) -> str:
    """Name what a user has; `key` is one of USER_LABELS."""
    return _(USER_LABELS[key])  # NON-NLS: marked in its table


def random_password() -> str:
    """Make up a password of letters and figures that cannot be mistaken for one another."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def is_email(text: str) -> bool:
    """Tell whether a text can be an e-mail address: one @ with something on both sides."""
    return _EMAIL.fullmatch(text.strip()) is not None


def new_errors(values: Mapping[str, str], *, for_store: bool) -> dict[str, str]:
    """Say, by key, what must be entered and is not, or cannot be."""
    labels = {"name": _("Name"), "contact_name": _("Contact name")}
    if for_store:
        labels |= {"store": _("Store"), **{key: user_label(key) for key in USER_LABELS}}
    errors = {key: _("{label} is missing.", label=label) for key, label in labels.items() if not values[key].strip()}
    if for_store:
        errors |= address_errors(values, ADDRESS)
        if "email" not in errors and not is_email(values["email"]):
            errors["email"] = _("This is no e-mail address.")
    return errors


def read_new(values: Mapping[str, str], *, for_store: bool) -> NewCustomer:
    """Make the customer; a password is taken as it is, everything else without white space around it."""
    entered = {key: value.strip() for key, value in values.items()}
    new = NewCustomer(entered["name"], entered["contact_name"], entered["phone"])
    if not for_store:
        return new
    user = CustomerUser(
        name=entered["user_name"],
        email=entered["email"],
        first_name=entered["first_name"],
        last_name=entered["last_name"],
        password=values["password"],
    )
    address = read_address(values, ADDRESS)
    return NewCustomer(new.name, new.contact_name, new.phone, entered["store"], address, user)
