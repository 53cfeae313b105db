"""The file and its thread: opening, refusing, waiting, breaking off."""

# ruff: noqa: ASYNC220, ASYNC221, ASYNC240, ASYNC251 - the loop of these tests has nothing else to do

import asyncio
import gc
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.fakes.calls import make_call
from voipdesk.archive import schema, sqlite
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, Source
from voipdesk.core.errors import StorageFailed

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


async def test_a_new_archive_is_for_its_owner_alone(store: Store, file: Path):
    for written in file.parent.iterdir():
        assert stat.S_IMODE(written.stat().st_mode) == 0o600, written


async def test_an_archive_is_made_in_folders_that_are_not_there_yet(tmp_path: Path):
    store = await Store.open(tmp_path / "a" / "b" / "archive.sqlite3")
    await store.close()
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


async def test_what_was_written_is_there_when_it_is_opened_again(file: Path):
    first = await Store.open(file)
    await CallLogArchive(first).write("a", [make_call()], [0], source=Source.USER)
    await first.close()
    second = await Store.open(file)
    assert len(await CallLogArchive(second).page(CallFilter())) == 1
    await second.close()


async def test_opening_an_archive_does_not_import_alembic(file: Path):
    script = (
        "import asyncio, pathlib, sys\n"
        "from voipdesk.archive.store import Store\n"
        "async def main():\n"
        "    for _ in range(2):\n"
        "        await (await Store.open(pathlib.Path(sys.argv[1]))).close()\n"
        "asyncio.run(main())\n"
        "assert 'alembic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)


async def test_closing_twice_does_no_harm_and_nothing_is_done_after(file: Path):
    store = await Store.open(file)
    await store.close()
    await store.close()
    with pytest.raises(StorageFailed, match="closed"):
        await store.read(lambda connection: None)


async def test_closing_after_a_failed_opening_does_no_harm(file: Path):
    file.write_bytes(b"no database at all, " * 100)
    with pytest.raises(StorageFailed):
        await Store.open(file)


async def test_work_given_before_it_is_connected_is_done_after(file: Path):
    store = Store(file)
    reading = asyncio.create_task(store.read(lambda connection: 7))
    await asyncio.sleep(0)
    assert not store.connected
    assert not reading.done()
    await store.connect()
    await store.connect()
    assert store.connected
    assert await reading == 7
    await store.close()


async def test_work_that_waits_when_it_is_closed_is_told(file: Path):
    store = Store(file)
    reading = asyncio.create_task(store.read(lambda connection: 7))
    await asyncio.sleep(0)
    await store.close()
    with pytest.raises(StorageFailed, match="closed"):
        await reading
    with pytest.raises(StorageFailed, match="closed"):
        await store.connect()
    assert not file.exists()


async def test_work_that_was_cancelled_while_it_waited_is_never_done(file: Path):
    store, done = Store(file), []
    writing = asyncio.create_task(store.write(lambda connection: done.append(1)))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await store.connect()
    await store.read(lambda connection: None)
    assert done == []
    await store.close()


async def test_connecting_is_tried_again_once_the_cause_is_gone(file: Path):
    file.write_bytes(b"no database at all, " * 100)
    store = Store(file)
    reading = asyncio.create_task(store.read(lambda connection: 7))
    with pytest.raises(StorageFailed, match="not an archive"):
        await store.connect()
    assert not store.connected
    file.unlink()
    await store.connect()
    assert await reading == 7
    await store.close()


async def test_a_file_that_is_no_database_is_left_as_it_is(file: Path):
    file.write_bytes(b"no database at all, " * 100)
    with pytest.raises(StorageFailed, match="not an archive") as caught:
        await Store.open(file)
    assert "left as it is" in caught.value.advice
    assert file.read_bytes() == b"no database at all, " * 100


async def test_a_damaged_archive_is_told_and_left(file: Path):
    store = await Store.open(file)
    await CallLogArchive(store).write("a", [make_call(n) for n in range(5000)], [0] * 5000, source=Source.USER)
    await store.close()
    damaged = bytearray(file.read_bytes())
    damaged[4096 * 3 :] = b"\xa5" * (len(damaged) - 4096 * 3)
    file.write_bytes(damaged)
    with pytest.raises(StorageFailed, match=r"damaged|not an archive"):
        await open_and_sum_up(file)
    assert file.read_bytes() == damaged


async def open_and_sum_up(file: Path) -> None:
    store = await Store.open(file)
    try:
        await CallLogArchive(store).totals(CallFilter())
    finally:
        await store.close()


async def test_another_programs_database_is_refused_and_left(file: Path):
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE contacts (name)")
    other.close()
    with pytest.raises(StorageFailed, match="another program"):
        await Store.open(file)
    with sqlite3.connect(file) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("contacts",)]
    other.close()


