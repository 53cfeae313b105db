"""Whether an account's settings and secrets fit the fields its vendor declares."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.core.accounts import FieldKind
from voipdesk.core.errors import BadInput

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


def check_account(account: Account, vendor: Vendor, secrets: Mapping[str, str], *, new: bool) -> None:
    """Raise BadInput, naming the field, for anything unknown, missing or of the wrong kind."""
    known = {field.key for field in vendor.settings}
    for key in account.settings:
        if key not in known:
            raise BadInput(f"{vendor.name} has no setting “{key}”.")
    for key in secrets:
        if key not in {field.key for field in vendor.secrets}:
            raise BadInput(f"{vendor.name} has no secret “{key}”.")
    for field in vendor.settings:
        _check_setting(field, account.settings.get(field.key, ""))
    for field in vendor.secrets:
        _check_secret(field, secrets.get(field.key, ""), new=new)


def check_fixed(before: Account, after: Account, vendor: Vendor) -> None:
    """Raise BadInput when a change touches what is set once and for all."""
    if after.vendor != before.vendor:
        raise BadInput("An account stays with its service.", advice="Add another account for the other service.")
    for field in vendor.settings:
        was = before.settings.get(field.key, field.default)
        if field.fixed and after.settings.get(field.key, field.default) != was:
            raise BadInput(
                f"{field.label} of “{before.name}” is {was or 'not set'} and cannot change.",
                advice="Add another account, with the other value.",
            )


def _check_setting(field: Field, value: str) -> None:
    if not value:
        if field.required and not field.default:
            raise BadInput(f"{field.label} is missing.", advice=field.help)
        return
    if not value.isprintable():
        raise BadInput(f"{field.label} holds characters that cannot be seen.", advice="Type it in by hand.")
    if field.kind is FieldKind.CHOICE and value not in field.choices:
        raise BadInput(f"{field.label} cannot be “{value}”.", advice=f"It is one of: {', '.join(field.choices)}.")
    if field.kind is FieldKind.NUMBER:
        _check_number(field, value)
    if field.kind is FieldKind.TIME_ZONE:
        _check_time_zone(field, value)


def _check_number(field: Field, value: str) -> None:
    if not (value.isascii() and value.isdigit()):
        raise BadInput(f"{field.label} must be a whole number, not “{value}”.")
    if field.minimum is not None and int(value) < field.minimum:
        raise BadInput(f"{field.label} must be {field.minimum} at least.")
    if field.maximum is not None and int(value) > field.maximum:
        raise BadInput(f"{field.label} must be {field.maximum} at most.")


def _check_time_zone(field: Field, value: str) -> None:
    import zoneinfo

    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, OSError):  # the second for a name that is a folder of zones
        raise BadInput(f"{field.label}: “{value}” is not a time zone.", advice="Write it as Europe/London.") from None


def _check_secret(field: Field, value: str, *, new: bool) -> None:
    if new and field.required and not value:
        raise BadInput(f"{field.label} is missing.", advice=field.help)
    # The value stays out of the sentence: it is a secret even when it is mistyped.
    if not value.isprintable() or value != value.strip():
        raise BadInput(f"{field.label} holds spaces or characters that cannot be seen.", advice="Copy it again.")
