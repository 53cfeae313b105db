"""`voipdesk sync`: reads the services' call logs into the archive; interrupted, it keeps what was read."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.days import add_days
from voipdesk.cli.session import open_desk, unlock
from voipdesk.core.call_log import HasCallLog
from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import _, ngettext, shown_number

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Account
    from voipdesk.services.call_reading import SyncProgressReport
    from voipdesk.services.desk import Desk
    from voipdesk.services.sync import SyncResult


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--account", metavar="NAME", help=_("the account (default: all of them)"))
    add_days(parser)


async def run(options: argparse.Namespace) -> int:
    """Sync one account or all of them; one that fails does not keep the others from being read."""
    if options.since and options.until and options.since > options.until:
        raise BadInput(_("--since is after --until."))
    async with open_desk(options) as desk:
        chosen = [desk.accounts.get(options.account)] if options.account else _all(desk)
        failures: list[tuple[Account, VoipdeskError]] = []
        for account in chosen:
            try:
                await unlock(desk, account, options)
                output.say(_summary(account, await _sync(desk, account, options)))
            except VoipdeskError as error:
                failures.append((account, error))
    for account, failure in failures[1:]:
        output.note(f"{account.name}: {failure}")
    if failures:
        raise failures[0][1]
    return 0


def _all(desk: Desk) -> list[Account]:
    accounts = [account for account in desk.accounts.list() if desk.accounts.offers(account, HasCallLog)]
    return accounts or [desk.accounts.get(None)]


async def _sync(desk: Desk, account: Account, options: argparse.Namespace) -> SyncResult:
    """Read the days asked for; without any, what is missing, or else what can have changed."""
    line = _ProgressLine()
    try:
        if options.since or options.until or await desk.sync.has_gaps(account):
            return await desk.sync.backfill(account, since=options.since, until=options.until, progress=line.show)
        return await desk.sync.refresh(account)
    except asyncio.CancelledError:
        line.end()
        output.note(_("Cancelled. What was read is kept; the next sync goes on from there."))
        raise
    finally:
        line.end()


def _summary(account: Account, result: SyncResult) -> str:
    words = ngettext(
        "{account}: {n} row read, {added} new, {changed} changed.",
        "{account}: {n} rows read, {added} new, {changed} changed.",
        result.read,
        account=account.name,
        added=shown_number(result.added),
        changed=shown_number(result.changed),
    )
    if not result.unreadable:
        return words
    lost = ngettext(
        "{n} could not be read and is kept as it came.",
        "{n} could not be read and are kept as they came.",
        result.unreadable,
    )
    return f"{words} {lost}"


def _progress(report: SyncProgressReport) -> str:
    account, source, read = report.account.name, report.source.label, report.read
    if report.oldest is None:
        return ngettext(
            "{account}, {source}: {n} row", "{account}, {source}: {n} rows", read, account=account, source=source
        )
    return ngettext(
        "{account}, {source}: {n} row, back to {day}",
        "{account}, {source}: {n} rows, back to {day}",
        read,
        account=account,
        source=source,
        day=f"{report.oldest.astimezone():%Y-%m-%d}",
    )


def _on_a_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


class _ProgressLine:
    """One line on standard error that is written over; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._shown = 0

    def show(self, report: SyncProgressReport) -> None:
        if not _on_a_terminal():
            return
        line = output.plain(_progress(report))
        sys.stderr.write(f"\r{line.ljust(self._shown)}")
        sys.stderr.flush()
        self._shown = len(line)

    def end(self) -> None:
        if self._shown:
            sys.stderr.write("\n")
            self._shown = 0
