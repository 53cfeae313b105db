import asyncio
import csv
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests.services.sync_desk import OFFICE, START, office_log, sync_desk
from voipdesk.archive.sync_state import SyncProgress
from voipdesk.core.call_log import CallFilter, Source
from voipdesk.services.call_coverage import Coverage
from voipdesk.services.call_log import CallLog


@asynccontextmanager
async def log(tmp_path, days=30):
    async with sync_desk(tmp_path / "a.db", office_log(days), page_limit=500) as desk:
        await desk.sync.backfill(OFFICE)
        yield CallLog(desk.archive, desk.state, desk.accounts, desk.sync.calls_changed)


async def test_it_reads_the_archive(tmp_path):
    async with log(tmp_path) as calls:
        everything = CallFilter()
        newest = await calls.page(everything, limit=50)
        assert len(newest) == 50
        assert (await calls.page(everything, before=newest[-1].key, limit=1))[0].key < newest[-1].key
        assert (await calls.totals(everything)).count == 180
        assert await calls.anchors(everything, 100) == [newest[0].key, (await calls.anchors(everything, 100))[1]]
        assert await calls.count_newer(everything, newest[7].key) == 7
        assert await calls.get(newest[0].id) == newest[0]
        assert await calls.names(OFFICE.id) == [(Source.USER, "Ann Lee")]
        assert await calls.unreadable_count(OFFICE.id) == 0


async def test_an_export_holds_everything_the_filter_matches(tmp_path):
    async with log(tmp_path) as calls:
        written, counts = [], []
        assert await calls.export(CallFilter(search="+441"), written.append, progress=counts.append) > 0
        everything = CallFilter()
        file = tmp_path / "calls.csv"
        assert await calls.export_file(everything, file, progress=counts.append) == 180
        assert counts[-1] == 180
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        assert [row["started_at"] for row in rows] == sorted((row["started_at"] for row in rows), reverse=True)
        assert len(rows) == 180
        assert rows[0]["account"] == "office"


async def test_an_export_for_a_spreadsheet_says_that_it_is_utf_8(tmp_path):
    async with log(tmp_path, days=1) as calls:
        await calls.export_file(CallFilter(), tmp_path / "calls.csv", spreadsheet=True)
        assert (tmp_path / "calls.csv").read_bytes().startswith(b"\xef\xbb\xbfaccount,")


async def test_a_cancelled_export_leaves_nothing(tmp_path):
    async with log(tmp_path) as calls:
        task = asyncio.create_task(calls.export_file(CallFilter(), tmp_path / "calls.csv"))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not list(tmp_path.glob("*.csv"))
        assert not list(tmp_path.glob("*.part"))


async def test_an_export_comes_with_what_is_known_complete(tmp_path):
    async with log(tmp_path) as calls:
        calls._accounts.sources = (Source.USER, Source.QUEUE)
        assert len(await calls.coverage(CallFilter(sources=(Source.USER, Source.RING_GROUP)))) == 1
        covered = await calls.coverage(CallFilter())
        assert [one.text for one in covered] == [
            "office, user calls: complete from its beginning to 2026-03-02, read until 2026-03-04 10:00.",
            "office, queue calls: not read yet.",
        ]
        assert await calls.coverage(CallFilter(account_id="other")) == ()


@pytest.mark.parametrize(
    ("known", "text"),
    [
        (SyncProgress(START), "no day is known complete, read until 2026-03-04 10:00."),
        (
            SyncProgress(START, START.date() - timedelta(days=9), START.date()),
            "complete from 2026-02-23 to 2026-03-04, read until 2026-03-04 10:00; older calls were not read yet.",
        ),
        (
            SyncProgress(None, START.date(), START.date(), gaps=((START.date(), START.date()),)),
            "complete from 2026-03-04 to 2026-03-04; older days are missing, such as 2026-03-04.",
        ),
    ],
)
def test_coverage_is_said_in_a_sentence(known, text):
    assert Coverage("office", Source.RING_GROUP, known).text == f"office, ring-group calls: {text}"
