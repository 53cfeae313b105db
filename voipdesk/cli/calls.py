"""`voipdesk calls`: lists or exports calls from the archive alone; opens nothing but the archive, so it starts fast."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.archive.accounts import AccountIndex
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.cli import output
from voipdesk.cli.days import add_days, day_begins, day_ends
from voipdesk.core.call_log import CallFilter, Direction, Outcome, Source
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _, ngettext, pgettext, shown_number
from voipdesk.services.call_export import csv_heading, csv_rows, json_row
from voipdesk.settings.paths import Paths

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

    from voipdesk.core.call_log import LoggedCall
    from voipdesk.core.contacts import ContactName

    Named = Callable[[Sequence[LoggedCall]], Awaitable[list[LoggedCall]]]

TABLE_LIMIT = 100
"""Calls a table shows when no limit is asked for; JSON and CSV give all."""
CHUNK = 1000
_FLUSH_RIGHT = (7, 8)


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("--account", metavar="NAME", help=_("only this account's calls"))
    sources, outcomes = [s.value for s in Source], [o.value for o in Outcome]
    add("--source", action="append", choices=sources, default=[], help=_("may be given several times"))
    add("--name", default="", metavar="X", help=_("only this user, queue or ring group"))
    add("--direction", choices=[d.value for d in Direction])
    add("--outcome", action="append", choices=outcomes, default=[], help=_("several times, too"))
    add_days(parser)
    add("--search", default="", metavar="TEXT", help=_("any part of a name or number"))
    limit = _("the newest N calls (default: all; {count} for a table)", count=shown_number(TABLE_LIMIT))
    add("--limit", type=_limit, metavar="N", help=limit)
    output.add_format(parser, "table", "json", "csv")
    output_ = _("write to a file, which appears when it is whole (- is the screen)")
    add("--output", type=Path, metavar="FILE", help=output_)


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text[:12]) > 0):
        raise argparse.ArgumentTypeError(_("“{text}” is no number of calls", text=text))
    return int(text[:12])


async def run(options: argparse.Namespace) -> int:
    """Print or write the calls, newest first."""
    if options.since and options.until and options.since > options.until:
        raise BadInput(_("--since is after --until."))
    paths = Paths.find(options.home)
    store = await Store.open(paths.archive_file)
    try:
        wanted = await _filter(options, store, paths)
        archive = CallLogArchive(store)
        if options.output is None or str(options.output) == "-":
            await _print(options, archive, wanted, _named(store, paths))
        else:
            await _write(options, archive, wanted, _named(store, paths))
            await _tell_coverage(store, paths, wanted)
    finally:
        await store.close()
    return 0


async def _filter(options: argparse.Namespace, store: Store, paths: Paths) -> CallFilter:
    return CallFilter(
        account_id=await _account_id(options.account, store, paths) if options.account else None,
        sources=tuple(map(Source, options.source)),
        name=options.name,
        direction=Direction(options.direction) if options.direction else None,
        outcomes=tuple(map(Outcome, options.outcome)),
        since=day_begins(options.since) if options.since else None,
        until=day_ends(options.until) if options.until else None,
        search=options.search,
    )


async def _account_id(name: str, store: Store, paths: Paths) -> str:
    """Find an account by name, removed ones included; one that is there comes before one that was removed."""
    from voipdesk.settings.preferences import Preferences

    names = await AccountIndex(store).names()
    with suppress(BadInput):  # a broken settings file keeps nobody from reading the archive
        there = {account.id: account.name for account in Preferences(paths.settings_file).accounts()}
        names = there | {account_id: kept for account_id, kept in names.items() if kept and account_id not in there}
    for account_id, known in names.items():
        if known.strip().casefold() == name.strip().casefold():
            return account_id
    known = ", ".join(f"“{known}”" for known in names.values())
    raise BadInput(
        _("There is no account “{name}”.", name=name),
        advice=_("There is: {names}.", names=known) if known else _("There is none yet."),
    )


def _named(store: Store, paths: Paths) -> Named:
    """Give what puts the contacts' names into calls, for people; JSON and CSV say what the service says."""
    from voipdesk.archive.contacts import ContactArchive

    archive = ContactArchive(store)

    async def named(calls: Sequence[LoggedCall]) -> list[LoggedCall]:
        if not await archive.count():
            return list(calls)
        from voipdesk.services.contacts import Contacts
        from voipdesk.settings.preferences import Preferences

        contacts = Contacts(archive, Preferences(paths.settings_file))
        names = await contacts.names(n for each in calls for n in (each.call.caller, each.call.called))
        return [_with_names(each, names) for each in calls] if names else list(calls)

    return named


