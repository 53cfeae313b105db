"""What the check page says: how a check goes on, what came of it, and the report to be handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.sip_check import CheckReport, Outcome, StepKind, Verdict
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voipdesk.core.sip_check import CheckStep
    from voipdesk.core.sip_settings import SipSettings

UNDER_WAY = Saying(Tone.FAINT, "Checking …", "It ends by itself within 15 seconds.", busy=True)
CANCELLED = Saying(Tone.TEXT, "The check was cancelled.", "What was found until then stands below.")
_QUIETLY = "The phone that uses it was not disturbed."
_ADVICE = {
    Outcome.WORKS: f"A phone can sign in with it. {_QUIETLY}",
    Outcome.REFUSED: "Below stands at which step, and what to do.",
    Outcome.NOT_REACHED: "Below stands at which step, and what to do.",
    Outcome.UNDECIDED: "Below stands what it said. Registering for a moment may tell more.",
}
_TONES = {
    Outcome.WORKS: Tone.GOOD,
    Outcome.REFUSED: Tone.BAD,
    Outcome.NOT_REACHED: Tone.BAD,
    Outcome.UNDECIDED: Tone.WARNING,
}
REGISTER_QUESTION = "Register this computer for a moment?"
REGISTER_TEXT = (
    "This computer signs in as the telephone of “{name}”, and out again after some seconds. A call that comes in just "
    "then may not ring, and where the service allows one telephone only, the one in use is signed out: it has to sign "
    "in again, which most do within minutes or when they are restarted."
)
REGISTER_YES = "Register"


def ended(report: CheckReport) -> Saying:
    """Say what came of a check."""
    advice = _ADVICE[report.outcome]
    if report.outcome is Outcome.WORKS and registered(report.steps):
        advice = "This computer was registered as a telephone, and taken out again."
    if any(step.verdict is Verdict.WARNED for step in report.steps):
        advice = f"{advice} There is something to know: see below."
    return Saying(_TONES[report.outcome], report.text, advice)


def registered(steps: Sequence[CheckStep]) -> bool:
    """Tell whether it was tried to register, or was to be."""
    return any(step.kind is StepKind.REGISTER for step in steps)


def may_register(report: CheckReport) -> bool:
    """Tell whether to register would tell more."""
    return report.outcome in {Outcome.WORKS, Outcome.UNDECIDED} and not registered(report.steps)


def report_text(settings: SipSettings, saying: Saying, steps: Sequence[CheckStep], at: datetime) -> str:
    """Write what was found for whoever helps; the password is not in it."""
    lines = [
        f"Check of the SIP account {settings.address}, {when(at)}",
        f"Domain {settings.domain}, outbound proxy {settings.outbound_proxy or 'none'}, transport {settings.transport}",
        f"{saying.text} {saying.advice}",
        "",
    ]
    for step in steps:
        lines.append(f"{step.kind.heading}: {step.verdict}")
        lines += [f"  {text}" for text in (step.text, step.advice, *step.details.splitlines()) if text]
    return "\n".join(lines) + "\n"
