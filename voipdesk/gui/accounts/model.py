"""What the account form holds and which field an error is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.accounts import Field, FieldKind
from voipdesk.core.call_log import HasCallLog
from voipdesk.core.credit import CanMoveCredit
from voipdesk.core.customers import HasCustomers
from voipdesk.core.dial import CanDial
from voipdesk.core.errors import BadInput
from voipdesk.core.language import N_, _
from voipdesk.core.scripts import HasScripts
from voipdesk.core.sip import HasSipAccounts
from voipdesk.core.status import HasStatus
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voipdesk.core.accounts import Account, TestReport, Vendor
    from voipdesk.core.errors import VoipdeskError

NAME = Field("name", N_("Name"), required=True, help=N_("What you call this account, such as the office it is for."))
MY_NUMBER = Field(
    "my_number",
    N_("My number"),
    help=N_("Your own extension: the phone that rings first when you dial. It may stay empty."),
)
_OFFERS: dict[type, str] = {
    CanDial: N_("dial"),
    HasCallLog: N_("call log"),
    HasCustomers: N_("customers"),
    CanMoveCredit: N_("credit"),
    HasSipAccounts: N_("SIP accounts"),
    HasScripts: N_("call scripts"),
    HasStatus: N_("status"),
}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in the list."""

    id: str
    name: str
    service: str
    my_number: str
    offers: str
    """What its service can do, in words."""
    address: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds."""

    vendor: str
    name: str
    my_number: str
    settings: Mapping[str, str]
    secrets: Mapping[str, str]
    """The entered ones alone."""


def account_row(account: Account, vendor: Vendor | None, offers: Callable[[type], bool]) -> AccountRow:
    """Make a line of the list."""
    urls = [f for f in vendor.fields if f.kind is FieldKind.URL] if vendor else []
    address, default = (urls[0].key, urls[0].default) if urls else ("", "")
    return AccountRow(
        account.id,
        account.name,
        vendor.name if vendor else account.vendor,
        account.my_number,
        ", ".join(
            _(words)  # NON-NLS: marked in its table
            for capability, words in _OFFERS.items()
            if offers(capability)
        ),
        account.settings.get(address, default),
    )


def form_fields(vendor: Vendor) -> tuple[Field, ...]:
    """Give the fields of the form: what every account has, then what the vendor declares."""
    return (NAME, MY_NUMBER, *vendor.fields)


def is_plain(field: Field) -> bool:
    """Tell whether a field is for everybody: it must be entered, or has no default that most leave as it is."""
    return field.required or not field.default


def draft_of(vendor: Vendor, values: Mapping[str, str]) -> Draft:
    """Sort what was entered, by field key."""
    return Draft(
        vendor.key,
        values[NAME.key].strip(),
        values[MY_NUMBER.key].strip(),
        {f.key: values[f.key].strip() for f in vendor.settings if values[f.key].strip()},
        {f.key: values[f.key].strip() for f in vendor.secrets if values[f.key].strip()},
    )


def values_of(account: Account, vendor: Vendor) -> dict[str, str]:
    """Give what the form shows for an account that is edited; secrets are never shown."""
    values = {f.key: account.settings.get(f.key, f.default) for f in vendor.settings}
    return values | {NAME.key: account.name, MY_NUMBER.key: account.my_number}


def missing(fields: Sequence[Field], values: Mapping[str, str], *, editing: bool) -> dict[str, str]:
    """Say, by field key, what must be entered and is not; a secret that is edited may stay as it is."""
    return {
        f.key: _("{field} is missing.", field=f.label)
        for f in fields
        if f.required and not values[f.key].strip() and not f.default and not (editing and f.kind is FieldKind.SECRET)
    }


def field_of(error: VoipdeskError, fields: Sequence[Field]) -> str:
    """Find the field an error is about; "" when it is about none of them."""
    return next((f.key for f in fields if isinstance(error, BadInput) and f.key == error.field), "")


def testing() -> Saying:
    """Say that a test is under way."""
    return Saying(Tone.ACCENT, _("Testing the connection …"), busy=True)


def steps(report: TestReport) -> list[Saying]:
    """Make a line of each step of a connection test."""
    return [Saying(Tone.GOOD if check.passed else Tone.BAD, check.text) for check in report.checks]


def failure(error: VoipdeskError) -> Saying:
    """Say why a test or a change failed."""
    return Saying(Tone.BAD, error.message, error.advice)
