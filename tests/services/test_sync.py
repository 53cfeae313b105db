import asyncio
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.fakes.call_service import CallService
from tests.services.sync_desk import OFFICE, START, SyncDesk, office_log, sync_desk
from voipdesk.core.accounts import Account
from voipdesk.core.budget import Priority
from voipdesk.core.call_log import Source, UnreadableRow
from voipdesk.core.errors import (
    BadInput,
    NotAuthorised,
    NotFound,
    NotUnderstood,
    OverBudget,
    StorageFailed,
    Unreachable,
)
from voipdesk.services.sync_days import last_over

DAY = timedelta(days=1)


def fail(error: Exception, *, at: int):
    def on_request(request: int) -> None:
        if request == at:
            raise error

    return on_request


async def test_a_backfill_reads_the_whole_log_once(tmp_path):
    service = office_log(60)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        result = await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()
        assert result.added == 360
        progress = await desk.state.progress(OFFICE.id, Source.USER)
        assert progress.whole
        assert progress.complete_to == last_over(START) == date(2026, 3, 2)
        assert progress.refreshed_at == START
        assert set(desk.connections.priorities) == {Priority.BACKGROUND}

        before = desk.requests()
        again = await desk.sync.backfill(OFFICE)
        assert (again.added, again.changed) == (0, 0)
        assert desk.requests() - before <= 2, "days known complete are not read again"
        assert not await desk.sync.has_gaps(OFFICE)


async def test_a_service_that_counts_in_pages_is_read_whole_and_asked_about_its_cap_once(tmp_path):
    service = office_log(60)
    async with sync_desk(tmp_path / "a.db", service, page_limit=100) as desk:
        desk.client.call_pages_aligned = True
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()
        before = desk.requests()
        desk.now += timedelta(minutes=5)
        await desk.sync.refresh(OFFICE)
        assert desk.requests() - before == 1


async def test_a_backfill_that_breaks_off_goes_on_where_it_was(tmp_path):
    service = office_log(100)
    service.on_request = fail(OverBudget("No request is left.", retry_at=START + DAY), at=8)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        with pytest.raises(OverBudget) as raised:
            await desk.sync.backfill(OFFICE)
        assert raised.value.retry_at == START + DAY
        kept = await desk.archived()
        assert 0 < kept.total() < 600
        assert await desk.sync.has_gaps(OFFICE)
        oldest_complete = (await desk.state.progress(OFFICE.id, Source.USER)).complete_from
        desk.service.requests.clear()
        service.on_request = None
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()
        untils = [until for _, _, until, _, _ in service.requests if until]
        assert max(untils) <= oldest_complete + 2 * DAY


class Stored:
    """Stands before the archive: a page is stored once the next one has been asked for, or is not stored at all."""

    def __init__(self, desk: SyncDesk, error: Exception | None = None) -> None:
        self.pages = 0
        self._error, self._write, desk.archive.write = error, desk.archive.write, self.write
        self._fourth, self._on_request, desk.service.on_request = asyncio.Event(), desk.service.on_request, self.asked

    async def write(self, *page, **more):
        self.pages += 1
        if self.pages == 3:
            await asyncio.wait_for(self._fourth.wait(), 20)
            if self._error:
                raise self._error
        return await self._write(*page, **more)

    def asked(self, request: int) -> None:
        if request == 4:
            self._fourth.set()
        if self._on_request:
            self._on_request(request)


async def test_the_next_page_is_asked_for_while_the_last_is_stored(tmp_path):
    service = office_log(60)
    service.on_request = fail(Unreachable("Nothing answers."), at=4)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        stored = Stored(desk)
        with pytest.raises(Unreachable):
            await desk.sync.backfill(OFFICE)
        assert stored.pages == 3
        assert (await desk.archived()).total() > 40, "what was read before is kept"
        service.on_request = None
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()


async def test_no_page_is_read_any_more_once_one_cannot_be_stored(tmp_path):
    service = office_log(60)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        Stored(desk, StorageFailed("The disk is full."))
        with pytest.raises(StorageFailed):
            await desk.sync.backfill(OFFICE)
        kept, asked = await desk.archived(), desk.requests()
        assert 0 < kept.total() < 60
        assert asked == 4
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("exclusive", [False, True])
async def test_days_of_whatever_zone_and_bound_leave_nothing_out(tmp_path, zone, exclusive):
    service = office_log(150, 9)
    service.zone = ZoneInfo(zone)
    service.until_is_exclusive = exclusive
    async with sync_desk(tmp_path / "a.db", service, page_limit=60) as desk:
        for stop in range(4, 9):
            service.on_request = fail(Unreachable("Nothing answers."), at=len(service.requests) + stop)
            with pytest.raises(Unreachable):
                await desk.sync.backfill(OFFICE)
        service.on_request = None
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()


