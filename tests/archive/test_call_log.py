"""The log of calls: kept once, changed where it changed, read by page in either direction, summed up."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from tests.fakes.calls import START, make_call
from voipdesk.archive import call_log_plan, call_totals, search_index
from voipdesk.archive.accounts import AccountIndex
from voipdesk.archive.call_log import PART_ROWS, CallLogArchive, Written
from voipdesk.archive.call_log_write import CallWriter, Page
from voipdesk.archive.store import Store
from voipdesk.archive.sync_state import DayMark, SyncState
from voipdesk.core.call_log import Call, CallFilter, CallKey, CallTotals, Direction, Outcome, Source, UnreadableRow

ALL = CallFilter()


async def keep(log: CallLogArchive, *calls: Call, account: str = "a") -> None:
    for source in Source:
        some = [call for call in calls if call.source is source]
        await log.write(account, some, [0] * len(some), source=source)


async def test_a_call_comes_back_as_it_was_written(store: Store, log: CallLogArchive):
    await AccountIndex(store).remember("a", "Office")
    call = make_call(
        1,
        caller_name="Zoë",
        called_name="Desk",
        answered_at=START + 1,
        finished_at=START + 9,
        duration_s=8,
        answered_by="Bob",
    )
    await keep(log, call)
    (logged,) = await log.page(ALL)
    assert (logged.account_id, logged.account_name) == ("a", "Office")
    assert logged.call == Call(**{name: getattr(call, name) for name in call.__struct_fields__} | {"identity": ""})
    assert await log.get(logged.id) == logged
    assert await log.get(logged.id + 1) is None


async def test_what_is_written_twice_is_kept_once(log: CallLogArchive):
    calls = [make_call(n) for n in range(10)]
    assert await log.write("a", calls, [0] * 10, source=Source.USER) == Written(10, 0)
    assert await log.write("a", calls, [0] * 10, source=Source.USER) == Written(0, 0)
    assert (await log.totals(ALL)).count == 10


async def test_equal_calls_are_told_apart_by_their_ordinal(log: CallLogArchive):
    assert (await log.write("a", [make_call(), make_call()], [0, 1], source=Source.USER)).added == 2
    assert (await log.write("a", [make_call(), make_call()], [0, 1], source=Source.USER)).added == 0


async def test_the_same_call_in_another_log_or_account_is_another(log: CallLogArchive):
    await keep(log, make_call())
    assert (await log.write("b", [make_call()], [0], source=Source.USER)).added == 1
    assert (await log.write("a", [make_call(source=Source.QUEUE)], [0], source=Source.QUEUE)).added == 1


async def test_a_call_that_ended_is_changed_and_not_doubled(log: CallLogArchive):
    await keep(log, make_call(outcome=Outcome.IN_PROGRESS, talk_s=None))
    ended = make_call(finished_at=START + 5000, answered_by="Bob")
    assert await log.write("a", [ended], [0], source=Source.USER) == Written(0, 1)
    (logged,) = await log.page(ALL)
    assert (logged.call.outcome, logged.call.answered_by) == (Outcome.ANSWERED, "Bob")
    assert await log.write("a", [make_call(finished_at=START + 5000)], [0], source=Source.USER) == Written(0, 1)
    assert (await log.page(ALL))[0].call.answered_by == ""


async def test_what_sqlite_cannot_hold_is_kept_as_near_as_it_can(log: CallLogArchive):
    await keep(log, make_call(0, caller_name="Z\ud800", talk_s=10**30, started_at=10**30), make_call(1))
    newest = (await log.page(ALL))[0].call
    assert (newest.caller_name, newest.talk_s, newest.started_at) == ("Z?", None, 2**63 - 1)
    assert (await log.totals(ALL)).count == 2


async def test_no_page_at_all_is_fine(log: CallLogArchive):
    assert await log.write("a", [], [], source=Source.USER) == Written(0, 0)
    assert await log.page(ALL) == []
    assert await log.anchors(ALL) == []


async def test_a_page_that_fails_leaves_nothing_behind(log: CallLogArchive):
    with pytest.raises(ValueError, match="zip"):
        await log.write("a", [make_call(), make_call(1)], [0], source=Source.USER)
    assert (await log.totals(ALL)).count == 0
    await keep(log, make_call())
    assert len(await log.page(CallFilter(search="7946"))) == 1


async def test_a_page_whose_transaction_fails_after_it_leaves_no_party_that_others_are_taken_for(
    store: Store, log: CallLogArchive
):
    await keep(log, make_call(0))
    writer = CallWriter()

    def work(connection: Connection, caller: str) -> None:
        writer.keep(connection, Page("a", Source.USER, [make_call(1, caller=caller)], [0]))
        if caller == "1":
            raise TimeoutError

    for caller in ("1", "2", "1"):
        with suppress(TimeoutError):
            await store.write(partial(work, caller=caller))
    await store.write(lambda c: writer.keep(c, Page("a", Source.USER, [make_call(2, caller="1")], [0])))
    assert [logged.call.caller for logged in await log.page(ALL)][:2] == ["1", "2"]


async def test_a_large_page_is_kept_whole_and_its_days_with_the_last_of_it(store: Store, log: CallLogArchive):
    calls = [make_call(-(n // 2)) for n in range(2 * PART_ROWS + 2)]
    ordinals = [n % 2 for n in range(len(calls))]
    state, day = SyncState(store), date(2026, 3, 1)

    async def write(ordinals: list[int]) -> Written:
        mark = DayMark(day, day, datetime(2026, 3, 4, tzinfo=UTC), complete=True)
        return await log.write("a", calls, ordinals, [UnreadableRow("{}", "no time")], source=Source.USER, mark=mark)

    with pytest.raises(ValueError, match="zip"):
        await write(ordinals[:-1])
    assert await state.days("a", Source.USER, day, day) == []
    assert (await write(ordinals)).changed == 0
    assert await write(ordinals) == Written(0, 0)
    for n in (0, 999, 1000, 2020, len(calls) - 1):  # in statements of many rows, and of few
        calls[n] = make_call(-(n // 2), talk_s=7)
    assert await write(ordinals) == Written(0, 5)
    assert await log.totals(ALL) == CallTotals(len(calls), 0, 5 * len(calls) + 10)
    assert await log.unreadable_count() == 1
    assert [day.complete for day in await state.days("a", Source.USER, day, day)] == [True]


async def test_more_parties_than_are_remembered_are_still_found(log: CallLogArchive, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("voipdesk.archive.call_log_write._PARTIES_KEPT", 3)
    for n in range(0, 20, 2):
        await keep(log, make_call(n, caller=str(n % 6)), make_call(n + 1, caller=str(n % 4)))
    assert [logged.call.caller for logged in await log.page(CallFilter(search="5"))] == []
    assert {logged.call.caller for logged in await log.page(ALL)} == {"0", "2", "4"}


async def test_unreadable_rows_are_kept_once_and_counted(log: CallLogArchive):
    rows = [UnreadableRow("{1}", "no time"), UnreadableRow("{2}", "no name")]
    for _ in range(2):
        await log.write("a", [], [], rows, source=Source.QUEUE)
    await log.write("b", [], [], rows[:1], source=Source.QUEUE)
    assert await log.unreadable_count() == 3
    assert await log.unreadable_count("a") == 2
    assert (await log.unreadable())[0] == ("b", Source.QUEUE, rows[0])
    assert len(await log.unreadable(limit=2)) == 2


async def test_names_are_those_of_logs_with_calls_sorted(log: CallLogArchive):
    await keep(log, make_call(0, name="bob"), make_call(1, name="Ann"), make_call(2, source=Source.QUEUE, name="Sales"))
    await keep(log, make_call(0, name="Ann"), make_call(1, name="Zoë"), account="b")
    assert await log.names() == [
        (Source.USER, "Ann"), (Source.USER, "bob"), (Source.USER, "Zoë"), (Source.QUEUE, "Sales"),
    ]  # fmt: skip
    assert await log.names("b") == [(Source.USER, "Ann"), (Source.USER, "Zoë")]
    assert await log.names("c") == []


async def test_the_oldest_call_in_progress_is_that_of_its_log(log: CallLogArchive):
    await keep(log, *(make_call(n, outcome=Outcome.IN_PROGRESS) for n in (3, 5)), make_call(4))
    await keep(log, make_call(4, outcome=Outcome.IN_PROGRESS, source=Source.QUEUE))
    assert await log.oldest_in_progress("a", Source.USER, START) == START + 3000
    assert await log.oldest_in_progress("a", Source.USER, START + 4000) == START + 5000
    assert await log.oldest_in_progress("a", Source.USER, START + 6000) is None
    assert await log.oldest_in_progress("b", Source.USER, 0) is None


async def test_totals_count_missed_and_sum_the_talk(log: CallLogArchive):
    outcomes = list(Outcome)
    await keep(log, *(make_call(n, outcome=outcome, talk_s=n) for n, outcome in enumerate(outcomes)))
    totals = await log.totals(ALL)
    assert (totals.count, totals.missed, totals.talk_s) == (6, 3, 15)
    assert (await log.totals(CallFilter(outcomes=(Outcome.MISSED,)))).count == 1
    assert (await log.totals(CallFilter(name="nobody"))).count == 0


async def summed_up(store: Store) -> tuple[int, int, int]:
    """Count the whole log anew, in plain SQL."""
    sums = "SELECT count(*), sum(outcome IN (1, 4, 5)), sum(talk_s) FROM calls"
    return await store.read(lambda connection: tuple(n or 0 for n in connection.exec_driver_sql(sums).one()))


page_drawn = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(list(Outcome)), st.none() | st.integers(0, 9)),
    max_size=8,
    unique_by=lambda row: row[0],
)


@pytest.mark.parametrize("few", [3, 1000])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=st.lists(st.tuples(st.sampled_from("ab"), page_drawn), min_size=1, max_size=6))
def test_the_totals_of_the_whole_log_are_what_its_calls_sum_up_to(pages, few: int, monkeypatch):
    import asyncio

    monkeypatch.setattr(call_totals, "_FEW", few)

    async def check() -> None:
        with TemporaryDirectory() as folder:
            store = await Store.open(Path(folder) / "archive.sqlite3")
            log = CallLogArchive(store)
            for account, page in pages:
                await keep(log, *(make_call(n, outcome=o, talk_s=s) for n, o, s in page), account=account)
                totals = await log.totals(ALL)
                assert (totals.count, totals.missed, totals.talk_s) == await summed_up(store)
            await AccountIndex(store).forget("a")
            totals = await log.totals(ALL)
            assert (totals.count, totals.missed, totals.talk_s) == await summed_up(store)
            await store.close()

    asyncio.run(check())


@pytest.mark.parametrize("strange", [{"caller_name": "Z\ud800"}, {"duration_s": 10**30}])
async def test_a_page_with_a_value_that_cannot_be_stored_is_counted_once(store: Store, log: CallLogArchive, strange):
    calls = [make_call(0, **strange), make_call(1), make_call(2)]
    assert await log.write("a", calls, [0] * 3, source=Source.USER) == Written(3, 0)
    assert (await log.totals(ALL)).count == 3 == (await summed_up(store))[0]
    assert len(await log.page(CallFilter(search="7946"))) == 3


async def test_forgetting_an_account_deletes_its_calls_and_no_others(store: Store, log: CallLogArchive):
    index = AccountIndex(store)
    await keep(log, make_call(0, caller="111222"), make_call(1, caller="333444"))
    await keep(log, make_call(2, caller="333444"), account="b")
    assert len(await log.page(CallFilter(search="333"))) == 2
    await index.forget("a")
    await index.forget("never there")
    assert [logged.account_id for logged in await log.page(ALL)] == ["b"]
    assert len(await log.page(CallFilter(search="333"))) == 1
    assert await log.page(CallFilter(search="111")) == []
    assert list(await index.names()) == ["b"]
    await keep(log, make_call(0, caller="111222"))
    assert len(await log.page(CallFilter(search="111"))) == 1


async def test_iterating_gives_every_call_once(log: CallLogArchive):
    await keep(log, *(make_call(n, started_at=START + n // 3) for n in range(50)))
    chunks = [chunk async for chunk in log.iterate(ALL, chunk=7)]
    assert [len(chunk) for chunk in chunks] == [7] * 7 + [1]
    assert len({logged.id for chunk in chunks for logged in chunk}) == 50


NAMES = ["Ann Lee", "Bob", "Zoë Größe", "Sales"]
NUMBERS = ["442079460958", "+442079460958", "02079460958", "1001", "33142685300", "anonymous", ""]

drawn_calls = st.lists(
    st.builds(
        make_call,
        st.integers(0, 12),
        identity=st.integers(0, 10**9).map(str),
        source=st.sampled_from(Source),
        name=st.sampled_from(NAMES),
        caller=st.sampled_from(NUMBERS),
        called=st.sampled_from(NUMBERS),
        caller_name=st.sampled_from(["", *NAMES]),
        direction=st.sampled_from(Direction),
        outcome=st.sampled_from(Outcome),
        answered_by=st.sampled_from(["", "Bob", "Gina"]),
    ),
    max_size=40,
)
drawn_filters = st.builds(
    lambda **chosen: CallFilter(**chosen),  # noqa: PLW0108 - a Struct has no types of fields to look at
    account_id=st.sampled_from([None, "a", "b"]),
    sources=st.sets(st.sampled_from(Source), max_size=2).map(tuple),
    name=st.sampled_from(["", "Bob", "bob"]),
    direction=st.sampled_from([None, *Direction]),
    outcomes=st.sets(st.sampled_from(Outcome), max_size=3).map(tuple),
    since=st.sampled_from([None, 3]).map(lambda s: s and datetime.fromtimestamp(START / 1000 + s, UTC)),
    until=st.sampled_from([None, 9]).map(lambda s: s and datetime.fromtimestamp(START / 1000 + s, UTC)),
    search=st.sampled_from(
        ["", "", "a", "bo", "bob", "GRÖSSE", "größe", "020 7946", "0958", "gina", "sal", "zz", "anon"]
    ),
)


def matches(account: str, call: Call, asked: CallFilter) -> bool:
    """The filter's meaning in plain Python."""
    typed = asked.search.casefold()
    if typed.replace(" ", "").isdigit():
        typed = typed.replace(" ", "").removeprefix("0")
    texts = (call.name, call.caller, call.called, call.caller_name, call.called_name, call.answered_by)
    at = datetime.fromtimestamp(call.started_at / 1000, UTC)
    return (
        asked.account_id in (None, account)
        and (not asked.sources or call.source in asked.sources)
        and asked.name in ("", call.name)
        and asked.direction in (None, call.direction)
        and (not asked.outcomes or call.outcome in asked.outcomes)
        and (asked.since is None or at >= asked.since)
        and (asked.until is None or at < asked.until)
        and any(typed in text.casefold() for text in texts)
    )


