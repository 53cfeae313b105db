from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voipdesk.core.budget import HIDDEN, RESERVE, VISIBLE, Budget, Limit, leaves_room, refresh_every

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
LIMIT = Limit(100, timedelta(minutes=15))
COST = 3
LOOK = 15


def budget(used: int, limit: Limit = LIMIT, closed_until: datetime | None = None) -> Budget:
    return Budget(limit, used, NOON, NOON if used else None, closed_until)


@pytest.mark.parametrize(("visible", "every"), [(True, VISIBLE), (False, HIDDEN)])
def test_with_plenty_left_a_window_refreshes_as_often_as_it_likes(visible, every):
    assert refresh_every(budget(0), cost=COST, visible=visible) == every
    assert refresh_every(budget(45), cost=COST, visible=visible) == every


def test_the_less_is_left_the_longer_it_waits():
    waits = [refresh_every(budget(used), cost=COST, visible=True) for used in range(101)]
    assert waits == sorted(waits)
    assert waits[87] == LIMIT.window
    assert all(wait == LIMIT.window for wait in waits[88:])


def test_a_closed_budget_waits():
    closed = budget(3, closed_until=NOON + timedelta(minutes=4))
    assert refresh_every(closed, cost=COST, visible=True) == LIMIT.window
    assert not leaves_room(closed)


def test_a_limit_too_small_for_one_a_minute_is_spread_over_its_window():
    small = Limit(16, timedelta(minutes=15))
    assert refresh_every(budget(0, small), cost=COST, visible=True) == timedelta(minutes=15)
    tiny = Limit(5, timedelta(minutes=15))
    assert refresh_every(budget(0, tiny), cost=COST, visible=True) == tiny.window


def test_a_backfill_stops_short_of_what_refreshes_need():
    assert leaves_room(budget(80))
    assert not leaves_room(budget(81))


class Office:
    """Some hours of one account: windows that refresh, a person who dials, one sliding window of requests."""

    def __init__(self, windows: list[bool], dials: set[int]) -> None:
        self.sent: list[int] = []
        self.last = dict.fromkeys(range(len(windows)), -10000)
        self.refreshed: dict[int, list[int]] = {n: [] for n in range(len(windows))}
        self.windows = windows
        self.dials = dials
        self.refused_dials = 0
        self.least_left_by_background = LIMIT.requests

    def used(self, now: int) -> int:
        return sum(at > now - 900 for at in self.sent)

    def run(self, seconds: int) -> None:
        for now in range(0, seconds, LOOK):
            self.sent = [at for at in self.sent if at > now - 900]
            if now in self.dials:
                if self.used(now) >= LIMIT.requests:
                    self.refused_dials += 1
                else:
                    self.sent.append(now)
            for n, visible in enumerate(self.windows):
                self.refresh(n, now, visible=visible)

    def refresh(self, n: int, now: int, *, visible: bool) -> None:
        every = refresh_every(budget(self.used(now)), cost=COST, visible=visible)
        if now - self.last[n] < every.total_seconds():
            return
        for _ in range(COST):
            if self.used(now) >= LIMIT.requests - RESERVE:
                return
            self.sent.append(now)
            self.least_left_by_background = min(self.least_left_by_background, LIMIT.requests - self.used(now))
        self.last[n] = now
        self.refreshed[n].append(now)


@settings(max_examples=30)
@given(
    windows=st.lists(st.booleans(), min_size=1, max_size=8),
    dials=st.lists(st.integers(0, 4 * 3600 // LOOK), max_size=60),
)
def test_windows_left_open_for_hours_never_take_what_dialling_needs_and_never_die(windows, dials):
    office = Office(windows, {LOOK * dial for dial in dials})
    office.run(4 * 3600)
    assert office.least_left_by_background >= RESERVE
    if all(sum(start <= d * LOOK < start + 900 for d in set(dials)) <= RESERVE for start in range(0, 4 * 3600, LOOK)):
        assert office.refused_dials == 0
    for times in office.refreshed.values():
        gaps = [later - earlier for earlier, later in zip([0, *times], [*times, 4 * 3600], strict=True)]
        assert max(gaps) <= 2 * 900, "a window gets its turn again, whatever the others do"


def test_one_window_alone_refreshes_every_minute_all_day_and_keeps_half():
    office = Office([True], set())
    office.run(8 * 3600)
    assert len(office.refreshed[0]) == 8 * 60
    assert office.least_left_by_background >= 50


@pytest.mark.parametrize(
    ("window", "said"),
    [
        (timedelta(minutes=15), "15 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(seconds=90), "90 seconds"),
        (timedelta(seconds=1), "1 second"),
    ],
)
def test_the_period_of_a_limit_is_said_in_whole_units(window, said):
    assert Limit(100, window).period == said
