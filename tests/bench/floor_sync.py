"""The floor of a sync: httpx, msgspec and one executemany per page, into the same tables: floor_sync.py HOME URL."""

import asyncio
import itertools
import sqlite3
import sys
import time
from datetime import datetime
from pathlib import Path

import httpx
import msgspec

from tests.bench.telling import say
from voipdesk.archive.store import Store

_LIMIT = 10_000
_INSERT = (
    "INSERT INTO calls (fingerprint, line_id, caller_id, called_id, answered_by_id, direction, outcome, started_at,"
    " answered_at, finished_at, duration_s, talk_s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class UserRow(msgspec.Struct, gc=False):
    from_number: str
    to_number: str
    user_name: str
    is_inbound: int
    call_start_at: datetime
    call_duration: int
    call_finished_at: datetime | None
    conversation_duration: int


class DeskRow(msgspec.Struct, gc=False):
    callerid: str
    inbound_number: str
    call_start_at: datetime
    call_answered_at: datetime | None
    call_finished_at: datetime
    answered_by_user_name: str
    status: str
    queue_name: str = ""
    ring_group_name: str = ""


class UserPage(msgspec.Struct):
    data: list[UserRow]


class DeskPage(msgspec.Struct):
    data: list[DeskRow]


class Floor:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.parties: dict[tuple[str, str], int] = {}
        self.lines: dict[tuple[str, str], int] = {}
        self.fingerprints = itertools.count()

    def party(self, number: str, name: str = "") -> int:
        return self.parties.setdefault((number, name), len(self.parties) + 1)

    def line(self, source: str, name: str) -> int:
        return self.lines.setdefault((source, name), len(self.lines) + 1)

    def user(self, row: UserRow) -> tuple[object, ...]:
        start = int(row.call_start_at.timestamp()) * 1000
        end = None if row.call_finished_at is None else int(row.call_finished_at.timestamp()) * 1000
        return (
            next(self.fingerprints).to_bytes(16, "big"), self.line("user", row.user_name), self.party(row.from_number),
            self.party(row.to_number), None, 1 - row.is_inbound, 0 if row.conversation_duration else 1, start, None,
            end, row.call_duration, row.conversation_duration,
        )  # fmt: skip

    def desk(self, row: DeskRow) -> tuple[object, ...]:
        start, end = int(row.call_start_at.timestamp()) * 1000, int(row.call_finished_at.timestamp()) * 1000
        answered = None if row.call_answered_at is None else int(row.call_answered_at.timestamp()) * 1000
        source, name = ("queue", row.queue_name) if row.queue_name else ("ring-group", row.ring_group_name)
        by = self.party("", row.answered_by_user_name) if row.answered_by_user_name else None
        return (
            next(self.fingerprints).to_bytes(16, "big"), self.line(source, name), self.party(row.callerid),
            self.party(row.inbound_number), by, 0, 0 if answered else 4, start, answered, end, (end - start) // 1000,
            (end - answered) // 1000 if answered else 0,
        )  # fmt: skip

    def store(self, rows: list[tuple[object, ...]]) -> None:
        known = len(self.parties)
        with self.connection as connection:
            had_parties = connection.execute("SELECT count(*) FROM parties").fetchone()[0]
            had_lines = connection.execute("SELECT count(*) FROM lines").fetchone()[0]
            new = [
                (id_, number, name, f"{name.casefold()}\n{number}")
                for (number, name), id_ in itertools.islice(self.parties.items(), had_parties, known)
            ]
            connection.executemany("INSERT INTO parties VALUES (?, ?, ?, ?)", new)
            connection.executemany(
                "INSERT INTO parties_index (rowid, folded) VALUES (?, ?)", [(row[0], row[3] + "\n\n") for row in new]
            )
            lines = [
                (id_, 1, source, name, name.casefold())
                for (source, name), id_ in itertools.islice(self.lines.items(), had_lines, None)
            ]
            connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?)", lines)
            connection.executemany(_INSERT, rows)


async def main(home: Path, base_url: str) -> None:
    file = home / "archive.sqlite"
    await (await Store.open(file)).close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous = NORMAL")
    floor = Floor(connection)
    logs = (
        ("get-user-calls", msgspec.json.Decoder(UserPage), floor.user),
        ("get-queue-calls", msgspec.json.Decoder(DeskPage), floor.desk),
        ("get-ringgroup-calls", msgspec.json.Decoder(DeskPage), floor.desk),
    )
    headers = {"token": "demo-key"}
    async with httpx.AsyncClient(base_url=f"{base_url}/api/integration/v1", headers=headers, trust_env=False) as client:
        await client.get("/get-system-status")
        started = time.perf_counter()
        for operation, decoder, row in logs:
            for offset in itertools.count(0, _LIMIT):
                answer = await client.get(f"/{operation}", params={"limit": _LIMIT, "offset": offset}, timeout=60)
                page = decoder.decode(answer.content).data
                floor.store([row(each) for each in page])
                if len(page) < _LIMIT:
                    break
        seconds = time.perf_counter() - started
    say(rows=connection.execute("SELECT count(*) FROM calls").fetchone()[0], seconds=seconds)
    connection.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
