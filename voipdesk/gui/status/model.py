"""What the status pane says about an account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.call_log import Source
from voipdesk.core.credit import shown_amount
from voipdesk.core.language import N_, _, ngettext, shown_number
from voipdesk.gui.theme import Tone
from voipdesk.gui.words import day, now, when

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


_SOURCES = {Source.USER: N_("User calls"), Source.QUEUE: N_("Queue calls"), Source.RING_GROUP: N_("Ring-group calls")}
_FEW = 0.2
"""Share of the limit below which the budget is worth a warning."""


def facts(report: StatusReport) -> tuple[Fact, Fact, Fact]:
    """Say whether the service answers, whether it accepts the credentials, and what is left of the budget."""
    return (_answers(report.sample), _sign_in(report.sample), _requests(report.budget))


def balance_fact(balance: Balance | None, at: datetime | None, error: VoipdeskError | None) -> Fact:
    """Say what the account has, as last read, or why that is not known."""
    caption = _("Balance")
    if error is not None:
        return Fact(caption, _("Not known"), error.message, Tone.FAINT)
    if balance is None or at is None:
        return Fact(caption, _("Not asked yet"), "", Tone.FAINT)
    amount = shown_amount(balance.amount)
    if balance.is_low and balance.low_under is not None:
        detail = _("under {amount}, as of {time}", amount=shown_amount(balance.low_under), time=when(at))
        return Fact(caption, _("{amount}, low", amount=amount), detail, Tone.WARNING)
    return Fact(caption, amount, _as_of(at), Tone.GOOD)


def sync_rows(report: StatusReport) -> list[tuple[str, str, str]]:
    """Say of each source: its name, what of it is known to be complete, as of when."""
    return [
        (
            _(_SOURCES[source]),  # NON-NLS: marked in its table
            _complete(progress),
            when(progress.refreshed_at) if progress.refreshed_at else _("not fetched yet"),
        )
        for source, progress in report.sync.items()
    ]


def history_row(sample: StatusSample) -> tuple[str, str, str]:
    """Say of a look: when, what came of it, the service's own words."""
    return when(sample.at), _answers(sample).value, sample.summary


def _answers(sample: StatusSample | None) -> Fact:
    caption = _("Service")
    if sample is None:
        return Fact(caption, _("Not asked yet"), "", Tone.FAINT)
    at = _as_of(sample.at)
    if not sample.answered:
        return Fact(caption, _("Not available"), f"{at}: {sample.summary}", Tone.BAD)
    if sample.latency_ms is None:
        return Fact(caption, _("Answers"), at, Tone.GOOD)
    speed = shown_number(sample.latency_ms)
    return Fact(caption, _("Answers in {milliseconds} ms", milliseconds=speed), at, Tone.GOOD)


def _sign_in(sample: StatusSample | None) -> Fact:
    caption = _("Sign-in")
    if sample is None or sample.accepted is None:
        return Fact(caption, _("Not known"), "", Tone.FAINT)
    at = _as_of(sample.at)
    if sample.accepted:
        return Fact(caption, _("Accepted"), at, Tone.GOOD)
    return Fact(caption, _("Not accepted"), at, Tone.BAD)


def _requests(budget: Budget) -> Fact:
    caption = _("Requests")
    limit = budget.limit
    minutes = round(limit.window.total_seconds() / 60)
    if budget.closed_until is not None and budget.closed_until > now():
        until = _("until {time}", time=when(budget.closed_until))
        return Fact(caption, _("Closed by the service"), until, Tone.BAD)
    used = shown_number(budget.used)
    detail = ngettext("{used} used in {n} minute", "{used} used in {n} minutes", minutes, used=used)
    if budget.next_at is not None and budget.used:
        again = _("one more at {time}", time=when(budget.next_at))
        detail = f"{detail}, {again}"
    tone = Tone.WARNING if budget.left < limit.requests * _FEW else Tone.GOOD
    left = _("{left} of {limit} left", left=shown_number(budget.left), limit=shown_number(limit.requests))
    return Fact(caption, left, detail, tone)


def _complete(progress: SyncProgress) -> str:
    if progress.whole and not progress.gaps:
        return _("complete")
    if progress.complete_from is None:
        return _("nothing complete yet")
    since = day(progress.complete_from)
    if not progress.gaps:
        return _("complete since {day}", day=since)
    return ngettext(
        "complete since {day}, {n} gap before", "complete since {day}, {n} gaps before", len(progress.gaps), day=since
    )


def _as_of(moment: datetime) -> str:
    return _("as of {time}", time=when(moment))
