"""What the check page says: how a check goes on, what came of it, and the report to be handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.sip_check import CheckReport, Outcome, StepKind, Verdict
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import when

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voipdesk.core.sip_check import CheckStep
    from voipdesk.core.sip_settings import SipSettings

_ADVICE = {
    Outcome.WORKS: N_("A phone can sign in with it. The phone that uses it was not disturbed."),
    Outcome.REFUSED: N_("Below stands at which step, and what to do."),
    Outcome.NOT_REACHED: N_("Below stands at which step, and what to do."),
    Outcome.UNDECIDED: N_("Below stands what it said. Registering for a moment may tell more."),
}
_TONES = {
    Outcome.WORKS: Tone.GOOD,
    Outcome.REFUSED: Tone.BAD,
    Outcome.NOT_REACHED: Tone.BAD,
    Outcome.UNDECIDED: Tone.WARNING,
}


def under_way() -> Saying:
    """Say that a check goes on."""
    return Saying(Tone.FAINT, _("Checking …"), _("It ends by itself within 15 seconds."), busy=True)


def cancelled() -> Saying:
    """Say that a check was ended before it was done."""
    return Saying(Tone.TEXT, _("The check was cancelled."), _("What was found until then stands below."))


def register_question(name: str) -> tuple[str, str, str]:
    """Ask whether to register: the question, what it means for the account of that name, and the yes."""
    meaning = _(
        "This computer signs in as the telephone of “{name}”, and out again after some seconds. A call that comes in "
        "just then may not ring, and where the service allows one telephone only, the one in use is signed out: it has "
        "to sign in again, which most do within minutes or when they are restarted.",
        name=name,
    )
    return _("Register this computer for a moment?"), meaning, _("Register")


def ended(report: CheckReport) -> Saying:
    """Say what came of a check."""
    advice = _(_ADVICE[report.outcome])  # NON-NLS: marked in its table
    if report.outcome is Outcome.WORKS and registered(report.steps):
        advice = _("This computer was registered as a telephone, and taken out again.")
    if any(step.verdict is Verdict.WARNED for step in report.steps):
        advice = _("{advice} There is something to know: see below.", advice=advice)
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
        _("Check of the SIP account {address}, {when}", address=settings.address, when=when(at)),
        _(
            "Domain {domain}, outbound proxy {proxy}, transport {transport}",
            domain=settings.domain,
            proxy=settings.outbound_proxy or _("none"),
            transport=settings.transport,
        ),
        f"{saying.text} {saying.advice}",
        "",
    ]
    for step in steps:
        lines.append(f"{step.kind.heading}: {step.verdict.label}")
        lines += [f"  {text}" for text in (step.text, step.advice, *step.details.splitlines()) if text]
    return "\n".join(lines) + "\n"
