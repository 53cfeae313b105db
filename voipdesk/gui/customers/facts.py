"""What is said of a customer: lines for its addresses, its users, whether it may call out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.gui.widgets.labels import breakable
from voipdesk.gui.widgets.record_model import one_line

if TYPE_CHECKING:
    from voipdesk.core.customers import Customer, CustomerAddress, CustomerUser

_MASK = frozenset("*•")


def title(customer: Customer) -> str:
    """Call a customer by whom one knows there, else by its name."""
    return one_line(customer.contact_name) or one_line(customer.name)


def call_out(customer: Customer) -> str:
    """Say whether it may call out, "" where the service does not say."""
    if customer.allow_outbound is None:
        return ""
    return _("Yes") if customer.allow_outbound else _("No")


def address_text(address: CustomerAddress) -> str:
    """Write an address as on an envelope; words that are too long for any line may be broken."""
    town = " ".join(filter(None, (address.city, address.postcode)))
    parts = (*address.street, town, address.state, address.country)
    return "\n".join(breakable(one_line(part)) for part in parts if part.strip())


def user_name(user: CustomerUser) -> str:
    """Call a user by first and last name, else by the name it signs in with."""
    person = " ".join(filter(None, (one_line(user.first_name), one_line(user.last_name))))
    return person or one_line(user.name) or _("No name")


def user_about(user: CustomerUser) -> str:
    """Say what a user signs in with and may do."""
    signs_in = _("signs in as {name}", name=one_line(user.name)) if user.name else ""
    role = _("role {role}", role=one_line(user.role)) if user.role else ""
    return " · ".join(filter(None, (signs_in, role)))


def has_password(user: CustomerUser) -> bool:
    """Tell whether there is a password to be shown: some services give stars in its place."""
    return bool(user.password.strip()) and not set(user.password) <= _MASK
