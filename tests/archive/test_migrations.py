"""From older tables to newer ones: those that were ever released, and a step that only this test has."""

import re
import shutil
import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.fakes.calls import make_call
from voipdesk.archive import migrations, schema
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.credit import CreditJournal
from voipdesk.archive.dials import DialJournal
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, Source
from voipdesk.core.credit import CreditOutcome, CreditTransfer
from voipdesk.core.errors import StorageFailed

FIRST = Path(__file__).parents[1] / "samples" / "archive" / "0001.sql"
TODAY = schema.SCHEMA

STEP = """
import sqlalchemy
from alembic import op
revision = "9999"
down_revision = "{today}"
def upgrade():
    op.add_column("accounts", sqlalchemy.Column("colour", sqlalchemy.Text))
    {more}
"""


@pytest.fixture
async def older(file: Path) -> Path:
    store = await Store.open(file)
    await CallLogArchive(store).write("a", [make_call()], [0], source=Source.USER)
    await store.close()
    return file


def add_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    here = tmp_path / "migrations"
    shutil.copytree(migrations.HERE, here)
    (here / "versions" / "9999_colour.py").write_text(STEP.format(today=TODAY, more=more))
    monkeypatch.setattr(migrations, "HERE", here)
    monkeypatch.setattr(schema, "SCHEMA", "9999")


def version(file: Path) -> str:
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    connection.close()
    return found


async def test_older_tables_are_brought_up_to_date_and_a_copy_is_kept(older: Path, tmp_path: Path, monkeypatch):
    add_step(tmp_path, monkeypatch)
    for _ in range(2):
        store = await Store.open(older)
        assert await store.read(lambda c: c.exec_driver_sql("SELECT colour FROM accounts").all()) == [(None,)]
        assert len(await CallLogArchive(store).page(CallFilter(search="7946"))) == 1
        await store.close()
    assert version(older) == "9999"
    copy = older.with_name(f"{older.name}.{TODAY}.bak")
    assert version(copy) == TODAY
    assert copy.stat().st_mode & 0o777 == 0o600


async def test_a_step_that_fails_changes_nothing(older: Path, tmp_path: Path, monkeypatch):
    add_step(tmp_path, monkeypatch, more='op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(StorageFailed):
        await Store.open(older)
    assert version(older) == TODAY
    monkeypatch.undo()
    store = await Store.open(older)
    assert len(await CallLogArchive(store).page(CallFilter())) == 1
    await store.close()


async def test_tables_that_another_process_has_just_migrated_are_taken_as_they_are(older: Path, tmp_path, monkeypatch):
    add_step(tmp_path, monkeypatch)
    seen = iter([TODAY, "9999"])
    monkeypatch.setattr(schema, "_version", lambda connection: next(seen))
    store = await Store.open(older)
    await store.close()
    assert version(older) == TODAY


async def test_an_archive_of_a_version_nobody_knows_is_told_and_left(older: Path):
    with sqlite3.connect(older) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    with pytest.raises(StorageFailed, match="cannot be brought up to date"):
        await Store.open(older)
    assert version(older) == "0000"


def tables(file: Path) -> dict[str, str]:
    """What the file is made of, by name, without what white space and quotes may do as they like."""
    with sqlite3.connect(file) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: re.sub(r"\s+", "", sql).replace('"', "") for name, sql in found}


@pytest.fixture
def first(file: Path) -> Path:
    """An archive with the first tables, as the program of that time left it."""
    with sqlite3.connect(file) as connection:
        connection.executescript(FIRST.read_text(encoding="utf-8"))
    connection.close()
    return file


async def test_an_archive_of_the_first_version_loses_nothing_and_gets_the_journal_of_credit(first: Path):
    store = await Store.open(first)
    try:
        log = CallLogArchive(store)
        calls = await log.page(CallFilter(search="7946"))
        assert len(calls) == 3
        totals = await log.totals(CallFilter())
        assert (totals.count, totals.talk_s) == (3, sum(call.call.talk_s or 0 for call in calls))
        assert [dial.number for dial in await DialJournal(store).recent()] == ["+442079460958"]
        journal, at = CreditJournal(store), datetime(2026, 3, 20, tzinfo=UTC)
        sent = CreditTransfer("t1", "a", "c1", "my_customer", Decimal("10.000"), at, "ann", CreditOutcome.SENT)
        await journal.begin(sent, since=at)
        assert await journal.recent() == [sent]
        with pytest.raises(StorageFailed):
            await store.write(lambda connection: connection.exec_driver_sql("DELETE FROM credit_transfers"))
        assert await journal.recent() == [sent]
    finally:
        await store.close()
    assert version(first) == TODAY
    assert version(first.with_name(f"{first.name}.0001.bak")) == "0001"


async def test_migrated_tables_are_those_of_a_new_archive(first: Path, tmp_path: Path):
    await (await Store.open(first)).close()
    new = tmp_path / "new.sqlite3"
    await (await Store.open(new)).close()
    assert tables(first) == tables(new)
