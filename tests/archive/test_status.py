"""The history of looks at a service."""

from datetime import UTC, datetime, timedelta

import pytest

from voipdesk.archive.status import StatusHistory
from voipdesk.archive.store import Store
from voipdesk.core.status import StatusSample

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)


async def test_samples_come_back_newest_first_and_the_oldest_make_way(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("voipdesk.archive.status_query._KEPT", 3)
    history = StatusHistory(store)
    samples = [
        StatusSample(AT + timedelta(minutes=n), n > 0, None if n == 0 else n > 1, n or None, f"{n}") for n in range(5)
    ]
    for sample in samples:
        await history.add("a", sample)
    await history.add("b", samples[0])
    assert await history.recent("a") == samples[:1:-1]
    assert await history.recent("a", limit=1) == samples[4:]
    assert await history.recent("b") == samples[:1]
    assert await history.recent("c") == []
