"""The newest calls before the archive is connected: the same as after it, or none."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.calls import START, make_call
from voipdesk.archive import newest
from voipdesk.archive.accounts import AccountIndex
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, CallKey, Direction, LoggedCall, Outcome, Source

ALL = CallFilter()


@pytest.fixture
async def proper(log: CallLogArchive, store: Store) -> list[LoggedCall]:
    """Keep calls of every kind, and give the page of a connected archive."""
    await AccountIndex(store).remember("a", "Office")
    several = [
        make_call(n, outcome=outcome, direction=direction, caller=str(n), called_name="Désk % '")
        for n, (outcome, direction) in enumerate((o, d) for o in Outcome for d in Direction)
    ]
    several += [make_call(7, identity="at the same moment"), make_call(7, identity="and another", talk_s=None)]
    whole = {"answered_at": START + 1, "finished_at": START + 9, "duration_s": 8, "answered_by": "Bob", "name": ""}
    await log.write("a", several, [0] * len(several), source=Source.USER)
    await log.write("a", [make_call(3, source=Source.QUEUE, **whole)], [0], source=Source.QUEUE)
    await log.write("b", [make_call(4, source=Source.RING_GROUP)], [0], source=Source.RING_GROUP)
    return await log.page(ALL)


@pytest.fixture
async def waiting(file: Path) -> AsyncIterator[CallLogArchive]:
    """Give the log of an archive that is not connected."""
    store = Store(file)
    yield CallLogArchive(store)
    await store.close()


async def test_the_newest_calls_are_those_of_the_connected_archive(proper: list[LoggedCall], file: Path):
    assert len(proper) == 16
    assert newest.page(file, 200) == proper
    assert newest.page(file, 5) == proper[:5]


async def test_the_log_gives_them_before_it_is_connected(proper: list[LoggedCall], waiting: CallLogArchive):
    assert await waiting.page(ALL, limit=3) == proper[:3]


async def test_the_totals_of_the_whole_log_are_there_before_it_is_connected(
    proper: list[LoggedCall], log: CallLogArchive, waiting: CallLogArchive, file: Path
):
    assert proper
    whole = await log.totals(ALL)
    assert newest.totals(file) == whole == await waiting.totals(ALL)
    assert (whole.count, whole.missed) == (16, 6)
    other = asyncio.ensure_future(waiting.totals(CallFilter(search="Bob")))
    await asyncio.sleep(0.01)
    assert not other.done()
    other.cancel()


async def test_every_other_page_waits_for_the_connection(proper: list[LoggedCall], file: Path):
    store = Store(file)
    log = CallLogArchive(store)
    asked = (
        log.page(CallFilter(search="Bob")),
        log.page(ALL, before=proper[0].key),
        log.page(ALL, after=CallKey(0, 0)),
    )
    pages = [asyncio.ensure_future(page) for page in asked]
    await asyncio.sleep(0.01)
    assert not any(page.done() for page in pages)
    await store.connect()
    assert [len(await page) for page in pages] == [1, 15, 16]
    await store.close()


async def test_a_closed_archive_with_another_name_is_read_too(proper: list[LoggedCall], store: Store, tmp_path: Path):
    await store.close()
    odd = store.file.rename(tmp_path / "a?b#c %41.sqlite")
    assert newest.page(odd, 200) == proper


def test_a_file_that_is_not_there_gives_none_and_is_not_made(file: Path):
    assert newest.page(file, 200) == []
    assert newest.totals(file) is None
    assert not file.exists()


def test_a_file_that_is_no_archive_gives_none(file: Path):
    file.write_bytes(b"no database at all, " * 100)
    assert newest.page(file, 200) == []
    assert newest.totals(file) is None
    with closing(sqlite3.connect(file.with_name("other"))) as other:
        other.execute("CREATE TABLE contacts (name)")
    assert newest.page(file.with_name("other"), 200) == []


async def test_tables_of_another_version_give_none(proper: list[LoggedCall], store: Store, file: Path):
    assert proper
    await store.write(lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    assert newest.page(file, 200) == []


def test_an_archive_is_read_without_sqlalchemy_until_it_is_connected(file: Path):
    script = """
import asyncio, pathlib, sys
from voipdesk.archive import accounts, budget, call_log, dials, status, sync_state
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter

async def main():
    store = Store(pathlib.Path(sys.argv[1]))
    page = asyncio.ensure_future(call_log.CallLogArchive(store).page(CallFilter()))
    await asyncio.sleep(0.1)
    assert not page.done()
    assert "sqlalchemy" not in sys.modules
    await store.connect()
    assert await page == []
    assert "sqlalchemy" in sys.modules
    await store.close()

asyncio.run(main())
"""
    subprocess.run([sys.executable, "-W", "error", "-c", script, str(file)], check=True)
