"""What is complete: days, gaps, the log's beginning."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.fakes.calls import make_call
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.store import Store
from voipdesk.archive.sync_state import DayMark, DayState, SyncProgress, SyncState
from voipdesk.core.call_log import Source

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


def day(number: int) -> date:
    return date(2026, 3, number)


@pytest.fixture
def state(store: Store) -> SyncState:
    return SyncState(store)


async def mark(state: SyncState, since: int | None, until: int, *, complete: bool = True, at: datetime = NOW) -> None:
    await state.mark("a", Source.USER, DayMark(None if since is None else day(since), day(until), at, complete))


async def test_nothing_is_known_of_a_log_never_read(state: SyncState):
    assert await state.progress("a", Source.USER) == SyncProgress()
    assert await state.missing("a", Source.USER, None, day(9)) == ((None, day(9)),)
    assert await state.missing("a", Source.USER, day(3), day(9)) == ((day(3), day(9)),)


async def test_gaps_between_complete_days_are_known(state: SyncState):
    await mark(state, 3, 5)
    await mark(state, 8, 9)
    await mark(state, 10, 10, complete=False)
    progress = await state.progress("a", Source.USER)
    assert (progress.complete_from, progress.complete_to, progress.whole) == (day(8), day(9), False)
    assert progress.gaps == ((day(6), day(7)),)
    missing = await state.missing("a", Source.USER, None, day(12))
    assert missing == ((day(10), day(12)), (day(6), day(7)), (None, day(2)))
    assert await state.missing("a", Source.USER, day(4), day(8)) == ((day(6), day(7)),)
    assert await state.missing("a", Source.USER, day(4), day(5)) == ()


async def test_a_log_read_to_its_beginning_is_whole(state: SyncState):
    await mark(state, 8, 9)
    await mark(state, None, 5)
    assert not (await state.progress("a", Source.USER)).whole
    assert await state.missing("a", Source.USER, None, day(9)) == ((day(6), day(7)),)
    await mark(state, 6, 7)
    progress = await state.progress("a", Source.USER)
    assert (progress.whole, progress.gaps, progress.complete_to) == (True, (), day(9))
    assert await state.missing("a", Source.USER, None, day(9)) == ()
    assert await state.missing("a", Source.USER, day(1), day(4)) == ()


async def test_only_a_beginning_is_whole_too(state: SyncState):
    await mark(state, None, 5)
    assert await state.progress("a", Source.USER) == SyncProgress(None, day(5), day(5), whole=True)


async def test_an_incomplete_reading_of_the_beginning_completes_nothing(state: SyncState):
    await mark(state, None, 5, complete=False)
    assert (await state.progress("a", Source.USER)).complete_to is None


async def test_a_complete_day_stays_complete_and_the_later_reading_counts(state: SyncState):
    await mark(state, 4, 4)
    await mark(state, 4, 4, complete=False, at=NOW + timedelta(hours=1))
    await mark(state, 4, 4, complete=False, at=NOW - timedelta(hours=1))
    assert await state.days("a", Source.USER, day(1), day(9)) == [
        DayState(day(4), NOW + timedelta(hours=1), complete=True)
    ]


async def test_logs_do_not_share_what_is_complete(state: SyncState):
    await mark(state, 4, 4)
    assert await state.progress("a", Source.QUEUE) == SyncProgress()
    assert await state.progress("b", Source.USER) == SyncProgress()


async def test_the_last_refresh_is_remembered_and_never_goes_back(state: SyncState):
    await state.set_refreshed("a", Source.USER, NOW)
    await state.set_refreshed("a", Source.USER, NOW - timedelta(hours=1))
    assert (await state.progress("a", Source.USER)).refreshed_at == NOW


async def test_forgetting_lets_the_next_sync_begin_anew(state: SyncState):
    await mark(state, None, 4)
    await state.forget("a")
    assert await state.progress("a", Source.USER) == SyncProgress()


async def test_a_mark_is_kept_with_its_calls_or_not_at_all(store: Store, state: SyncState):
    log = CallLogArchive(store)
    mark = DayMark(day(4), day(4), NOW, complete=True)
    with pytest.raises(ValueError, match="zip"):
        await log.write("a", [make_call()], [], source=Source.USER, mark=mark)
    assert await state.progress("a", Source.USER) == SyncProgress()
    await log.write("a", [make_call()], [0], source=Source.USER, mark=mark)
    assert (await state.progress("a", Source.USER)).complete_to == day(4)


async def test_a_mark_that_ends_before_it_begins_marks_nothing(state: SyncState):
    await mark(state, 5, 4)
    assert await state.progress("a", Source.USER) == SyncProgress()
