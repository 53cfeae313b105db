"""What makes a page quick at every key: its statement is made once, and reads no more than the page needs."""

from typing import Any

import pytest

from tests.fakes.calls import make_call
from voipdesk.archive import call_log_query, sqlite
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.call_log_plan import plan_for
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, CallKey, Outcome, Source

NAMES = ["Zoë", "Zora", "Kim", "Eve"]


@pytest.fixture(autouse=True)
async def calls(log: CallLogArchive) -> None:
    named = [
        make_call(n, caller=f"4420794609{58 + n}", caller_name=name, called="1002", called_name="", answered_by="")
        for n, name in enumerate(NAMES)
    ]
    await log.write("a", named, [0] * len(NAMES), source=Source.USER)


@pytest.mark.parametrize("more", [{}, {"outcomes": (Outcome.ANSWERED, Outcome.MISSED), "sources": (Source.USER,)}])
async def test_another_text_of_the_same_filter_makes_no_other_statement(log: CallLogArchive, more: dict[str, Any]):
    made = []
    for text in (*NAMES, "020 7946 0958"):
        (call,) = await log.page(CallFilter(search=text, **more))
        assert [call] == await log.page(CallFilter(search=text, **more), before=CallKey(call.key.started_at + 1, 0))
        made.append(call_log_query._page.cache_info().misses)
    assert set(made) == {made[0]}


async def test_the_calls_of_few_parties_are_merged_in_their_order_and_not_sorted(store: Store):
    def steps(connection):
        plan = plan_for(connection, CallFilter(search="zo"), newest=True)
        assert plan.gather is not None
        page = call_log_query._page(plan, newer=False, older=False)
        explained = sqlite.driver(connection).execute(f"EXPLAIN QUERY PLAN {page._sql}", [0] * len(page._names))
        return [row[3] for row in explained]

    found = await store.read(steps)
    assert "MERGE (UNION)" in found
    assert not [step for step in found if step.startswith("SCAN") and "calls" in step]
    assert len([step for step in found if "TEMP B-TREE" in step]) == 1  # the rows of the page