@pytest.mark.parametrize(
    "ways",
    [{}, {"_FEW_CALLS": 2, "_FEW_OF_ALL": 2, "_FEW_LISTS": 0}, {"_FEW_CALLS": 2, "_FEW_LISTS": 8}, {"_MANY_PARTIES": 1},
     {"_MOST_SHORT": 1}, {"_FEW_PARTIES": 1}, {"_MOST_READ": -1}],
    ids=["gathered", "walked", "merged", "walked by text", "common", "many parties", "parties not read"],
)  # fmt: skip
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_way_through_the_log_gives_the_same_calls(ways: dict[str, int], data: st.DataObject, monkeypatch):
    import asyncio

    for name, value in ways.items():
        monkeypatch.setattr(call_log_plan if hasattr(call_log_plan, name) else search_index, name, value)
    kept = {account: data.draw(drawn_calls, label=account) for account in ("a", "b")}
    filters = data.draw(st.lists(drawn_filters, min_size=1, max_size=4), label="filters")
    size = data.draw(st.integers(1, 9), label="page size")

    async def check() -> None:
        with TemporaryDirectory() as folder:
            store = await Store.open(Path(folder) / "archive.sqlite3")
            log = CallLogArchive(store)
            expected: list[tuple[str, Call]] = []
            for account, calls in kept.items():
                unique = list({call.identity: call for call in calls}.values())
                await keep(log, *unique, account=account)
                expected += [(account, call) for call in unique]
            try:
                for asked in filters:
                    await check_filter(log, asked, [pair for pair in expected if matches(*pair, asked)], size)
            finally:
                await store.close()

    asyncio.run(check())


