"""What is told of the calls that wait."""

from datetime import UTC, datetime

from tests.fakes.call_log import logged
from tests.fakes.calls import START
from voipdesk.core.missed_calls import MissedCall, MissedKind
from voipdesk.services.missed_news import MissedNews, News

BEGUN = datetime.fromtimestamp(START / 1000, UTC)


def missed(*ids, at=60, duration_s=30):
    call = logged(ids[0], START + at * 1000, duration_s=duration_s)
    return MissedCall(call, MissedKind.MISSED, ids)


def told(news):
    return [call.ids for call in news.new]


def test_nothing_is_told_twice_and_nothing_that_was_over_at_the_start():
    news = MissedNews(BEGUN)
    old, ringing, new = missed(1, at=-60), missed(2, at=-20), missed(3)
    assert told(news.take([new, ringing, old], looking=False)) == [(3,), (2,)]
    assert news.take([new, ringing, old], looking=False) == News()
    assert told(news.take([missed(4, at=90), new, ringing, old], looking=False)) == [(4,)]


def test_what_comes_while_the_list_is_looked_at_is_not_told_then_or_later():
    news = MissedNews(BEGUN)
    assert news.take([missed(1)], looking=True) == News()
    assert news.take([missed(1)], looking=False) == News()


def test_one_call_is_told_once_though_more_telephones_turn_out_to_have_rung():
    news = MissedNews(BEGUN)
    assert told(news.take([missed(1)], looking=False)) == [(1,)]
    assert news.take([missed(2, 1)], looking=False) == News()
    assert news.take([missed(2)], looking=False).new == ()


def test_what_was_told_and_is_settled_is_gone_once():
    news = MissedNews(BEGUN)
    news.take([missed(1, 5), missed(2), missed(9, at=-60)], looking=False)
    assert news.take([missed(2)], looking=False) == News(gone=frozenset({1, 5}))
    assert news.take([], looking=False) == News(gone=frozenset({2}))
    assert news.take([missed(1, 5)], looking=False) == News(), "it was told before"