async def test_a_range_is_read_alone_and_what_it_leaves_is_a_gap(tmp_path):
    service = office_log(60)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        await desk.sync.backfill(OFFICE, since=date(2026, 1, 20), until=date(2026, 1, 25))
        have = await desk.archived()
        wanted = {
            key
            for key in service.calls()
            if date(2026, 1, 20) <= datetime.fromtimestamp(key[1] / 1000, UTC).date() <= date(2026, 1, 25)
        }
        assert wanted <= have.keys()
        assert have.total() < 100
        assert (await desk.state.progress(OFFICE.id, Source.USER)).refreshed_at is None
        assert await desk.state.missing(OFFICE.id, Source.USER, None, date(2026, 1, 27)) == (
            (date(2026, 1, 26), date(2026, 1, 27)),
            (None, date(2026, 1, 19)),
        )
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()


async def test_dates_at_the_ends_of_the_calendar_are_taken_for_all_there_is(tmp_path):
    service = office_log(5)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        await desk.sync.backfill(OFFICE, since=date.min, until=date.max)
        assert await desk.archived() == service.calls()


async def test_an_unfinished_call_is_followed_until_it_ends(tmp_path):
    service = office_log(3)
    row = service.add(START - timedelta(minutes=1), "+449")
    row.finished_at = None
    async with sync_desk(tmp_path / "a.db", service) as desk:
        await desk.sync.refresh(OFFICE)
        for hours in (4, 4, 4):
            desk.now += timedelta(hours=hours)
            await desk.sync.refresh(OFFICE)
        for n in range(60):
            service.add(START + timedelta(hours=1, seconds=n), f"+33{n}")
        await desk.sync.backfill(OFFICE)
        row.finished_at = desk.now
        desk.now += timedelta(hours=1)
        result = await desk.sync.refresh(OFFICE)
        assert (result.added, result.changed) == (0, 1), "however many calls came after it"
        assert await desk.archived() == service.calls()


async def test_a_refresh_costs_one_request_and_finds_calls_that_enter_below_newer_ones(tmp_path):
    service = office_log(30)
    async with sync_desk(tmp_path / "a.db", service, page_limit=200) as desk:
        await desk.sync.refresh(OFFICE)
        await desk.sync.backfill(OFFICE)
        desk.now += timedelta(minutes=1)
        await desk.sync.refresh(OFFICE)
        service.add(desk.now - timedelta(hours=2), "+449")
        before = desk.requests()
        desk.now += timedelta(minutes=1)
        result = await desk.sync.refresh(OFFICE)
        assert desk.requests() - before == 1
        assert result.added == 1


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
@pytest.mark.parametrize("hour", [0, 4.5, 14])
async def test_a_refresh_reaches_back_as_far_in_every_zone(tmp_path, zone, hour):
    service = office_log(3)
    service.zone = ZoneInfo(zone)
    async with sync_desk(tmp_path / "a.db", service, page_limit=200, now=START + timedelta(hours=hour)) as desk:
        await desk.sync.refresh(OFFICE)
        service.add(desk.now - timedelta(hours=2, minutes=50), "+449")
        desk.now += timedelta(minutes=1)
        assert (await desk.sync.refresh(OFFICE)).added == 1


async def test_the_first_refresh_after_a_day_completes_it(tmp_path):
    service = office_log(10)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        await desk.sync.backfill(OFFICE)
        for _ in range(3):
            desk.now += DAY
            service.add(desk.now - timedelta(hours=20), "+445")
            await desk.sync.refresh(OFFICE)
            progress = await desk.state.progress(OFFICE.id, Source.USER)
            assert progress.complete_to == last_over(desk.now)
            assert progress.whole
        assert await desk.archived() == service.calls()


async def test_after_weeks_off_the_refresh_shows_the_present_and_the_backfill_closes_the_gap(tmp_path):
    service = office_log(10)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        await desk.sync.backfill(OFFICE)
        desk.now += 30 * DAY
        for n in range(150):
            service.add(desk.now - timedelta(hours=5 * n), f"+33{n}")
        result = await desk.sync.refresh(OFFICE)
        assert 0 < result.added < 60
        assert await desk.sync.has_gaps(OFFICE)
        await desk.sync.backfill(OFFICE)
        assert not await desk.sync.has_gaps(OFFICE)
        assert await desk.archived() == service.calls()
        assert (await desk.state.progress(OFFICE.id, Source.USER)).whole


async def test_rows_that_cannot_be_read_are_kept_and_counted(tmp_path):
    service = office_log(20)
    for n in range(30):
        service.add_unreadable(START - timedelta(hours=5 * n), f'{{"broken": {n}}}')
    async with sync_desk(tmp_path / "a.db", service) as desk:
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()
        assert await desk.archive.unreadable_count() == 30
        assert UnreadableRow('{"broken": 7}', "no date") in [row for _, _, row in await desk.archive.unreadable()]


