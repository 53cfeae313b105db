"""Whether an account's settings and secrets fit the fields its vendor declares."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, about_field
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.accounts import Account, Field, Vendor


def with_defaults(account: Account, vendor: Vendor) -> Account:
    """Strip what was typed and leave out settings that are empty, so that the default counts, now and later."""
    settings = {key: value.strip() for key, value in account.settings.items() if value.strip()}
    for field in vendor.settings:
        if field.fixed and field.default:
            # A fixed one is written down: another default of a later version must not change it.
            settings.setdefault(field.key, field.default)
    return replace(account, settings=settings)


def check_secrets(account: Account, vendor: Vendor, secrets: Mapping[str, str], *, all_given: bool) -> None:
    """Raise BadInput, naming the field, for a setting or secret nobody knows, or a secret that is missing or cannot be.

    `all_given` is False when only the secrets that change are given. The settings' values are for Provider.check.
    """
    for key in account.settings.keys() - {field.key for field in vendor.settings}:
        raise BadInput(_("{service} has no setting “{key}”.", service=vendor.name, key=key))
    for key in secrets.keys() - {field.key for field in vendor.secrets}:
        raise BadInput(_("{service} has no secret “{key}”.", service=vendor.name, key=key))
    for field in vendor.secrets:
        with about_field(field.key):
            _check_secret(field, secrets.get(field.key, ""), needed=all_given and field.required)


def _check_secret(field: Field, value: str, *, needed: bool) -> None:
    if needed and not value:
        raise BadInput(_("{field} is missing.", field=field.label), advice=field.help)
    # The value stays out of the sentence: it is a secret even when it is mistyped.
    if not value.isprintable() or value != value.strip():
        raise BadInput(
            _("{field} holds spaces or characters that cannot be seen.", field=field.label), advice=_("Copy it again.")
        )


def check_fixed(before: Account, after: Account, vendor: Vendor) -> None:
    """Raise BadInput when a change touches what is set once and for all."""
    if after.vendor != before.vendor:
        raise BadInput(_("An account stays with its service."), advice=_("Add another account for the other service."))
    for field in vendor.settings:
        was = before.settings.get(field.key, field.default)
        if field.fixed and after.settings.get(field.key, field.default) != was:
            names = {"field": field.label, "account": before.name}
            with about_field(field.key):
                raise BadInput(
                    _("{field} of “{account}” is {value} and cannot change.", value=was, **names)
                    if was
                    else _("{field} of “{account}” is not set and cannot change.", **names),
                    advice=_("Add another account, with the other value."),
                )
