"""`voipdesk scripts test`: the XML that an address answers, indented and, on a terminal, coloured."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.errors import NotUnderstood
from voipdesk.core.language import _, shown_number

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.accounts import Account
    from voipdesk.services.desk import Desk
    from voipdesk.services.scripts import ScriptTest

# what does not end does so with the line: no place is looked at twice, however long the line is
_PARTS = re.compile(r"(?P<aside><!--.*?(?:-->|$)|<[?!][^>]*>?)|(?P<tag></?[^\s<>/=]+|/?>)|(?P<value>\"[^\"]*\")")
_COLOURS = {"aside": "\x1b[2m", "tag": "\x1b[36m", "value": "\x1b[32m"}
_PLAIN = "\x1b[0m"


async def run(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    """Print what the address answers; raise NotUnderstood where it is not well formed."""
    tried = await desk.scripts.test(account, options.url)
    if options.format == "json":
        output.show_json(
            {
                "account": account.name,
                "url": tried.url,
                "well_formed": tried.well_formed,
                "problem": tried.problem or None,
                "line": tried.line,
                "column": tried.column,
                "took_ms": tried.took_ms,
                "text": tried.text,
            }
        )
    else:
        _show(tried)
    if not tried.well_formed:
        raise NotUnderstood(
            _("The answer is not well-formed XML: {reason}.", reason=_problem(tried)),
            advice=_("A call to this script would fail. Correct what the address answers, then test again."),
        )
    output.note(_("Well-formed XML, answered in {ms} ms.", ms=shown_number(tried.took_ms)))


def _show(tried: ScriptTest) -> None:
    coloured = tried.well_formed and _colours_are_wanted()
    for line in (tried.indented or tried.text).splitlines():
        safe = output.plain(line.replace("\t", "    "))
        output.say_block(f"{_coloured(safe) if coloured else safe}\n")


def _problem(tried: ScriptTest) -> str:
    reason = f"{tried.problem[:1].lower()}{tried.problem[1:]}"
    if tried.line is None:
        return reason
    return _("{reason} (line {line}, column {column})", reason=reason, line=tried.line, column=tried.column)


def _colours_are_wanted() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _coloured(line: str) -> str:
    return _PARTS.sub(lambda part: f"{_COLOURS[part.lastgroup or 'tag']}{part[0]}{_PLAIN}", line)
