"""What the status pane says about an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.call_log import Source
from voipdesk.core.credit import shown_amount
from voipdesk.gui.theme import Tone
from voipdesk.gui.words import count, day, now, when

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.archive.sync_state import SyncProgress
    from voipdesk.core.budget import Budget
    from voipdesk.core.credit import Balance
    from voipdesk.core.errors import VoipdeskError
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
    """Say whether the service answers, whether it accepts the credentials, and what is left of the budget."""
    return (_answers(report.sample), _sign_in(report.sample), _requests(report.budget))


def balance_fact(balance: Balance | None, at: datetime | None, error: VoipdeskError | None) -> Fact:
    """Say what the account has, as last read, or why that is not known."""
    caption = "Balance"
    if error is not None:
        return Fact(caption, "Not known", error.message, Tone.FAINT)
    if balance is None or at is None:
        return Fact(caption, "Not asked yet", "", Tone.FAINT)
    amount, as_of = shown_amount(balance.amount), f"as of {when(at)}"
    if balance.is_low and balance.low_under is not None:
        return Fact(caption, f"{amount}, low", f"under {shown_amount(balance.low_under)}, {as_of}", Tone.WARNING)
    return Fact(caption, amount, as_of, Tone.GOOD)


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
        return Fact(caption, "Not available", f"{at}: {sample.summary}", Tone.BAD)
    speed = "" if sample.latency_ms is None else f" in {count(sample.latency_ms, 'ms', 'ms')}"
    return Fact(caption, f"Answers{speed}", at, Tone.GOOD)


def _sign_in(sample: StatusSample | None) -> Fact:
    caption = "Sign-in"
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
