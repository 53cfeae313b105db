"""What the status pane says about an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.call_log import Source
from voipdesk.gui.theme import Tone
from voipdesk.gui.words import count, day, now, when

if TYPE_CHECKING:
    from voipdesk.archive.sync_state import SyncProgress
    from voipdesk.core.budget import Budget
    from voipdesk.core.status import StatusSample
    from voipdesk.services.status import StatusReport


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known: what about, in a word or two, and more of it."""

    caption: str
    value: str
    detail: str
    tone: Tone


_SOURCES = {Source.USER: "User calls", Source.QUEUE: "Queue calls", Source.RING_GROUP: "Ring-group calls"}
_FEW = 0.2
"""Share of the limit below which the budget is worth a warning."""


def facts(report: StatusReport) -> tuple[Fact, Fact, Fact]:
    """Say whether the service answers, whether it accepts the key, and what is left of the budget."""
    return (_answers(report.sample), _key(report.sample), _requests(report.budget))


def sync_rows(report: StatusReport) -> list[tuple[str, str, str]]:
    """Say of each source: its name, what of it is known to be complete, as of when."""
    return [
        (
            _SOURCES[source],
            _complete(progress),
            when(progress.refreshed_at) if progress.refreshed_at else "not fetched yet",
        )
        for source, progress in report.sync.items()
    ]


def history_row(sample: StatusSample) -> tuple[str, str, str]:
    """Say of a look: when, what came of it, the service's own words."""
    return when(sample.at), _answers(sample).value, sample.summary


def _answers(sample: StatusSample | None) -> Fact:
    caption = "Service"
    if sample is None:
        return Fact(caption, "Not asked yet", "", Tone.FAINT)
    at = f"as of {when(sample.at)}"
    if not sample.answered:
        return Fact(caption, "No usable answer", at, Tone.BAD)
    speed = "" if sample.latency_ms is None else f" in {count(sample.latency_ms, 'ms', 'ms')}"
    return Fact(caption, f"Answers{speed}", at, Tone.GOOD)


def _key(sample: StatusSample | None) -> Fact:
    caption = "Key"
    if sample is None or sample.accepted is None:
        return Fact(caption, "Not known", "", Tone.FAINT)
    at = f"as of {when(sample.at)}"
    return Fact(caption, "Accepted", at, Tone.GOOD) if sample.accepted else Fact(caption, "Not accepted", at, Tone.BAD)


def _requests(budget: Budget) -> Fact:
    caption = "Requests"
    limit = budget.limit
    minutes = round(limit.window.total_seconds() / 60)
    if budget.closed_until is not None and budget.closed_until > now():
        return Fact(caption, "Closed by the service", f"until {when(budget.closed_until)}", Tone.BAD)
    detail = f"{budget.used} used in {count(minutes, 'minute', 'minutes')}"
    if budget.next_at is not None and budget.used:
        detail += f", one more at {when(budget.next_at)}"
    tone = Tone.WARNING if budget.left < limit.requests * _FEW else Tone.GOOD
    return Fact(caption, f"{budget.left} of {limit.requests} left", detail, tone)


def _complete(progress: SyncProgress) -> str:
    if progress.whole and not progress.gaps:
        return "complete"
    if progress.complete_from is None:
        return "nothing complete yet"
    words = f"complete since {day(progress.complete_from)}"
    return f"{words}, {count(len(progress.gaps), 'gap', 'gaps')} before" if progress.gaps else words