async def test_a_third_equal_call_is_added_and_the_two_stay(tmp_path):
    service = CallService()
    at = START - timedelta(minutes=5)
    for n in range(2):
        service.add(at, finished_at=START + timedelta(seconds=n))
    async with sync_desk(tmp_path / "a.db", service) as desk:
        await desk.sync.refresh(OFFICE)
        service.add(at, finished_at=START + timedelta(seconds=9))
        desk.now += timedelta(minutes=1)
        result = await desk.sync.refresh(OFFICE)
        assert result.added == 1
        assert await desk.archived() == service.calls()


async def test_one_failing_source_does_not_keep_the_others_from_being_read(tmp_path):
    service = office_log(5)
    for n in range(5):
        service.add(START - timedelta(hours=n + 1), source=Source.QUEUE)

    def on_request(_: int) -> None:
        if service.requests[-1][0] is Source.USER:
            raise error

    service.on_request = on_request
    async with sync_desk(tmp_path / "a.db", service, sources=(Source.USER, Source.QUEUE)) as desk:
        error: Exception = NotUnderstood("This is a log-in page.")
        with pytest.raises(NotUnderstood):
            await desk.sync.refresh(OFFICE)
        assert await desk.archived() == service.calls(Source.QUEUE)

        error = NotFound("Tenant or required data not found.")
        await desk.sync.refresh(OFFICE)

        error = NotAuthorised("The key is wrong.")
        service.requests.clear()
        with pytest.raises(NotAuthorised):
            await desk.sync.refresh(OFFICE)
        assert {source for source, *_ in service.requests} == {Source.USER}, "the next one would be refused as well"


async def test_a_tenant_that_no_source_knows_is_reported(tmp_path):
    service = CallService(on_request=fail(NotFound("Tenant not found."), at=1))
    async with sync_desk(tmp_path / "a.db", service) as desk:
        with pytest.raises(NotFound):
            await desk.sync.refresh(OFFICE)


async def test_a_small_budget_is_not_always_spent_on_the_same_source(tmp_path):
    service = CallService()
    for source in Source:
        service.add(START - timedelta(hours=1), source=source)
    async with sync_desk(tmp_path / "a.db", service, sources=tuple(Source)) as desk:
        for n in range(3):
            service.on_request = fail(OverBudget("None left."), at=2 * n + 2)
            with pytest.raises(OverBudget):
                await desk.sync.refresh(OFFICE)
            desk.now += timedelta(minutes=1)
        assert await desk.archived() == service.calls()


async def test_what_arrives_is_told_and_progress_shown(tmp_path):
    service = office_log(30)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        told, seen, turns = [], [], []
        desk.sync.calls_changed.subscribe(told.append)

        async def turn():
            turns.append(len(service.requests))

        await desk.sync.backfill(OFFICE, progress=seen.append, turn=turn)
        assert sum(change.added for change in told) == 180
        assert seen[-1].done
        assert seen[-1].added == 180
        assert [report.oldest for report in seen] == sorted((report.oldest for report in seen), reverse=True)
        assert turns == list(range(len(service.requests)))


async def test_what_another_process_wrote_is_told(tmp_path):
    service = CallService()
    async with sync_desk(tmp_path / "a.db", service, sources=tuple(Source)) as desk:
        answers = iter([True, False])

        async def changed_elsewhere():
            return next(answers)

        desk.sync._changed_elsewhere = changed_elsewhere
        told = []
        desk.sync.calls_changed.subscribe(told.append)
        await desk.sync.refresh(OFFICE)
        assert {change.source for change in told} == set(Source)
        told.clear()
        await desk.sync.refresh(OFFICE)
        assert told == []


async def test_an_account_without_a_call_log_is_refused(tmp_path):
    async with sync_desk(tmp_path / "a.db", CallService()) as desk:
        desk.accounts.without_log.add("x")
        with pytest.raises(BadInput, match="no call log"):
            await desk.sync.refresh(Account("x", "mobile", "other"))
        desk.connections.given = object()
        with pytest.raises(BadInput, match="no call log"):
            await desk.sync.backfill(OFFICE)


async def test_cancelling_at_any_moment_loses_nothing(tmp_path):
    service = office_log(60)
    async with sync_desk(tmp_path / "a.db", service) as desk:
        for steps in range(1, 60, 3):
            task = asyncio.create_task(desk.sync.backfill(OFFICE))
            for _ in range(steps):
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        await desk.sync.backfill(OFFICE)
        assert await desk.archived() == service.calls()


async def test_two_programs_at_once_double_nothing(tmp_path):
    service = office_log(60)
    async with sync_desk(tmp_path / "a.db", service) as one, sync_desk(tmp_path / "a.db", service) as two:
        await asyncio.gather(one.sync.backfill(OFFICE), two.sync.backfill(OFFICE), two.sync.refresh(OFFICE))
        assert await one.archived() == service.calls()
