"""The fields of a postal address, and what must be in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voipdesk.core.customers import CustomerAddress
from voipdesk.core.language import N_, _
from voipdesk.gui.widgets.form_field import TextField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.gui.theme import Theme

_LABELS = {
    "street_one": N_("Street"),
    "street_two": N_("Street, line 2"),
    "street_three": N_("Street, line 3"),
    "city": N_("City"),
    "state": N_("State or county"),
    "postcode": N_("Postcode"),
    "country": N_("Country"),
}
_OPTIONAL = frozenset({"street_two", "street_three", "state"})
_COUNTRY = re.compile(r"[A-Za-z]{2}")


def address_fields(prefix: str, spoken: str, theme: Theme) -> dict[str, TextField]:
    """Make the fields, by keys that begin with `prefix`; `spoken` tells them from those of another address."""
    fields = {}
    for key in _LABELS:
        label = _label(key)
        about = _("Two letters, such as GB.") if key == "country" else ""
        shown = _("{label} (optional)", label=label) if key in _OPTIONAL else label
        field = fields[prefix + key] = TextField(shown, theme, about=about)
        field.editor.setAccessibleName(f"{spoken}{label}")
    return fields


def address_values(address: CustomerAddress, prefix: str) -> dict[str, str]:
    """Give what the fields show for an address."""
    street = (*address.street, "", "", "")[:3]
    values = (*street, address.city, address.state, address.postcode, address.country)
    return {prefix + key: value for key, value in zip(_LABELS, values, strict=True)}


def read_address(values: Mapping[str, str], prefix: str, address_id: str = "") -> CustomerAddress:
    """Read an address from what was entered."""

    def entered(key: str) -> str:
        return values[prefix + key].strip()

    street = [entered(key) for key in ("street_one", "street_two", "street_three")]
    while street and not street[-1]:
        street.pop()
    return CustomerAddress(
        tuple(street), entered("city"), entered("state"), entered("postcode"), entered("country").upper(), address_id
    )


def address_errors(values: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Say, by key, what must be entered and is not, or cannot be."""
    errors = {
        prefix + key: _("{label} is missing.", label=_label(key))
        for key in _LABELS
        if key not in _OPTIONAL and not values[prefix + key].strip()
    }
    country = values[prefix + "country"].strip()
    if country and not _COUNTRY.fullmatch(country):
        errors[prefix + "country"] = _("A country is two letters, such as GB.")
    return errors


def _label(key: str) -> str:
    return _(_LABELS[key])  # NON-NLS: marked in its table
