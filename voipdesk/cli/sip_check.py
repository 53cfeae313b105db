"""`voipdesk sip check`: tells step by step whether a SIP account works, and what to do where it does not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.sip_by_hand import add_options, read_settings
from voipdesk.core.errors import Refused, Unreachable
from voipdesk.core.language import _
from voipdesk.core.sip_check import Outcome, Verdict

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.sip_check import CheckReport, CheckStep

_EXIT_CODES = {
    Outcome.WORKS: 0,
    Outcome.REFUSED: Refused.exit_code,
    Outcome.NOT_REACHED: Unreachable.exit_code,
    Outcome.UNDECIDED: Unreachable.exit_code,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_options(parser)
    parser.add_argument(
        "--register",
        action="store_true",
        help=_(
            "also register this computer as a telephone for a moment; where a service allows one telephone only, "
            "that may sign out another"
        ),
    )
    parser.add_argument("--details", action="store_true", help=_("show what support would ask for, too"))
    output.add_format(parser, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Check it, telling of each step as it ends, and give 0 where the account works."""
    from voipdesk.services.sip_check import SipCheck

    settings = await read_settings(options, password=True)
    if options.format == "json":
        report = await SipCheck().run(settings, register=options.register)
        output.show_json(_json(report, settings.address))
    else:
        output.say(_("{address} by {transport}", address=settings.address, transport=settings.transport.upper()))
        report = await SipCheck().run(
            settings, register=options.register, tell=lambda step: _tell(step, with_details=options.details)
        )
        if report.outcome is Outcome.WORKS:
            output.say(report.text)
    output.flush()
    if report.outcome is not Outcome.WORKS:
        output.complain(report.text)
    return _EXIT_CODES[report.outcome]


def _tell(step: CheckStep, *, with_details: bool) -> None:
    width = max(len(verdict.label) for verdict in Verdict if verdict is not Verdict.UNDER_WAY) + 2
    if step.verdict is Verdict.UNDER_WAY:
        _on_screen(f"{'…':<{width}}{step.kind.heading}")
        return
    _on_screen("")
    output.say(f"{step.verdict.label:<{width}}{step.kind.heading}")
    if step.verdict is Verdict.SKIPPED:
        return
    for line in (step.text, step.advice, *(step.details.splitlines() if with_details else ())):
        if line:
            output.say(f"{' ' * width}{line}")
    output.flush()


def _on_screen(text: str) -> None:
    """Show for as long as it lasts, beside the results, what is under way: for people who wait."""
    if sys.stdout.isatty() and sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{output.plain(text)}")
        sys.stderr.flush()


def _json(report: CheckReport, address: str) -> object:
    return {
        "address": address,
        "outcome": report.outcome,
        "text": report.text,
        "steps": [
            {
                "kind": step.kind,
                "verdict": step.verdict,
                "cause": step.cause,
                "text": step.text,
                "advice": step.advice or None,
                "details": step.details.splitlines(),
            }
            for step in report.steps
        ],
    }
