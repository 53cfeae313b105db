"""The journal of dials."""

from datetime import UTC, datetime, timedelta

from voipdesk.archive.dials import DialJournal
from voipdesk.archive.store import Store
from voipdesk.core.dial import DialOutcome, DialRecord

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


async def test_a_dial_is_known_before_its_outcome(store: Store):
    journal = DialJournal(store)
    dial = await journal.begin("a", "+442079460958", "1001", AT)
    assert await journal.recent() == [DialRecord(dial, "a", "+442079460958", "1001", AT, DialOutcome.SENT)]
    await journal.end(dial, DialOutcome.REFUSED, "No such user.")
    assert await journal.recent() == [
        DialRecord(dial, "a", "+442079460958", "1001", AT, DialOutcome.REFUSED, "No such user.")
    ]


async def test_recent_has_each_number_once_newest_first(store: Store):
    journal = DialJournal(store)
    for n, number in enumerate(["1", "2", "1", "3"]):
        await journal.begin("b" if number == "3" else "a", number, "1001", AT + timedelta(seconds=n))
    assert [record.number for record in await journal.recent()] == ["3", "1", "2"]
    assert [record.number for record in await journal.recent(2, "a")] == ["1", "2"]
    assert [record.at for record in await journal.recent(1, "a")] == [AT + timedelta(seconds=2)]
