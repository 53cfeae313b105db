"""The contract that the pane's fake log shares with the archive: paging, counting and anchors by key."""

import pytest
import pytest_asyncio

from tests.fakes.call_log import FakeCallLog, LongCallLog, logged
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, CallTotals, Outcome, Source

EVERYTHING = CallFilter()
CALLS = [
    logged(
        n,
        (n // 3) * 1000,  # several at the same moment
        name=f"user {n % 4}",
        identity=f"{n}",
        caller_name=f"caller {n}",
        outcome=Outcome.MISSED if n % 5 == 0 else Outcome.ANSWERED,
        talk_s=None if n % 5 == 0 else n,
    )
    for n in range(1, 61)
]


class CallLogContract:
    async def test_pages_are_newest_first_and_follow_by_key(self, log):
        newest = await log.page(EVERYTHING, limit=25)
        assert len(newest) == 25
        keys = [call.key for call in newest]
        assert keys == sorted(keys, reverse=True)
        older = await log.page(EVERYTHING, before=keys[-1], limit=25)
        assert older[0].key < keys[-1]
        assert [c.key for c in await log.page(EVERYTHING, after=older[0].key, limit=4)] == keys[-4:]
        assert await log.page(EVERYTHING, after=keys[0], limit=4) == []

    async def test_anchors_lead_to_every_nth_row(self, log):
        rows = await log.page(EVERYTHING, limit=100)
        anchors = await log.anchors(EVERYTHING, 7)
        assert anchors == [row.key for row in rows[::7]]
        assert [await log.count_newer(EVERYTHING, key) for key in anchors] == list(range(0, len(rows), 7))

    async def test_totals_are_those_of_all_rows(self, log):
        rows = [row.call for row in await log.page(EVERYTHING, limit=100)]
        missed = sum(call.outcome is Outcome.MISSED for call in rows)
        assert await log.totals(EVERYTHING) == CallTotals(len(rows), missed, sum(call.talk_s or 0 for call in rows))


class TestFakeCallLog(CallLogContract):
    @pytest.fixture
    def log(self):
        return FakeCallLog(CALLS)

    async def test_filters_narrow(self, log):
        assert len(await log.page(CallFilter(search="caller 6"))) == 2
        assert {c.call.name for c in await log.page(CallFilter(name="user 1"))} == {"user 1"}


class TestLongCallLog(CallLogContract):
    @pytest.fixture
    def log(self):
        return LongCallLog(60)


class TestArchive(CallLogContract):
    @pytest_asyncio.fixture
    async def log(self, tmp_path):
        store = await Store.open(tmp_path / "archive.sqlite3")
        log = CallLogArchive(store)
        await log.write("office", [call.call for call in CALLS], [0] * len(CALLS), source=Source.USER)
        yield log
        await store.close()

    async def test_filters_narrow(self, log):
        assert len(await log.page(CallFilter(search="caller 6"))) == 2
        assert {c.call.name for c in await log.page(CallFilter(name="user 1"))} == {"user 1"}
