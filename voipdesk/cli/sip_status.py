"""`voipdesk sip status`: which telephones are signed in; of one SIP account, or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.sip_text import whose
from voipdesk.core.errors import NotFound, VoipdeskError
from voipdesk.core.language import _
from voipdesk.core.sip import HasSipRegistration, SipRegistration

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.services.desk import Desk


async def run(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    """Ask, and print what is known; what kept the rest from being known is raised after that."""
    if options.id is None:
        accounts: Sequence[SipAccount] = (await desk.sip.list(account, acting_for=options.acting_for)).accounts
    else:
        accounts = [await desk.sip.find(account, options.id, acting_for=options.acting_for)]
    failure: VoipdeskError | None = None
    if desk.accounts.offers(account, HasSipRegistration):
        known, failure = await _each(desk, account, accounts)
    else:
        states = await desk.sip.statuses(account, acting_for=options.acting_for)
        known = {sip_id: SipRegistration(status) for sip_id, status in states.items()}
    if options.format == "json":
        shown = [_json(one, known.get(one.id), account, options) for one in accounts]
        output.show_json(shown if options.id is None else shown[0])
    else:
        _show(accounts, known, account, options)
    if failure is not None:
        raise failure


async def _each(
    desk: Desk, account: Account, accounts: Sequence[SipAccount]
) -> tuple[dict[str, SipRegistration], VoipdeskError | None]:
    """Ask about each by itself, until a request fails."""
    known = {}
    for one in accounts:
        try:
            known[one.id] = await desk.sip.registration(account, one.id)
        except NotFound:
            continue  # deleted since the list was read
        except VoipdeskError as error:
            return known, error
    return known, None


def _show(
    accounts: Sequence[SipAccount],
    known: Mapping[str, SipRegistration],
    account: Account,
    options: argparse.Namespace,
) -> None:
    if options.acting_for:
        output.note(_("{account}, acting for: {customer}", account=account.name, customer=options.acting_for))
    if not accounts:
        output.note(_("There are no SIP accounts."))
        return
    extensions = any(one.extension for one in accounts)
    rows = [
        (one.extension if extensions else one.username, one.display_name, _status(known.get(one.id)), one.id)
        for one in accounts
    ]
    output.say_block(
        output.table(rows, (_("Extension") if extensions else _("Username"), _("Name"), _("Status"), _("Id")))
    )


def _status(registration: SipRegistration | None) -> str:
    return (registration.status if registration else "") or _("not known")


def _json(
    one: SipAccount, registration: SipRegistration | None, account: Account, options: argparse.Namespace
) -> dict[str, object]:
    return {
        **whose(account, options.acting_for),
        "id": one.id,
        "username": one.username,
        "extension": one.extension or None,
        "display_name": one.display_name or None,
        "status": registration.status or None if registration else None,
        "domain": (registration.domain if registration else "") or one.domain or None,
    }
