"""SIP accounts as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.blanking import BLANK, blanked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount, SipRegistration

_NO_DOMAIN = "not known: the service does not say it; write it into the account's settings"


def listed(accounts: Sequence[SipAccount], *, reveal: bool) -> str:
    """Give them as a table, with the columns in which any of them has something."""
    columns = [
        ("Extension", [one.extension for one in accounts], False),
        ("Name", [one.display_name for one in accounts], True),
        ("Username", [one.username for one in accounts], True),
        ("Internal number", [one.internal_number for one in accounts], False),
        ("External number", [one.external_number for one in accounts], False),
        ("Id", [one.id for one in accounts], True),
        ("Password", [one.password for one in accounts], reveal),
    ]
    shown = [(heading, cells) for heading, cells, always in columns if always or (heading != "Password" and any(cells))]
    rows = zip(*(cells for _, cells in shown), strict=True)
    return output.table(rows, [heading for heading, _ in shown])


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
    password = one.password if reveal else one.password and f"{BLANK}  (--reveal shows it)"
    rows = [
        ("Account", account.name),
        ("Acting for", acting_for),
        ("Name", one.display_name),
        ("Extension", one.extension),
        ("Internal number", one.internal_number),
        ("External number", one.external_number),
        ("Mailbox", one.mailbox),
        ("Registrar", one.domain or _NO_DOMAIN),
        ("Username", one.username),
        ("Password", password or "the service does not say it"),
        ("Outbound proxy", one.outbound_proxy),
        ("Encryption", {True: "TLS and SRTP", False: "none asked for", None: ""}[one.encrypted]),
        ("Status", registration.status if registration else ""),
        ("Id", one.id),
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