async def test_an_archive_of_a_newer_voipdesk_is_refused(file: Path):
    store = await Store.open(file)
    await store.write(lambda connection: connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'"))
    await store.close()
    with pytest.raises(StorageFailed, match="newer voipdesk"):
        await Store.open(file)


async def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path):
    with pytest.raises(StorageFailed, match="cannot be opened"):
        await Store.open(tmp_path)


async def test_an_sqlite_that_is_too_old_is_told(file: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 31, 1))
    with pytest.raises(StorageFailed, match="too old"):
        await Store.open(file)


async def test_an_archive_that_stays_locked_is_told(store: Store, file: Path):
    await store.read(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 20").close())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageFailed, match="in use") as caught:
        await CallLogArchive(store).write("a", [make_call()], [0], source=Source.USER)
    assert caught.value.advice
    other.execute("ROLLBACK")
    other.close()
    await CallLogArchive(store).write("a", [make_call()], [0], source=Source.USER)


async def test_a_writer_waits_for_another_process(store: Store, file: Path):
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(CallLogArchive(store).write("a", [make_call()], [0], source=Source.USER))
    await asyncio.sleep(0)
    assert not writing.done()
    other.execute("ROLLBACK")
    assert (await writing).added == 1
    other.close()


async def test_a_full_disk_is_told_and_loses_nothing(store: Store):
    log = CallLogArchive(store)
    await log.write("a", [make_call()], [0], source=Source.USER)
    pages = await store.read(lambda connection: connection.exec_driver_sql("PRAGMA page_count").scalar())
    await store.read(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").close())
    with pytest.raises(StorageFailed, match="disk is full"):
        await log.write("a", [make_call(n) for n in range(1, 2000)], [0] * 1999, source=Source.USER)
    assert len(await log.page(CallFilter())) == 1
    await store.read(lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1000000").close())
    assert (await log.write("a", [make_call(n) for n in range(2000)], [0] * 2000, source=Source.USER)).added == 1999


async def test_an_archive_that_may_not_be_written_is_told(store: Store):
    await store.read(lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON").close())
    with pytest.raises(StorageFailed, match="may not be written"):
        await CallLogArchive(store).write("a", [make_call()], [0], source=Source.USER)


def test_an_error_without_a_known_code_still_makes_a_sentence(file: Path):
    assert "could not be used" in sqlite.explain(file, sqlite3.OperationalError("odd")).message


async def test_a_bug_is_not_taken_for_a_storage_failure(store: Store):
    def work(connection):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.read(work)


async def test_a_cancelled_read_makes_way_at_once(store: Store):
    began = threading.Event()

    def endless(connection):
        began.set()
        return connection.exec_driver_sql(ENDLESS).scalar()

    reading = asyncio.create_task(store.read(endless))
    await asyncio.to_thread(began.wait)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert await asyncio.wait_for(store.read(lambda connection: 7), 30) == 7


async def test_a_read_that_is_broken_off_is_no_failure_that_anybody_hears_of(store: Store):
    heard, began = [], threading.Event()
    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: heard.append(context["message"]))

    def endless(connection):
        began.set()
        return connection.exec_driver_sql(ENDLESS).scalar()

    reading = asyncio.create_task(store.read(endless))
    await asyncio.to_thread(began.wait)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    del reading
    await store.read(lambda connection: 7)
    gc.collect()
    assert heard == []


async def test_a_read_that_was_cancelled_in_the_queue_never_runs(store: Store):
    gate, ran = threading.Event(), []
    first = asyncio.create_task(store.read(lambda connection: gate.wait()))
    queued = asyncio.create_task(store.read(lambda connection: ran.append(1)))
    await asyncio.sleep(0)
    queued.cancel()
    with pytest.raises(asyncio.CancelledError):
        await queued
    gate.set()
    await first
    assert ran == []


async def test_a_write_that_has_begun_ends_even_when_its_caller_is_cancelled(store: Store):
    began, gate = threading.Event(), threading.Event()

    def work(connection):
        began.set()
        gate.wait()
        connection.exec_driver_sql("INSERT INTO accounts (id, name) VALUES ('a', 'A')")

    writing = asyncio.create_task(store.write(work))
    await asyncio.to_thread(began.wait)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    gate.set()
    assert await store.read(lambda c: c.exec_driver_sql("SELECT name FROM accounts").scalar()) == "A"


async def test_a_write_that_fails_with_nobody_waiting_is_logged(store: Store, caplog: pytest.LogCaptureFixture):
    began, gate = threading.Event(), threading.Event()

    def work(connection):
        began.set()
        gate.wait()
        connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    writing = asyncio.create_task(store.write(work))
    await asyncio.to_thread(began.wait)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    gate.set()
    await store.read(lambda connection: None)
    assert "could not be used" in caplog.text


def add_account(connection: Connection, account: str) -> str:
    connection.exec_driver_sql("INSERT INTO accounts (id, name) VALUES (?, '')", (account,))
    return account


def count_accounts(connection: Connection) -> int:
    return connection.exec_driver_sql("SELECT count(*) FROM accounts").scalar_one()


async def test_parts_share_a_transaction_until_somebody_waits(store: Store):
    began, gate = threading.Event(), threading.Event()

    def part(connection: Connection, account: str) -> str:
        if account == "b":
            began.set()
            gate.wait()
        return add_account(connection, account)

    writing = asyncio.create_task(store.write_parts([partial(part, account=account) for account in "abcd"]))
    await asyncio.to_thread(began.wait)
    reading = asyncio.create_task(store.read(count_accounts))
    await asyncio.sleep(0)
    gate.set()
    assert await reading == 2
    assert await writing == ["a", "b", "c", "d"]
    assert await store.read(count_accounts) == 4


async def test_parts_that_nobody_waits_for_are_undone_together(store: Store):
    def fails(connection: Connection) -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write_parts([partial(add_account, account="a"), fails])
    assert await store.read(count_accounts) == 0


async def test_what_another_process_writes_is_noticed(store: Store, file: Path):
    assert not await store.changed_elsewhere()
    await CallLogArchive(store).write("a", [make_call()], [0], source=Source.USER)
    assert not await store.changed_elsewhere()
    other = await Store.open(file)
    await CallLogArchive(other).write("a", [make_call(1)], [0], source=Source.USER)
    await other.close()
    assert await store.changed_elsewhere()
    assert not await store.changed_elsewhere()


WRITER = """
import asyncio, pathlib, sys
from tests.fakes.calls import make_call
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.core.call_log import Source
async def main():
    log = CallLogArchive(await Store.open(pathlib.Path(sys.argv[1])))
    for page in range(1000):
        calls = [make_call(page * 500 + n, caller=str(page * 500 + n)) for n in range(500)]
        await log.write("a", calls, [0] * 500, source=Source.USER)
        print(page, flush=True)
asyncio.run(main())
"""


async def test_a_writer_killed_in_the_middle_leaves_whole_pages(file: Path):
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE)
    assert writer.stdout
    for _ in range(5):
        writer.stdout.readline()
    time.sleep(0.01)  # somewhere within a page; whichever moment it hits, the outcome must hold
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    store = await Store.open(file)
    log = CallLogArchive(store)
    kept = (await log.totals(CallFilter())).count
    assert kept >= 2500
    assert kept % 500 == 0
    again = [make_call(n, caller=str(n)) for n in range(kept + 500)]
    assert (await log.write("a", again, [0] * len(again), source=Source.USER)).added == 500
    assert len(await log.page(CallFilter(search=str(kept + 499)))) == 1
    assert await store.read(lambda c: c.exec_driver_sql("PRAGMA integrity_check").scalar()) == "ok"
    await store.close()


def test_the_version_of_the_tables_is_the_newest_step():
    versions = Path(schema.__file__).parent / "migrations" / "versions"
    assert max(versions.glob("[0-9]*.py")).name.startswith(schema.SCHEMA)
