"""From older tables to newer ones, with a step that only this test has."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.fakes.calls import make_call
from voipdesk.archive import migrations, schema
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, Source
from voipdesk.core.errors import StorageFailed

STEP = """
import sqlalchemy
from alembic import op
revision = "0002"
down_revision = "0001"
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
    (here / "versions" / "0002_colour.py").write_text(STEP.format(more=more))
    monkeypatch.setattr(migrations, "HERE", here)
    monkeypatch.setattr(schema, "SCHEMA", "0002")


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
    assert version(older) == "0002"
    copy = older.with_name(older.name + ".0001.bak")
    assert version(copy) == "0001"
    assert copy.stat().st_mode & 0o777 == 0o600


async def test_a_step_that_fails_changes_nothing(older: Path, tmp_path: Path, monkeypatch):
    add_step(tmp_path, monkeypatch, more='op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(StorageFailed):
        await Store.open(older)
    assert version(older) == "0001"
    monkeypatch.undo()
    store = await Store.open(older)
    assert len(await CallLogArchive(store).page(CallFilter())) == 1
    await store.close()


async def test_tables_that_another_process_has_just_migrated_are_taken_as_they_are(older: Path, tmp_path, monkeypatch):
    add_step(tmp_path, monkeypatch)
    seen = iter(["0001", "0002"])
    monkeypatch.setattr(schema, "_version", lambda connection: next(seen))
    store = await Store.open(older)
    await store.close()
    assert version(older) == "0001"


async def test_an_archive_of_a_version_nobody_knows_is_told_and_left(older: Path):
    with sqlite3.connect(older) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
    connection.close()
    with pytest.raises(StorageFailed, match="cannot be brought up to date"):
        await Store.open(older)
    assert version(older) == "0000"
