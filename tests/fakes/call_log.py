"""A call log in memory with the service's signatures; lists newest first as the archive does."""

import asyncio

from voipdesk.core.call_log import Call, CallFilter, CallKey, CallTotals, Direction, LoggedCall, Outcome, Source
from voipdesk.services.events import Event

MISSED = {Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT}


def logged(number, started_at, account_id="office", account_name="Office", **fields):
    """Make a call with sensible fields."""
    usual = {
        "identity": f"{number}",
        "source": Source.USER,
        "name": "Ann Lee",
        "caller": "+442079460958",
        "called": "1001",
        "direction": Direction.IN,
        "outcome": Outcome.ANSWERED,
    }
    return LoggedCall(number, account_id, account_name, Call(**{**usual, **fields}, started_at=started_at))


class FakeCallLog:
    """Calls can be put in, held back (`hold`) and made to fail (`fail_with`); `asked` lists what was asked for."""

    def __init__(self, calls=()):
        self.changed = Event()
        self.asked = []
        self.fail_with = None
        self.hold = None
        self.coverages = ()
        self.put(*calls)

    def put(self, *calls):
        """Add calls, or replace those of the same id, without telling."""
        kept = {call.id: call for call in getattr(self, "calls", ())}
        kept.update({call.id: call for call in calls})
        self.calls = sorted(kept.values(), key=lambda call: call.key, reverse=True)

    def remove(self, call_id):
        self.calls = [call for call in self.calls if call.id != call_id]

    def arrive(self, *calls):
        """Add calls and tell."""
        self.put(*calls)
        self.changed.emit(None)

    async def page(self, call_filter, *, before=None, after=None, limit=200):
        found = await self._matching("page", call_filter)
        if before is not None:
            found = [call for call in found if call.key < before]
        if after is not None:
            return [call for call in found if call.key > after][-limit:]
        return found[:limit]

    async def totals(self, call_filter):
        found = await self._matching("totals", call_filter)
        talked = sum(call.call.talk_s or 0 for call in found)
        return CallTotals(len(found), sum(call.call.outcome in MISSED for call in found), talked)

    async def anchors(self, call_filter, every=500):
        return [call.key for call in (await self._matching("anchors", call_filter))[::every]]

    async def count_newer(self, call_filter, key):
        return sum(call.key > key for call in await self._matching("count_newer", call_filter))

    async def get(self, call_id):
        return next((call for call in self.calls if call.id == call_id), None)

    async def names(self, account_id=None):
        return sorted({(c.call.source, c.call.name) for c in self.calls if account_id in (None, c.account_id)})

    async def coverage(self, call_filter):
        return self.coverages

    async def export_file(self, call_filter, path, *, spreadsheet=False, progress=None):
        found = await self._matching("export", call_filter)
        for number in range(1, len(found) + 1):
            await asyncio.sleep(0)
            if progress:
                progress(number)
        path.write_text("".join(f"{call.id}\n" for call in found))
        return len(found)

    async def _matching(self, what, call_filter):
        self.asked.append((what, call_filter))
        if self.hold is not None:
            await self.hold(what, call_filter)
        await asyncio.sleep(0)
        if self.fail_with is not None:
            raise self.fail_with
        return [call for call in self.calls if matches(call_filter, call)]


def matches(wanted: CallFilter, logged: LoggedCall) -> bool:
    call, search = logged.call, wanted.search.lower()
    texts = (call.caller, call.called, call.caller_name, call.called_name, call.name, call.answered_by)
    return (
        wanted.account_id in (None, logged.account_id)
        and (not wanted.sources or call.source in wanted.sources)
        and wanted.name in ("", call.name)
        and wanted.direction in (None, call.direction)
        and (not wanted.outcomes or call.outcome in wanted.outcomes)
        and (wanted.since is None or call.started_at >= wanted.since.timestamp() * 1000)
        and (wanted.until is None or call.started_at < wanted.until.timestamp() * 1000)
        and any(search in text.lower() for text in texts)
    )


class LongCallLog(FakeCallLog):
    """A million calls that are made as they are asked for: row i has the text "call i" as its caller's name."""

    def __init__(self, count):
        super().__init__()
        self.count = count
        self.arrived = 0
        self.pages = []

    def _call(self, row):
        number = self.count + self.arrived - row
        return logged(number, number * 1000, caller_name=f"call {row - self.arrived}")

    async def page(self, call_filter, *, before=None, after=None, limit=200):
        await asyncio.sleep(0)
        total = self.count + self.arrived
        first, end = 0, total
        if before is not None:  # ids run along with the time: older than `before` begins at this row
            first = total - before.started_at // 1000 + (before.id <= before.started_at // 1000)
        if after is not None:
            end = total - after.started_at // 1000
            first = max(first, end - limit)
        rows = range(max(0, first), min(end, first + limit, total))
        self.pages.append(rows)
        return [self._call(row) for row in rows]

    async def totals(self, call_filter):
        await asyncio.sleep(0)
        return CallTotals(self.count + self.arrived, 0, 0)

    async def anchors(self, call_filter, every=500):
        await asyncio.sleep(0)
        total = self.count + self.arrived
        return [CallKey((total - row) * 1000, total - row) for row in range(0, total, every)]

    async def count_newer(self, call_filter, key):
        await asyncio.sleep(0)
        return self.count + self.arrived - key.id


def changed(call: LoggedCall, **fields) -> LoggedCall:
    """Give a call as it is after a change."""
    import msgspec

    return msgspec.structs.replace(call, call=msgspec.structs.replace(call.call, **fields))