async def check_filter(log: CallLogArchive, asked: CallFilter, expected: list[tuple[str, Call]], size: int) -> None:
    down = [logged async for chunk in log.iterate(asked, chunk=size) for logged in chunk]
    keys = [logged.key for logged in down]
    assert keys == sorted(set(keys), reverse=True)
    assert len(down) == len(expected)
    assert sorted(logged.call.started_at for logged in down) == sorted(call.started_at for _, call in expected)
    up: list[CallKey] = []
    while page := await log.page(asked, after=up[0] if up else CallKey(-1, 0), limit=size):
        up = [logged.key for logged in page] + up
    assert up == keys
    totals = await log.totals(asked)
    assert (totals.count, totals.talk_s) == (len(expected), sum(call.talk_s or 0 for _, call in expected))
    assert await log.anchors(asked, every=size) == keys[::size]
    for place, key in enumerate(keys[:3]):
        assert await log.count_newer(asked, key) == place


@settings(max_examples=15)
@given(pages=st.lists(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 2)), max_size=8), min_size=1, max_size=5))
def test_pages_that_shift_and_overlap_lose_and_double_nothing(pages: list[list[tuple[int, int]]]):
    import asyncio

    async def check() -> None:
        with TemporaryDirectory() as folder:
            store = await Store.open(Path(folder) / "archive.sqlite3")
            log = CallLogArchive(store)
            added = 0
            for page in pages:
                calls = [make_call(number) for number, _ in page]
                added += (await log.write("a", calls, [n for _, n in page], source=Source.USER)).added
            assert added == (await log.totals(ALL)).count == len({pair for page in pages for pair in page})
            await store.close()

    asyncio.run(check())


async def test_a_page_between_two_keys_leaves_both_out(log: CallLogArchive):
    await keep(log, *(make_call(n) for n in range(9)))
    keys = [logged.key for logged in await log.page(ALL)]
    assert [logged.key for logged in await log.page(ALL, before=keys[1], after=keys[5])] == keys[2:5]


async def test_a_filter_by_day_is_inclusive_at_its_start_alone(log: CallLogArchive):
    await keep(log, *(make_call(n) for n in range(4)))
    at = datetime.fromtimestamp(START / 1000, UTC)
    found = await log.page(CallFilter(since=at + timedelta(seconds=1), until=at + timedelta(seconds=3)))
    assert [logged.call.started_at for logged in found] == [START + 2000, START + 1000]