def _with_names(logged: LoggedCall, names: Mapping[str, ContactName]) -> LoggedCall:
    from msgspec.structs import replace

    call = logged.call
    caller, called = names.get(call.caller), names.get(call.called)
    caller_name, called_name = caller.name if caller else call.caller_name, called.name if called else call.called_name
    return replace(logged, call=replace(call, caller_name=caller_name, called_name=called_name))


async def _print(options: argparse.Namespace, archive: CallLogArchive, wanted: CallFilter, named: Named) -> None:
    count = 0
    async for text, calls in _texts(options, archive, wanted, named):
        output.say_raw(text)
        count += calls
    if options.format == "table":
        if not count:
            output.note(_("No calls match."))
        elif options.limit is None and count == TABLE_LIMIT:
            output.note(_("These are the newest {count}; --limit shows more.", count=shown_number(TABLE_LIMIT)))


async def _write(options: argparse.Namespace, archive: CallLogArchive, wanted: CallFilter, named: Named) -> None:
    from voipdesk.services.whole_file import write_file

    count = 0

    async def chunks() -> AsyncIterator[str]:
        nonlocal count
        async for text, calls in _texts(options, archive, wanted, named):
            count += calls
            yield text

    await write_file(options.output, chunks())
    output.note(ngettext("{n} call is in {file}.", "{n} calls are in {file}.", count, file=options.output))


async def _tell_coverage(store: Store, paths: Paths, wanted: CallFilter) -> None:
    """Say how complete the logs are that a file was written from."""
    from voipdesk.archive.sync_state import SyncState
    from voipdesk.providers.registry import providers
    from voipdesk.services.call_coverage import Coverage
    from voipdesk.settings.preferences import Preferences

    state, known = SyncState(store), providers()
    with suppress(BadInput):
        for account in Preferences(paths.settings_file).accounts():
            if account.vendor not in known or wanted.account_id not in {None, account.id}:
                continue
            for source in known[account.vendor].call_sources(account):
                if not wanted.sources or source in wanted.sources:
                    output.note(Coverage(account.name, source, await state.progress(account.id, source)).text)


async def _texts(
    options: argparse.Namespace, archive: CallLogArchive, wanted: CallFilter, named: Named
) -> AsyncIterator[tuple[str, int]]:
    """Give the output piece by piece, with the number of calls in each."""
    limit = options.limit or (TABLE_LIMIT if options.format == "table" else None)
    if options.format == "csv":
        yield csv_heading(), 0
        async for calls in _chunks(archive, wanted, limit):
            yield csv_rows(calls), len(calls)
    elif options.format == "json":
        between = "[\n"
        async for calls in _chunks(archive, wanted, limit):
            yield between + ",\n".join(output.json_text(json_row(call)) for call in calls), len(calls)
            between = ",\n"
        yield ("[]\n" if between == "[\n" else "\n]\n"), 0
    else:
        async for calls in _chunks(archive, wanted, limit):
            yield output.table(map(_table_row, await named(calls)), _headings(), right=_FLUSH_RIGHT), len(calls)


async def _chunks(archive: CallLogArchive, wanted: CallFilter, limit: int | None) -> AsyncIterator[list[LoggedCall]]:
    before, left = None, limit
    while left is None or left > 0:
        size = CHUNK if left is None else min(CHUNK, left)
        calls = await archive.page(wanted, before=before, limit=size)
        if calls:
            yield calls
        if len(calls) < size:
            return
        before = calls[-1].key
        left = None if left is None else left - len(calls)


def _headings() -> tuple[str, ...]:
    return (
        _("When"),
        "",
        _("Outcome"),
        _("Caller"),
        pgettext("who was called", "Called"),
        pgettext("whose log of calls", "Log"),
        _("Answered by"),
        _("Waited"),
        _("Talked"),
        _("Account"),
    )


def _table_row(logged: LoggedCall) -> tuple[str, ...]:
    call = logged.call
    waited = None if call.duration_s is None else call.duration_s - (call.talk_s or 0)
    return (
        output.shown_time(call.started_at),
        call.direction.label,
        call.outcome.label,
        _party(call.caller, call.caller_name),
        _party(call.called, call.called_name),
        call.name if call.source is Source.USER else f"{call.name} ({call.source.label})",
        call.answered_by,
        _length(waited),
        _length(call.talk_s),
        logged.account_name,
    )


def _party(number: str, name: str) -> str:
    return f"{name} {number}".strip() if name else number


def _length(seconds: int | None) -> str:
    if seconds is None or seconds < 0:
        return ""
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
