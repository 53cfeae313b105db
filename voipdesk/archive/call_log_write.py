"""Writing calls: each is known by its fingerprint, so that what is read twice is kept once."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, select

from voipdesk.archive import search_index, sqlite
from voipdesk.archive.accounts_query import account_key
from voipdesk.archive.call_totals import Tally
from voipdesk.archive.codes import DIRECTIONS, OUTCOMES
from voipdesk.archive.sync_state_query import record_days
from voipdesk.archive.tables import calls, lines, parties, unreadable_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from voipdesk.archive.sync_state import DayMark
    from voipdesk.core.call_log import Call, Source, UnreadableRow

_DIRECTION = {direction: n for n, direction in enumerate(DIRECTIONS)}
_OUTCOME = {outcome: n for n, outcome in enumerate(OUTCOMES)}
_COLUMNS = [column.name for column in calls.c if column.name != "id"]
_upsert = sqlite.BulkUpsert(calls, ["fingerprint"], _COLUMNS[1:])
_LINES = sqlite.Prepared(
    select(lines.c.name, lines.c.id).where(
        lines.c.account == bindparam("account", 0), lines.c.source == bindparam("source", "")
    )
)
_NEWEST_PARTY = sqlite.Prepared(select(func.coalesce(func.max(parties.c.id), 0)))
_PARTIES_KEPT = 50_000
_BIGGEST = 2**63 - 1

Party = tuple[str, str]


class Page(NamedTuple):
    """What CallLogArchive.write is given."""

    account_id: str
    source: Source
    calls: Sequence[Call]
    ordinals: Sequence[int]
    unreadable: Sequence[UnreadableRow] = ()
    mark: DayMark | None = None


class CallWriter:
    """Writes pages of calls within the caller's transaction; remembers the keys of parties seen lately."""

    def __init__(self) -> None:
        self._parties: dict[Party, int] = {}
        self._generation = (0, 0)
        self._newest_party = 0
        """Where the archive has none so new, the transaction that added it was not completed."""

    def keep(self, connection: Connection, page: Page) -> tuple[int, int]:
        """Insert what is new, update what differs; count both calls."""
        account = account_key(connection, page.account_id)
        try:
            counts = self._write(connection, account, page)
            _keep_unreadable(connection, account, page.source, page.unreadable)
            if page.mark is not None:
                record_days(connection, page.account_id, page.source, page.mark)
        except BaseException:
            self._parties.clear()  # those added are not there after all
            raise
        return counts

    def _write(self, connection: Connection, account: int, page: Page) -> tuple[int, int]:
        connection.exec_driver_sql("SAVEPOINT page")
        try:
            counts = self._upsert(connection, account, page)
        except (UnicodeEncodeError, OverflowError):
            # What SQLite cannot hold: lone surrogates and numbers beyond 64 bits. Rare, so looked for only now.
            connection.exec_driver_sql("ROLLBACK TO page")
            self._parties.clear()
            counts = self._upsert(connection, account, page._replace(calls=[_storable(call) for call in page.calls]))
        connection.exec_driver_sql("RELEASE page")
        return counts

    def _upsert(self, connection: Connection, account: int, page: Page) -> tuple[int, int]:
        line_ids = _line_ids(connection, account, page.source, {call.name for call in page.calls})
        party = self._party_ids(connection, page.calls)
        salt = f"{page.account_id}\n{page.source.value}\n".encode("utf-8", "surrogatepass")
        rows = [
            (
                blake2b(salt + f"{ordinal}\n{call.identity}".encode("utf-8", "surrogatepass"), digest_size=16).digest(),
                line_ids[call.name],
                party[call.caller, call.caller_name],
                party[call.called, call.called_name],
                party["", call.answered_by] if call.answered_by else None,
                _DIRECTION[call.direction],
                _OUTCOME[call.outcome],
                call.started_at,
                call.answered_at,
                call.finished_at,
                call.duration_s,
                call.talk_s,
            )
            for call, ordinal in zip(page.calls, page.ordinals, strict=True)
        ]
        rows.reverse()  # a page is newest first, and of two calls of one millisecond the newer gets the greater id
        tally = Tally(connection, [row[0] for row in rows])
        touched = _upsert(connection, rows)
        added = tally.follow(touched)
        return added, touched - added

    def _party_ids(self, connection: Connection, page: Sequence[Call]) -> dict[Party, int]:
        wanted = {(call.caller, call.caller_name) for call in page}
        wanted.update((call.called, call.called_name) for call in page)
        wanted.update(("", call.answered_by) for call in page if call.answered_by)
        known = self._parties
        generation = search_index.generation(connection)
        if generation != self._generation or self._newest_party > _newest_party(connection):
            known.clear()
            self._generation, self._newest_party = generation, 0
        new = [pair for pair in wanted if pair not in known]
        if len(known) + len(new) > max(_PARTIES_KEPT, len(wanted)):
            known.clear()
            new = list(wanted)
        raw = sqlite.driver(connection)
        absent: list[Party] = []
        for pair in new:
            row = raw.execute("SELECT id FROM parties WHERE number = ? AND name = ?", pair).fetchone()
            if row:
                known[pair] = row[0]
            else:
                absent.append(pair)
        if absent:
            self._add_parties(connection, sorted(absent))
        return known

    def _add_parties(self, connection: Connection, pairs: Iterable[Party]) -> None:
        # The write lock is held, so the next ids are ours to give and need no reading back.
        first = _newest_party(connection) + 1
        rows = [
            (id_, number, name, search_index.fold_party(number, name))
            for id_, (number, name) in enumerate(pairs, first)
        ]
        connection.exec_driver_sql("INSERT INTO parties (id, number, name, folded) VALUES (?, ?, ?, ?)", rows)
        search_index.add(connection, ((row[0], row[3]) for row in rows))
        self._parties.update(((number, name), id_) for id_, number, name, _ in rows)
        self._newest_party = rows[-1][0]


def _newest_party(connection: Connection) -> int:
    (newest,) = _NEWEST_PARTY(connection).fetchone()
    return int(newest)


def _line_ids(connection: Connection, account: int, source: Source, names: set[str]) -> dict[str, int]:
    found = dict(_LINES(connection, account=account, source=source.value))
    new = [
        {"account": account, "source": source.value, "name": name, "folded": search_index.fold(name)}
        for name in sorted(names - found.keys())
    ]
    if new:
        connection.execute(lines.insert(), new)
        search_index.forget_found(connection)
        found = dict(_LINES(connection, account=account, source=source.value))
    return found


def _keep_unreadable(connection: Connection, account: int, source: Source, rows: Iterable[UnreadableRow]) -> None:
    """Keep rows that cannot be read as they came, each once."""
    values = [
        {
            "account": account,
            "source": source.value,
            "digest": blake2b(row.raw.encode("utf-8", "surrogatepass"), digest_size=16).digest(),
            "raw": search_index.encodable(row.raw),
            "reason": search_index.encodable(row.reason),
        }
        for row in rows
    ]
    if values:
        connection.execute(sqlite.upsert(unreadable_rows, ["account", "source", "digest"], ["reason"]), values)


def _storable(call: Call) -> Call:
    """Give a call in which every text can be encoded and every number fits, else is unknown."""
    from msgspec.structs import replace

    changes: dict[str, object] = {}
    for field in call.__struct_fields__:
        value = getattr(call, field)
        if type(value) is str and field != "identity":
            changes[field] = search_index.encodable(value)
        elif isinstance(value, int) and abs(value) > _BIGGEST:
            changes[field] = (_BIGGEST if value > 0 else -_BIGGEST) if field == "started_at" else None
    return replace(call, **changes)
