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


def read(service: CallService, pages: CallPages, page_limit: int = 10_000, *, aligned: bool = False) -> Counter:
    """Read it all, and count the calls by identity."""
    return Counter(identity for identity, _ in archive(service, pages, page_limit, aligned=aligned))


def archive(service: CallService, pages: CallPages, page_limit: int = 10_000, *, aligned: bool = False) -> dict:
    """Read it all; what comes back are the calls as an archive would hold them: by identity and ordinal."""
    client = FakeCallClient(service, page_limit=page_limit, aligned=aligned)

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
    if service.on_request is None:
        assert Counter(kept.values()) == Counter(row.call for row in service.rows if not row.raw)
    return kept


def of(service: CallService) -> Counter:
    return Counter(row.call.identity for row in service.rows if not row.raw)


def filled(minutes: list[int], unreadable: list[int] = ()) -> CallService:
    service = CallService()
    for n, minute in enumerate(minutes):
        service.add(NOON - timedelta(minutes=minute), finished_at=NOON + timedelta(seconds=n))
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


def aligned(service: CallService, limit: int = 100, **more) -> tuple[Counter, CallPages]:
    pages = CallPages(limit, aligned=True, **more)
    return read(service, pages, page_limit=limit, aligned=True), pages


def test_aligned_pages_begin_at_a_multiple_of_their_limit_and_overlap():
    service = filled([n // 2 for n in range(2500)])
    assert aligned(service)[0] == of(service)
    reach = 0
    for _, _, _, limit, offset in service.requests:
        assert offset <= max(0, reach - 2)
        reach = max(reach, offset + limit)
    assert len(service.requests) < 2500 / 60


def test_a_short_first_page_is_followed_by_one_look_behind_it():
    service = filled(list(range(40)))
    assert aligned(service)[0] == of(service)
    assert [(offset, limit) for _, _, _, limit, offset in service.requests] == [(0, 100), (40, 40)]


def test_a_page_too_short_to_be_capped_ends_the_log():
    service = filled(list(range(9)))
    assert aligned(service)[0] == of(service)
    assert len(service.requests) == 1


def test_a_service_known_to_bring_larger_pages_is_not_asked_again():
    service = filled(list(range(40)))
    assert aligned(service, proven=100)[0] == of(service)
    assert len(service.requests) == 1


def test_what_a_full_page_proves_is_told():
    assert aligned(filled(list(range(140))))[1].proven == 100


def test_a_log_that_ends_in_one_moment_is_no_capped_one():
    service = filled([0] * 15)
    assert aligned(service)[0] == of(service)


@pytest.mark.parametrize("counts_pages", [True, False])
def test_an_aligned_service_that_caps_its_pages_without_a_word_hides_nothing(counts_pages):
    service = filled(list(range(300)))
    service.page_cap, service.counts_pages = 25, counts_pages
    assert aligned(service)[0] == of(service)
    assert max(limit for _, _, _, limit, _ in service.requests[1:]) == 25


def test_aligned_pages_grow_from_a_small_first_one_read_from_the_top():
    service = filled(list(range(400)))
    assert aligned(service, first_limit=5)[0] == of(service)
    assert [(offset, limit) for _, _, _, limit, offset in service.requests][:3] == [(0, 5), (0, 25), (0, 100)]


def test_aligned_rows_taken_away_while_reading_make_it_step_back_and_lose_nothing():
    service = filled(list(range(300)))

    def take_away(request: int) -> None:
        if request == 3:
            service.rows = [row for row in service.rows if row.started_at < NOON - timedelta(minutes=39)]

    service.on_request = take_away
    left = {row.call.identity for row in service.rows[40:]}
    assert left <= set(aligned(service, overlap=4)[0])
    assert len(service.requests) > 5


@pytest.mark.parametrize("arrived", range(40, 70))
def test_a_cut_run_on_top_of_a_page_pushed_above_the_last_one_is_not_written(arrived):
    service = filled([n // 3 for n in range(400)])
    before = {row.call for row in service.rows}

    def arrive(request: int) -> None:
        if request == 4:
            for n in range(arrived):
                service.add(NOON + timedelta(minutes=n))

    service.on_request = arrive
    assert before <= set(archive(service, CallPages(60, aligned=True), 60, aligned=True).values())


def test_more_calls_at_one_moment_than_fit_an_aligned_page_are_reported():
    service = filled([0, *[1] * 150])
    with pytest.raises(NotUnderstood, match="start at one moment"):
        aligned(service)


def test_many_calls_at_one_moment_are_read_by_a_page_that_begins_above_them():
    service = filled([*range(60), *[60] * 45, *range(61, 200)])
    assert aligned(service)[0] == of(service)


def test_a_service_whose_pages_are_too_small_to_overlap_is_given_up_with_a_reason():
    service = filled(list(range(1000)))
    service.page_cap = 10
    with pytest.raises(NotUnderstood, match="In pages of 10 calls"):
        aligned(service)


def few_at_once(minutes: list[int], most: int = 3) -> list[int]:
    return [m for n, m in enumerate(minutes) if minutes[:n].count(m) < most]


caps = st.none() | st.integers(24, 60)
FIRST = st.sampled_from([None, 3, 20])


@given(
    minutes=st.lists(st.integers(0, 200), max_size=300),
    unreadable=st.lists(st.integers(0, 200), max_size=6),
    cap=caps,
    counts_pages=st.booleans(),
    overlap=st.integers(1, 100),
    first_limit=FIRST,
)
def test_any_log_is_read_as_it_is_in_aligned_pages(minutes, unreadable, cap, counts_pages, overlap, first_limit):
    service = filled(few_at_once(minutes), unreadable)
    service.shuffles_ties, service.page_cap, service.counts_pages = True, cap, counts_pages
    assert aligned(service, overlap=overlap, first_limit=first_limit)[0] == of(service)


@given(
    minutes=st.lists(st.integers(0, 200), max_size=300),
    arrivals=st.lists(st.lists(st.integers(-20, 200), max_size=6), max_size=12),
    cap=caps,
    counts_pages=st.booleans(),
    first_limit=FIRST,
)
def test_an_aligned_log_that_moves_loses_and_doubles_nothing(minutes, arrivals, cap, counts_pages, first_limit):
    service = filled(few_at_once(minutes))
    service.page_cap, service.counts_pages = cap, counts_pages
    before = of(service)

    def arrive(request: int) -> None:
        if request > 1:
            for minute in arrivals[request - 2] if request - 2 < len(arrivals) else ():
                if sum(row.started_at == NOON - timedelta(minutes=minute) for row in service.rows) < 5:
                    service.add(NOON - timedelta(minutes=minute))

    service.on_request = arrive
    found, _ = aligned(service, first_limit=first_limit)
    for identity, count in of(service).items():
        assert before[identity] <= found[identity] <= count
    assert found.keys() <= of(service).keys()
