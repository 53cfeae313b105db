"""`voipdesk status`: asks a service how it is, with one request, and adds what is known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.budget import budget_words, json_budget
from voipdesk.cli.session import open_desk, unlock
from voipdesk.core.credit import shown_amount
from voipdesk.core.language import _, shown_number

if TYPE_CHECKING:
    import argparse

    from voipdesk.archive.sync_state import SyncProgress
    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import Balance
    from voipdesk.services.status import StatusReport


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--account", metavar="NAME", help=_("the account; not needed when there is one"))
    output.add_format(parser, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Look once and print; a service that does not answer or says no is printed too, and gives the exit code."""
    async with open_desk(options) as desk:
        account = desk.accounts.get(options.account)
        await unlock(desk, account, options)
        report = await desk.status.look(account)
    if options.format == "json":
        output.show_json(_json(account, report))
    else:
        _show(account, report)
    if report.error is not None:
        raise report.error
    return 0


def _show(account: Account, report: StatusReport) -> None:
    from voipdesk.services.call_coverage import Coverage

    rows = [(_("Account"), account.name)]
    if (sample := report.sample) is not None:
        latency = "" if sample.latency_ms is None else shown_number(sample.latency_ms)
        rows.append((_("Answers"), _("yes, in {ms} ms", ms=latency) if sample.answered else _("no")))
        rows.append((_("Key"), {True: _("accepted"), False: _("not accepted"), None: _("not known")}[sample.accepted]))
    if report.balance is not None:
        rows.append((_("Balance"), _balance_words(report.balance)))
    elif report.balance_error is not None:
        rows.append((_("Balance"), _("not known: {reason}", reason=report.balance_error.message)))
    rows.append((_("Requests"), budget_words(report.budget)))
    rows += [(_("Call log"), Coverage(account.name, source, known).text) for source, known in report.sync.items()]
    output.say_block(output.pairs(rows))
    if (service := report.service) is None:
        return
    output.say()
    if service.text:
        output.say(service.text)
    if any(service.columns):
        output.say_block(output.table(service.rows, service.columns))
    elif service.rows:
        output.say_block(output.pairs((row[0], " ".join(row[1:])) for row in service.rows))


def _balance_words(balance: Balance) -> str:
    amount = shown_amount(balance.amount)
    if balance.is_low and balance.low_under is not None:
        return _(
            "{amount}: LOW, under the {least} that the account's settings name",
            amount=amount,
            least=shown_amount(balance.low_under),
        )
    return amount


def _json_balance(balance: Balance | None) -> dict[str, object] | None:
    if balance is None:
        return None
    return {
        "amount": output.exact(balance.amount),
        "low_under": output.exact(balance.low_under),
        "is_low": balance.is_low,
    }


def _json(account: Account, report: StatusReport) -> dict[str, object]:
    sample, service = report.sample, report.service
    return {
        "account": account.name,
        "at": output.local_time(sample.at) if sample else None,
        "answered": sample.answered if sample else None,
        "accepted": sample.accepted if sample else None,
        "latency_ms": sample.latency_ms if sample else None,
        "summary": sample.summary if sample else None,
        "service": {"text": service.text, "columns": service.columns, "rows": service.rows} if service else None,
        "balance": _json_balance(report.balance),
        "budget": json_budget(report.budget),
        "sync": {source.value: _json_progress(known) for source, known in report.sync.items()},
    }


def _json_progress(known: SyncProgress) -> dict[str, object]:
    return {
        "refreshed_at": output.local_time(known.refreshed_at),
        "complete_from": known.complete_from.isoformat() if known.complete_from else None,
        "complete_to": known.complete_to.isoformat() if known.complete_to else None,
        "from_beginning": known.whole,
        "gaps": [[first.isoformat(), last.isoformat()] for first, last in known.gaps],
    }
