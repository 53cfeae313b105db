"""What a vendor's folder offers: its description, its checks, and a client for an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from voipdesk.core.accounts import Field, FieldKind
from voipdesk.core.budget import Limit
from voipdesk.core.errors import BadInput, about_field
from voipdesk.core.language import N_, _
from voipdesk.providers.base_url import check_base_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.accounts import Account, Vendor
    from voipdesk.core.budget import RequestBudget
    from voipdesk.core.call_log import Source


class Client(Protocol):
    """One account's connection to its service; the capability protocols of core say what more it can do."""

    async def aclose(self) -> None:
        """Close its connections; closing twice does nothing."""
        ...


class Provider(Protocol):
    """One vendor. Everything but `connect` is known without asking the service and without loading the HTTP library."""

    @property
    def vendor(self) -> Vendor:
        """Its name and the settings of its accounts."""
        ...

    def check(self, account: Account) -> None:
        """Raise BadInput for settings that cannot be right."""
        ...

    def limit(self, account: Account) -> Limit:
        """How many requests the service takes from this account."""
        ...

    def capabilities(self, account: Account) -> frozenset[type]:
        """Give the capability protocols that the account's client will have."""
        ...

    def call_sources(self, account: Account) -> tuple[Source, ...]:
        """Give the logs that the service of an account with HasCallLog keeps; none for others."""
        ...

    def connect(self, account: Account, secrets: Mapping[str, str], budget: RequestBudget) -> Client:
        """Make a client, without a request; raise BadInput for settings or secrets that cannot be right.

        The first one loads the HTTP library and the certificates, a fifth of a second: call it in a thread.
        """
        ...


def limit_fields(requests: str, about: str) -> tuple[Field, Field]:
    """Make the two settings that `set_limit` reads: by default so many requests in 15 minutes.

    `about` is the help of the first, marked by `N_`.
    """
    return (
        Field("request_limit", N_("Requests allowed"), FieldKind.NUMBER, default=requests, minimum=1, help=about),
        Field(
            "request_window_s",
            N_("Period in seconds"),
            FieldKind.NUMBER,
            default="900",
            minimum=1,
            help=N_("The period of the limit above."),
        ),
    )


def set_limit(vendor: Vendor, account: Account) -> Limit:
    """Give the request limit that the account's settings say."""
    return Limit(
        requests=int(setting(vendor, account, "request_limit")),
        window=timedelta(seconds=int(setting(vendor, account, "request_window_s"))),
    )


def setting(vendor: Vendor, account: Account, key: str) -> str:
    """Give an account's setting, or the default that its vendor declares."""
    field = next(f for f in vendor.settings if f.key == key)
    return account.settings.get(key, "").strip() or field.default


def check_settings(vendor: Vendor, account: Account) -> None:
    """Raise BadInput for the first setting that is not what its field asks for."""
    for field in vendor.settings:
        with about_field(field.key):
            _check_setting(field, setting(vendor, account, field.key))


def _check_setting(field: Field, value: str) -> None:
    if value:
        _check_value(field, value)
    elif field.required:
        raise BadInput(_("{label} is missing.", label=field.label), advice=field.help)


def _check_value(field: Field, value: str) -> None:
    match field.kind:
        case FieldKind.URL:
            check_base_url(value, field.subject or field.label, field.default)
        case FieldKind.CHOICE if value not in field.choices:
            raise BadInput(
                _("{label} is “{value}”.", label=field.label, value=value),
                advice=_("Choose one of: {choices}.", choices=", ".join(field.choices)),
            )
        case FieldKind.NUMBER:
            _check_number(field, value)
        case FieldKind.TIME_ZONE:
            _check_time_zone(field, value)
        case FieldKind.AMOUNT:
            _check_amount(field, value)
        case FieldKind.PATH if not re.fullmatch(r"(?:/[A-Za-z0-9._~-]+)+", value) or "/.." in value:
            raise BadInput(
                _("{label} is “{value}”, which is no path.", label=field.label, value=value),
                advice=_("Write it like /voip/call."),
            )
        case FieldKind.HOST if not re.fullmatch(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?", value):
            raise BadInput(
                _("{label} is “{value}”, which is no host name.", label=field.label, value=value),
                advice=_("Write it like sip.example.com."),
            )
        case _:
            pass


def _check_number(field: Field, value: str) -> None:
    # isdecimal alone takes other scripts' digits, and int() a sign, spaces and underscores.
    if not (value.isascii() and value.isdecimal() and len(value) <= 9):
        raise BadInput(_("{label} is “{value}”, which is no whole number.", label=field.label, value=value))
    if field.minimum is not None and int(value) < field.minimum:
        raise BadInput(
            _("{label} is {value}; the least is {minimum}.", label=field.label, value=value, minimum=field.minimum)
        )
    if field.maximum is not None and int(value) > field.maximum:
        raise BadInput(
            _("{label} is {value}; the most is {maximum}.", label=field.label, value=value, maximum=field.maximum)
        )


def _check_amount(field: Field, value: str) -> None:
    from voipdesk.core.credit import read_amount

    try:
        read_amount(value, sign=".")  # a settings file is read alike in every language
    except BadInput as error:
        raise BadInput(f"{field.label}: {error.message}", advice=error.advice) from None


def _check_time_zone(field: Field, value: str) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):  # unknown, not a relative name, or a folder of the zone data
        raise BadInput(
            _("{label} “{value}” is not known.", label=field.label, value=value),
            advice=_("Write it like Australia/Sydney."),
        ) from None
