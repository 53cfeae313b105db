"""The window of rows by itself: blocks, anchors, arrivals, drift, bounds."""

from tests.fakes.call_log import logged
from voipdesk.gui.call_log.window import BLOCK, CAPACITY, RowWindow, at_or_before

LOG = [logged(n, n * 1000) for n in range(10_000, 0, -1)]


def filled(count=10_000):
    window = RowWindow()
    window.begin(LOG[:200], whole=False)
    window.count, window.counted = count, True
    window.set_anchors([call.key for call in LOG[:count:BLOCK]])
    return window


def answer(request, log=LOG):
    found = [c for c in log if request.before is None or c.key < request.before]
    if request.after is not None:
        return [c for c in found if c.key > request.after][-request.limit :]
    return found[: request.limit]


def satisfy(window, first, last, log=LOG):
    asked = []
    while (request := window.want(first, last)) is not None:
        asked.append(request.block)
        window.put(request, answer(request, log))
    return asked


def test_the_first_page_is_there_before_anything_is_counted():
    window = RowWindow()
    window.begin(LOG[:200], whole=False)
    assert (window.count, window.counted) == (200, False)
    assert window.row(199) is LOG[199]
    assert window.want(0, 199) is None


def test_the_first_page_is_enough_until_its_end_comes_near():
    window = filled()
    assert satisfy(window, 0, 40) == []
    assert satisfy(window, 20, 60) == [0]
    assert window.row(499) is LOG[499]


def test_an_empty_window_wants_nothing_and_has_no_top():
    window = RowWindow()
    window.begin([], whole=True)
    assert window.want(0, 20) is None
    assert window.top is None


def test_any_row_is_reached_by_its_anchor_without_what_lies_before():
    window = filled()
    assert satisfy(window, 7_300, 7_330) == [14]
    assert window.row(7_311) is LOG[7_311]
    assert window.row(0) is LOG[0]
    assert window.row(3_000) is None


def test_rows_across_two_blocks_are_both_fetched():
    window = filled()
    assert satisfy(window, 7_490, 7_510)[:2] == [14, 15]
    assert [window.row(i) for i in range(7_490, 7_511)] == LOG[7_490:7_511]


def test_the_neighbour_is_fetched_ahead_near_the_edge():
    window = filled()
    assert satisfy(window, 7_400, 7_430) == [14, 15]


def test_what_is_kept_is_bounded_and_what_was_seen_last_stays():
    window = filled()
    for first in range(0, 10_000, 100):
        satisfy(window, first, first + 30)
        assert window.kept <= CAPACITY
        assert window.row(first + 15) is LOG[first + 15]
    assert window.row(0) is None


def test_without_anchors_the_next_block_follows_from_the_one_above():
    window = RowWindow()
    window.begin(LOG[:200], whole=False)
    window.count, window.counted = 10_000, True
    assert satisfy(window, 490, 520) == [0, 1]
    assert window.row(510) is LOG[510]
    assert window.want(5_000, 5_020) is None


def test_an_answer_of_another_era_changes_nothing():
    window = filled()
    request = window.want(5_000, 5_020)
    window.begin(LOG[5:205], whole=False)
    assert not window.put(request, answer(request))
    assert window.row(0) is LOG[5]


def test_arrivals_shift_rows_and_keep_anchors():
    window = filled()
    satisfy(window, 5_000, 5_030)
    new = [logged(10_002, 10_002_000), logged(10_001, 10_001_000)]
    window.prepend(new)
    assert window.count == 10_002
    assert [window.row(i).id for i in (0, 1, 2, 5_012)] == [10_002, 10_001, 10_000, 4_990]
    assert satisfy(window, 8_202, 8_230) == [16]
    assert window.row(8_202) is LOG[8_200]
    assert window.top == new[0].key


def test_the_rows_a_page_fills_are_counted_with_those_that_arrived():
    window = filled()
    window.prepend([logged(10_001, 10_001_000)])
    request = window.want(8_202, 8_230)
    assert window.put(request, answer(request)) == range(8_001, 8_501)


def test_a_row_before_the_first_is_none():
    window = filled()
    window.prepend([logged(10_001, 10_001_000)])
    assert window.row(-2) is None


def test_stale_rows_stay_until_they_are_fetched_again():
    window = filled()
    satisfy(window, 0, 30)
    window.prepend([logged(10_001, 10_001_000)])
    window.mark_stale()
    assert window.row(3) is LOG[2]
    changed = [logged(c.id, c.call.started_at, caller_name="new") for c in [logged(10_001, 10_001_000), *LOG]]
    assert satisfy(window, 0, 30, changed)[:2] == [-1, 0]
    assert {window.row(i).call.caller_name for i in range(31)} == {"new"}
    assert not window.drifted


def test_a_page_that_is_not_what_the_anchors_promise_is_drift_and_is_not_asked_for_for_ever():
    window = filled()
    shifted = [*LOG[:5000], logged(99999, 5000500), *LOG[5000:]]
    satisfy(window, 5_020, 5_040, shifted)
    assert not window.drifted  # the block begins where it should: the row came above it
    short = [c for c in LOG if c.id != 2_500]
    satisfy(window, 7_499, 7_520, short)
    assert window.drifted


def test_an_arrival_that_is_gone_again_is_drift():
    window = filled()
    window.prepend([logged(10_001, 10_001_000)])
    window.mark_stale()
    satisfy(window, 0, 20)
    assert window.drifted


def test_anchors_of_a_log_that_has_a_newer_first_row_are_refused():
    window = RowWindow()
    window.begin(LOG[5:205], whole=False)
    window.count, window.counted = 9_995, True
    window.set_anchors([c.key for c in LOG[::BLOCK]])
    assert window.drifted
    assert not window.reachable


def test_at_or_before_lets_the_call_itself_through():
    key = LOG[3].key
    assert next(c for c in LOG if c.key < at_or_before(key)) is LOG[3]
