"""`voipdesk budget`: how many requests an account has left, without spending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.session import open_desk
from voipdesk.core.language import _, shown_number

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.budget import Budget


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--account", metavar="NAME", help=_("the account; not needed when there is one"))
    output.add_format(parser, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Print it."""
    async with open_desk(options) as desk:
        budget = await desk.connections.budget(desk.accounts.get(options.account))
    if options.format == "json":
        output.show_json(json_budget(budget))
    else:
        output.say(budget_words(budget))
    return 0


def json_budget(budget: Budget) -> dict[str, int | str | None]:
    """Give a budget for other programs."""
    return {
        "limit": budget.limit.requests,
        "window_s": int(budget.limit.window.total_seconds()),
        "used": budget.used,
        "left": budget.left,
        "next_at": output.local_time(budget.next_at),
    }


def budget_words(budget: Budget) -> str:
    """Give a budget in a sentence."""
    left, limit = shown_number(budget.left), shown_number(budget.limit.requests)
    window = budget.limit.period
    if budget.closed_until is not None:
        return _(
            "{left} of {limit} requests in {window} are left: the service takes none before {time}.",
            left=left, limit=limit, window=window, time=output.shown_time(budget.closed_until),
        )  # fmt: skip
    if budget.next_at is not None:
        return _(
            "{left} of {limit} requests in {window} are left; the next one comes back at {time}.",
            left=left, limit=limit, window=window, time=output.shown_time(budget.next_at),
        )  # fmt: skip
    return _("{left} of {limit} requests in {window} are left.", left=left, limit=limit, window=window)
