"""The log of calls: written by page, read by page, counted and walked without ever holding it whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from voipdesk.archive import call_log_query as query
from voipdesk.archive.accounts import account_key, find_account
from voipdesk.archive.call_log_plan import unindexed
from voipdesk.archive.call_log_write import CallWriter, keep_unreadable
from voipdesk.archive.sync_state import record_days
from voipdesk.archive.tables import OUTCOMES, accounts, calls, lines, unreadable_rows
from voipdesk.core.call_log import CallKey, LoggedCall, Outcome, Source, UnreadableRow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from sqlalchemy import Connection

    from voipdesk.archive.store import Store
    from voipdesk.archive.sync_state import DayMark
    from voipdesk.core.call_log import Call, CallFilter, CallTotals


@dataclass(frozen=True, slots=True)
class Written:
    """What a write changed in the archive."""

    added: int
    changed: int


class CallLogArchive:
    """All calls of all accounts; a call read back has no `identity`, of which only a digest is kept."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._writer = CallWriter()

    async def write(
        self,
        account_id: str,
        calls: Sequence[Call],
        ordinals: Sequence[int],
        unreadable: Sequence[UnreadableRow] = (),
        *,
        source: Source,
        mark: DayMark | None = None,
    ) -> Written:
        """Keep a page of one log, and record what is complete with it, in one transaction.

        A call is known by its account, source, `identity` and its ordinal among calls of equal identity. What is
        there already is updated where it differs; nothing is deleted.
        """

        def work(connection: Connection) -> Written:
            account = account_key(connection, account_id)
            try:
                counts = self._writer.write(connection, account, account_id, source, calls, ordinals)
                keep_unreadable(connection, account, source, unreadable)
                if mark is not None:
                    record_days(connection, account_id, source, mark)
            except BaseException:
                self._writer.forget()
                raise
            return Written(*counts)

        return await self._store.write(work)

    async def page(
        self,
        asked: CallFilter,
        *,
        before: CallKey | None = None,
        after: CallKey | None = None,
        limit: int = 200,
    ) -> list[LoggedCall]:
        """Give up to `limit` calls, newest first: the newest, or the next older than `before` or newer than `after`."""
        return await self._store.read(lambda connection: query.page(connection, asked, before, after, limit))

    async def totals(self, asked: CallFilter) -> CallTotals:
        """Sum up all that the filter matches."""
        return await self._store.read(lambda connection: query.totals(connection, asked))

    async def anchors(self, asked: CallFilter, every: int = 500) -> list[CallKey]:
        """Give the keys of the calls 0, `every`, 2 × `every` …, newest first: where pages can begin anywhere."""
        return await self._store.read(lambda connection: query.anchors(connection, asked, every))

    async def count_newer(self, asked: CallFilter, key: CallKey) -> int:
        """Count the calls of the filter that are newer than `key`."""
        return await self._store.read(lambda connection: query.count_newer(connection, asked, key))

    async def get(self, call_id: int) -> LoggedCall | None:
        """Give a call by its id."""
        return await self._store.read(lambda connection: query.get(connection, call_id))

    async def iterate(self, asked: CallFilter, chunk: int = 1000) -> AsyncIterator[list[LoggedCall]]:
        """Give all calls of the filter, newest first, in chunks; calls that arrive meanwhile may be left out."""
        before: CallKey | None = None
        while rows := await self.page(asked, before=before, limit=chunk):
            yield rows
            before = rows[-1].key

    async def names(self, account_id: str | None = None) -> list[tuple[Source, str]]:
        """Give the users, queues and ring groups in whose logs calls stand, sorted."""
        named = select(lines.c.source, lines.c.name, lines.c.folded).distinct()
        named = named.where(select(calls.c.id).where(calls.c.line_id == lines.c.id).exists())
        if account_id is not None:
            named = named.join(accounts).where(accounts.c.id == account_id)
        rows = await self._store.read(lambda connection: connection.execute(named.order_by(lines.c.folded)).all())
        order = list(Source)
        return sorted(((Source(row[0]), row[1]) for row in rows), key=lambda pair: order.index(pair[0]))

    async def unreadable_count(self, account_id: str | None = None) -> int:
        """Count the rows that could not be read."""
        count = select(func.count()).select_from(unreadable_rows.join(accounts))
        if account_id is not None:
            count = count.where(accounts.c.id == account_id)
        return await self._store.read(lambda connection: connection.execute(count).scalar_one())

    async def unreadable(self, limit: int = 100) -> list[tuple[str, Source, UnreadableRow]]:
        """Give the rows that could not be read, the latest found first, with their account's id."""
        row_ = unreadable_rows.c
        found = select(accounts.c.id, row_.source, row_.raw, row_.reason).select_from(unreadable_rows.join(accounts))
        found = found.order_by(row_.id.desc()).limit(limit)
        rows = await self._store.read(lambda connection: connection.execute(found).all())
        return [(row[0], Source(row[1]), UnreadableRow(row[2], row[3])) for row in rows]

    async def oldest_in_progress(self, account_id: str, source: Source, since_ms: int) -> int | None:
        """Tell when the oldest call that has not ended, begun at `since_ms` or later, began; None without one."""

        def work(connection: Connection) -> int | None:
            of_log = select(lines.c.id).where(
                lines.c.account == find_account(connection, account_id), lines.c.source == source.value
            )
            return connection.execute(
                select(func.min(calls.c.started_at)).where(
                    calls.c.outcome == OUTCOMES.index(Outcome.IN_PROGRESS),
                    calls.c.started_at >= since_ms,
                    unindexed(calls.c.line_id).in_(of_log),
                )
            ).scalar()

        return await self._store.read(work)
