"""SIP accounts as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.blanking import BLANK, blanked
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount, SipRegistration


def listed(accounts: Sequence[SipAccount], *, reveal: bool) -> str:
    """Give them as a table, with the columns in which any of them has something."""
    columns = [
        (_("Extension"), [one.extension for one in accounts], None),
        (_("Name"), [one.display_name for one in accounts], True),
        (_("Username"), [one.username for one in accounts], True),
        (_("Internal number"), [one.internal_number for one in accounts], None),
        (_("External number"), [one.external_number for one in accounts], None),
        (_("Id"), [one.id for one in accounts], True),
        (_("Password"), [one.password for one in accounts], reveal),
    ]
    shown = [(heading, cells) for heading, cells, wanted in columns if (any(cells) if wanted is None else wanted)]
    rows = zip(*(cells for _heading, cells in shown), strict=True)
    return output.table(rows, [heading for heading, _cells in shown])


def searched(one: SipAccount) -> str:
    """Give the texts that a search looks at."""
    return f"{one.extension} {one.display_name} {one.username} {one.internal_number} {one.external_number} {one.id}"


def show(
    one: SipAccount,
    account: Account,
    *,
    acting_for: str = "",
    reveal: bool,
    registration: SipRegistration | None = None,
) -> None:
    """Print what a telephone signs in with, and what is known beside it."""
    password = one.password if reveal else one.password and _("{password}  (--reveal shows it)", password=BLANK)
    no_domain = _("not known: the service does not say it; write it into the account's settings")
    rows = [
        (_("Account"), account.name),
        (_("Acting for"), acting_for),
        (_("Name"), one.display_name),
        (_("Extension"), one.extension),
        (_("Internal number"), one.internal_number),
        (_("External number"), one.external_number),
        (_("Mailbox"), one.mailbox),
        (_("Registrar"), one.domain or no_domain),
        (_("Username"), one.username),
        (_("Password"), password or _("the service does not say it")),
        (_("Outbound proxy"), one.outbound_proxy),
        (_("Encryption"), {True: _("TLS and SRTP"), False: _("none asked for"), None: ""}[one.encrypted]),
        (_("Status"), registration.status if registration else ""),
        (_("Id"), one.id),
    ]
    output.say_block(output.pairs(row for row in rows if row[1]))


def as_json(one: SipAccount, account: Account, *, acting_for: str = "", reveal: bool) -> object:
    """Give it for other programs; passwords are blanked, in the service's own fields too, unless revealed."""
    shown = {
        **whose(account, acting_for),
        "id": one.id,
        "username": one.username,
        "password": one.password or None,
        "display_name": one.display_name or None,
        "extension": one.extension or None,
        "domain": one.domain or None,
        "outbound_proxy": one.outbound_proxy or None,
        "encrypted": one.encrypted,
        "internal_number": one.internal_number or None,
        "external_number": one.external_number or None,
        "mailbox": one.mailbox or None,
        "raw": dict(one.raw),
    }
    return shown if reveal else blanked(shown)


def whose(account: Account, acting_for: str) -> dict[str, object]:
    """Say whose something is, for other programs."""
    return {"account": account.name, "acting_for": acting_for or None}
