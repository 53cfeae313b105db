"""`voipdesk doctor`: what this computer has for voipdesk, whether accounts answer, and what to do about the rest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.doctor import Finding, Verdict
from voipdesk.core.errors import VoipdeskError
from voipdesk.services.desk import Desk

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Account
    from voipdesk.core.links import TelLinks

_MARKS = {Verdict.GOOD: "ok", Verdict.NOTE: "-", Verdict.BAD: "BAD"}


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--no-accounts", action="store_true", help="send nothing: leave out whether accounts answer")
    output.add_format(parser, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Look at everything and print it; what is bad is a finding, and no failure of the command."""
    from voipdesk.desktop.doctor import look_here
    from voipdesk.desktop.tel_links import tel_links

    findings = await asyncio.to_thread(_links, tel_links(options.home))
    desk = Desk.build(options.home)
    try:
        archive = await _archive(desk)
        findings += [await _keyring(desk), *await look_here(), archive]
        if not options.no_accounts and archive.verdict is Verdict.GOOD:  # their requests are counted in it
            findings += await _accounts(desk)
    finally:
        await desk.close()
    if options.format == "json":
        output.show_json([_json(finding) for finding in findings])
        return 0
    rows: list[tuple[str, str, str]] = []
    for finding in findings:
        rows.append((_MARKS[finding.verdict], finding.topic, finding.text))
        if finding.advice:
            rows.append(("", "", finding.advice))
    output.say_block(output.table(rows, ("", "What", "How it is")))
    return 0


def _json(finding: Finding) -> dict[str, object]:
    return {
        "topic": finding.topic,
        "verdict": finding.verdict.value,
        "text": finding.text,
        "advice": finding.advice or None,
    }


def _links(links: TelLinks) -> list[Finding]:
    try:
        owners = links.owners()
    except VoipdeskError as error:
        return [Finding("Telephone links", Verdict.BAD, error.message, error.advice)]
    findings = []
    for owner in owners:
        topic = f"{owner.scheme}: links"
        if owner.ours:
            findings.append(Finding(topic, Verdict.GOOD, "They open with voipdesk."))
        else:
            text = f"They open with {owner.owner}." if owner.owner else "Nothing opens them."
            advice = f"To open them with voipdesk: voipdesk links install {owner.scheme}"
            findings.append(Finding(topic, Verdict.NOTE, text, advice))
    return findings


async def _keyring(desk: Desk) -> Finding:
    reason = await desk.secrets.available()
    if reason:
        return Finding("Keyring", Verdict.BAD, reason)
    return Finding("Keyring", Verdict.GOOD, "There is one, and it keeps the accounts' secrets.")


async def _archive(desk: Desk) -> Finding:
    try:
        await desk.connect()
    except VoipdeskError as error:
        return Finding("Archive", Verdict.BAD, error.message, error.advice)
    return Finding("Archive", Verdict.GOOD, "It can be opened.")


async def _accounts(desk: Desk) -> list[Finding]:
    try:
        accounts = desk.accounts.list()
    except VoipdeskError as error:
        return [Finding("Accounts", Verdict.BAD, error.message, error.advice)]
    if not accounts:
        advice = "Add one: voipdesk accounts add"
        return [Finding("Accounts", Verdict.NOTE, "There is none yet.", advice)]
    return [await _account(desk, account) for account in accounts]


async def _account(desk: Desk, account: Account) -> Finding:
    topic = f"Account {account.name}"
    try:
        report = await desk.accounts.test(account.id)
    except VoipdeskError as error:
        return Finding(topic, Verdict.BAD, error.message, error.advice)
    failed = [check.text for check in report.checks if not check.passed]
    if failed:
        return Finding(topic, Verdict.BAD, " ".join(failed))
    return Finding(topic, Verdict.GOOD, "It answers, and accepts what it is signed in with.")
