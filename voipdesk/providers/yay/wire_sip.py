"""SIP users as Yay.com describes them, in both generations of field names (API documentation, SIP users; no I/O)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.sip import SipAccount
from voipdesk.providers.json_fields import text
from voipdesk.providers.plain_text import plain
from voipdesk.providers.yay.wire import read_object
from voipdesk.providers.yay.wire_fields import flag_of
from voipdesk.providers.yay.wire_rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.providers.exchange import Answer
    from voipdesk.providers.yay.wire_rows import Rows

PATH = "/voip/user"
STATUS_PATH = "/voip/user-status"


def read_sip_accounts(answer: Answer, registrar: str) -> Rows[SipAccount]:
    """Read a list of SIP users; the registrar is not in it."""
    return read_rows(answer, lambda fields, _raw: sip_account(fields, registrar))


def read_sip_account(answer: Answer, registrar: str) -> SipAccount:
    """Read one SIP user."""
    fields, _raw = read_object(answer)
    return sip_account(fields, registrar)


def sip_account(fields: Mapping[str, object], registrar: str) -> SipAccount:
    """Take a SIP user from its object: user_name or name, user_password or password, display_name or nickname."""
    return SipAccount(
        id=text(fields, "uuid"),
        username=text(fields, "user_name", "name"),
        password=text(fields, "user_password", "password"),
        display_name=text(fields, "display_name", "nickname"),
        extension=text(fields, "extension"),
        domain=registrar,
        encrypted=flag_of(fields.get("call_encryption")),
        raw=fields,
    )


def read_statuses(answer: Answer) -> Rows[tuple[str, str]]:
    """Read the states of the SIP users, each its id and the state in the service's words."""
    return read_rows(answer, lambda fields, _raw: (text(fields, "uuid"), plain(text(fields, "status"), 80)))
