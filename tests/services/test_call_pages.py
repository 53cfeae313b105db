import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.call_service import CallService, FakeCallClient
from voipdesk.core.call_log import CallPage, Source, UnreadableRow
from voipdesk.core.errors import NotUnderstood
from voipdesk.services.call_pages import CallPages

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


def read(service: CallService, pages: CallPages, page_limit: int = 10_000) -> Counter:
    """Read it all; what comes back are the calls as an archive would hold them: by identity and ordinal."""
    client = FakeCallClient(service, page_limit=page_limit)

    async def run():
        while True:
            batch = pages.take(await client.fetch_calls(Source.USER, limit=pages.next.limit, offset=pages.next.offset))
            assert len(batch.calls) == len(batch.ordinals)
            kept.update(
                zip(
                    ((c.identity, n) for c, n in zip(batch.calls, batch.ordinals, strict=True)),
                    batch.calls,
                    strict=True,
                )
            )
            unreadable.update(row.raw for row in batch.unreadable)
            if batch.ended:
                return

    kept: dict = {}
    unreadable: set[str] = set()
    asyncio.run(run())
    assert unreadable == {row.raw for row in service.rows if row.raw}
    return Counter(identity for identity, _ in kept)


def of(service: CallService) -> Counter:
    return Counter(row.call.identity for row in service.rows if not row.raw)


def filled(minutes: list[int], unreadable: list[int] = ()) -> CallService:
    service = CallService()
    for minute in minutes:
        service.add(NOON - timedelta(minutes=minute))
    for n, minute in enumerate(unreadable):
        service.add_unreadable(NOON - timedelta(minutes=minute), f"broken {n}")
    return service


def test_an_empty_log_ends_at_once():
    service = CallService()
    assert read(service, CallPages(10)) == Counter()
    assert len(service.requests) == 1


def test_equal_calls_on_both_sides_of_a_cut_are_all_kept():
    service = filled([0, 1, 2, 3, 4, 4, 4, 4, 5, 6])
    assert read(service, CallPages(6)) == of(service)


def test_exactly_a_full_page_asks_once_more():
    service = filled(list(range(10)))
    assert read(service, CallPages(10)) == of(service)
    assert len(service.requests) == 2


def test_a_service_that_caps_its_pages_without_a_word_hides_nothing():
    service = filled(list(range(1000)))
    service.page_cap = 250
    assert read(service, CallPages(10_000)) == of(service)


def test_pages_may_grow_from_a_small_first_one():
    service = filled(list(range(900)))
    assert read(service, CallPages(10_000, first_limit=50)) == of(service)
    assert [limit for _, _, _, limit, _ in service.requests] == [50, 250, 1250, 6250][: len(service.requests)]


def test_rows_taken_away_while_reading_make_it_step_back_and_lose_nothing():
    service = filled(list(range(100)))

    def take_away(request: int) -> None:
        if request == 2:
            service.rows = [row for row in service.rows if row.started_at < NOON - timedelta(minutes=19)]

    service.on_request = take_away
    left = {row.call.identity for row in service.rows[20:]}
    assert left <= set(read(service, CallPages(20, overlap=4)))


def test_a_page_that_begins_among_equal_calls_half_read_is_not_trusted():
    service = filled([0, 1, 2, 3, 4, 5, 6, 6, 6, 6, 7, 8, 9])
    left = of(service) - Counter(row.call.identity for row in service.rows[:2])

    def take_away(request: int) -> None:
        if request == 2:
            del service.rows[:2]

    service.on_request = take_away
    assert left <= read(service, CallPages(8))


def test_a_log_that_keeps_shrinking_under_the_reader_is_given_up_with_a_reason():
    service = filled(list(range(3000)))
    service.on_request = lambda request: service.rows.__delitem__(slice(0, 60)) if request > 1 else None
    with pytest.raises(NotUnderstood, match="faster than it can be read"):
        read(service, CallPages(20, overlap=4))


def test_more_calls_at_one_moment_than_fit_a_page_are_reported():
    service = filled([0] * 30)
    with pytest.raises(NotUnderstood, match="start at one moment"):
        read(service, CallPages(10))


def test_a_page_of_one_moment_is_asked_for_again_larger():
    service = filled([0] * 30)
    assert read(service, CallPages(40, first_limit=10)) == of(service)


def test_a_stretch_of_unreadable_rows_is_read_through():
    service = filled([0, 1, 2, *range(200, 230)], unreadable=list(range(10, 150)))
    assert read(service, CallPages(20, overlap=4)) == of(service)


def test_a_log_of_nothing_but_unreadable_rows_is_read_to_its_end():
    service = filled([], unreadable=list(range(95)))
    assert read(service, CallPages(20, overlap=4)) == Counter()


def test_one_call_with_a_wrong_stamp_does_not_pass_for_the_years_before_it():
    pages = CallPages(20)
    calls = [service_row.call for service_row in filled(list(range(20))).rows]
    calls[-1] = filled([60 * 24 * 9000]).rows[0].call
    batch = pages.take(CallPage(calls, []))
    assert batch.edge == calls[10].started_at


def test_unreadable_rows_are_part_of_what_a_page_shows():
    batch = CallPages(20).take(CallPage([], [UnreadableRow("x", "y")]))
    assert batch.ended
    assert [row.raw for row in batch.unreadable] == ["x"]


minutes = st.lists(st.integers(0, 40), max_size=120)


@given(
    minutes=minutes,
    unreadable=st.lists(st.integers(0, 40), max_size=15),
    limit=st.integers(2, 60),
    overlap=st.integers(1, 20),
)
def test_any_log_is_read_as_it_is_whatever_the_pages(minutes, unreadable, limit, overlap):
    service = filled(minutes, unreadable)
    service.shuffles_ties = True
    if max(Counter(minutes).values(), default=0) > limit - 3:
        limit = 130
    # Unreadable rows say nothing of when they were, so they must not be most of a page.
    limit = max(limit, 3 * len(unreadable) + 20 if unreadable else 0)
    assert read(service, CallPages(limit, overlap=overlap)) == of(service)


@given(
    minutes=st.lists(st.integers(0, 200), max_size=120),
    arrivals=st.lists(st.lists(st.integers(-20, 200), max_size=6), max_size=12),
    limit=st.integers(12, 40),
)
def test_calls_that_arrive_while_it_is_read_lose_and_double_nothing(minutes, arrivals, limit):
    service = filled([m for n, m in enumerate(minutes) if minutes[:n].count(m) < 3])
    before = of(service)

    def arrive(request: int) -> None:
        if request > 1:
            for minute in arrivals[request - 2] if request - 2 < len(arrivals) else ():
                service.add(NOON - timedelta(minutes=minute))

    service.on_request = arrive
    found = read(service, CallPages(limit, overlap=5))
    for identity, count in of(service).items():
        assert before[identity] <= found[identity] <= count
    assert found.keys() <= of(service).keys()
