"""Click-to-call (Yay.com, API documentation, Outbound Call; no I/O)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voipdesk.core.dial import Dialled
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _, ngettext
from voipdesk.providers.exchange import Request
from voipdesk.providers.json_fields import text
from voipdesk.providers.plain_text import plain
from voipdesk.providers.yay.wire import read_envelope, read_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.sip import SipAccount
    from voipdesk.providers.exchange import Answer

_MOST_NAMED = 5


def dial_request(path: str, number: str, sip_id: str) -> Request:
    """Ask to ring a SIP user and then to call `number`: digits with an optional +, or a star code; else BadInput.

    The SIP user is named in both ways that are documented.
    """
    if not re.fullmatch(r"\+?[0-9]{1,32}|[0-9*#]{1,32}", number):
        raise BadInput(
            _("“{number}” cannot be the number to call.", number=number[:40]),
            advice=_("Use 1 to 32 digits, with or without + in front, or a star code."),
        )
    body = {"user_uuid": sip_id, "targets": [{"type": "sipuser", "uuid": sip_id}], "destination": number}
    return Request("POST", path, json=body, acts=True)


def read_dialled(answer: Answer, path: str) -> Dialled:
    """Read the answer to a dial; raise what `read_envelope` raises."""
    content = read_envelope(answer, path=path)
    value = read_value(content.result, answer)
    if isinstance(value, list) and value:
        value = value[0]
    fields = value if isinstance(value, dict) else {}
    return Dialled(call_id=plain(text(fields, "call_uuid", "uuid", "call_id", "id")), text=content.words)


def sip_id_of(my_number: str, sip_accounts: Sequence[SipAccount]) -> str:
    """Find the SIP user whose phone is to ring, by its extension, else by its login, else "" ."""
    for same in (
        [account.id for account in sip_accounts if account.extension == my_number],
        [account.id for account in sip_accounts if account.username == my_number],
    ):
        if same and same[0]:
            return same[0]
    return ""


def no_such_phone(my_number: str, sip_accounts: Sequence[SipAccount]) -> BadInput:
    """Say that no SIP user has this extension, and name some that there are."""
    there = sorted({account.extension for account in sip_accounts if account.extension}, key=lambda n: (len(n), n))
    more = len(there) - _MOST_NAMED
    named = ", ".join(plain(extension, 20) for extension in there[:_MOST_NAMED])
    if not there:
        advice = _("The account has none. Write one into the account's “my number”.")
    elif more > 0:
        advice = ngettext(
            "There are {extensions} and {n} more. Write one into the account's “my number”.",
            "There are {extensions} and {n} more. Write one into the account's “my number”.",
            more,
            extensions=named,
        )
    else:
        advice = _("There are {extensions}. Write one into the account's “my number”.", extensions=named)
    return BadInput(
        _("No SIP user of the account has the extension “{my_number}”.", my_number=plain(my_number, 40)),
        advice=advice,
    )
