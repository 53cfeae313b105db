"""`voipdesk doctor`: what this computer has for voipdesk, whether accounts answer, and what to do about the rest."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.doctor import Finding, Verdict
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.services.desk import Desk

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Account
    from voipdesk.core.links import TelLinks

_KEYRING, _ARCHIVE, _ACCOUNTS = N_("Keyring"), N_("Archive"), N_("Accounts")
_MARKS = {Verdict.GOOD: N_("ok"), Verdict.NOTE: "-", Verdict.BAD: N_("BAD")}


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--no-accounts", action="store_true", help=_("send nothing: leave out whether accounts answer"))
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
        mark, topic = _(_MARKS[finding.verdict]), _(finding.topic, of=finding.of)  # NON-NLS: marked in their tables
        rows.append((mark, topic, finding.text))
        if finding.advice:
            rows.append(("", "", finding.advice))
    output.say_block(output.table(rows, ("", _("What"), _("How it is"))))
    return 0


def _json(finding: Finding) -> dict[str, object]:
    return {
        "topic": finding.topic.format(of=finding.of),
        "verdict": finding.verdict.value,
        "text": finding.text,
        "advice": finding.advice or None,
    }


def _links(links: TelLinks) -> list[Finding]:
    try:
        owners = links.owners()
    except VoipdeskError as error:
        return [Finding(N_("Telephone links"), Verdict.BAD, error.message, error.advice)]
    findings = []
    for owner in owners:
        topic = N_("{of}: links")
        if owner.ours:
            findings.append(Finding(topic, Verdict.GOOD, _("They open with voipdesk."), of=owner.scheme))
        else:
            text = _("They open with {program}.", program=owner.owner) if owner.owner else _("Nothing opens them.")
            advice = _("To open them with voipdesk: voipdesk links install {scheme}", scheme=owner.scheme)
            findings.append(Finding(topic, Verdict.NOTE, text, advice, of=owner.scheme))
    return findings


async def _keyring(desk: Desk) -> Finding:
    reason = await desk.secrets.available()
    if reason:
        return Finding(_KEYRING, Verdict.BAD, reason)
    return Finding(_KEYRING, Verdict.GOOD, _("There is one, and it keeps the accounts' secrets."))


async def _archive(desk: Desk) -> Finding:
    try:
        await desk.connect()
    except VoipdeskError as error:
        return Finding(_ARCHIVE, Verdict.BAD, error.message, error.advice)
    return Finding(_ARCHIVE, Verdict.GOOD, _("It can be opened."))


async def _accounts(desk: Desk) -> list[Finding]:
    try:
        accounts = desk.accounts.list()
    except VoipdeskError as error:
        return [Finding(_ACCOUNTS, Verdict.BAD, error.message, error.advice)]
    if not accounts:
        advice = _("Add one: voipdesk accounts add")
        return [Finding(_ACCOUNTS, Verdict.NOTE, _("There is none yet."), advice)]
    return [await _account(desk, account) for account in accounts]


async def _account(desk: Desk, account: Account) -> Finding:
    topic = N_("Account {of}")
    try:
        report = await desk.accounts.test(account.id)
    except VoipdeskError as error:
        return Finding(topic, Verdict.BAD, error.message, error.advice, account.name)
    failed = [check.text for check in report.checks if not check.passed]
    if failed:
        return Finding(topic, Verdict.BAD, " ".join(failed), of=account.name)
    return Finding(topic, Verdict.GOOD, _("It answers, and accepts what it is signed in with."), of=account.name)
