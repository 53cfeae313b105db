"""An archive in a file of its own, and calls to put into it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive.sqlite3"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[Store]:
    store = await Store.open(file)
    yield store
    await store.close()


@pytest.fixture
def log(store: Store) -> CallLogArchive:
    return CallLogArchive(store)
