"""What the call scripts pane says: rows, and what came of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.record_model import Record, folded, found_by, one_line
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import span, when

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.core.scripts import Script
    from voipdesk.services.scripts import ScriptTest

_SLOW_MS = 3_000
"""From here on callers would notice the silence."""


def headings() -> tuple[str, ...]:
    """Name the columns."""
    return _("Name"), _("Address"), _("Changed")


def about() -> str:
    """Say what a call script is."""
    return _("When a call comes in, the service asks one of these web addresses, in XML, what to do with it.")


def record(script: Script) -> Record:
    """Make a row."""
    changed = script.updated_at or script.created_at
    cells = (one_line(script.name), one_line(script.url), when(changed) if changed else "")
    name = cells[0] or _("without a name")
    sentence = ", ".join(filter(None, (name, cells[1], cells[2] and _("changed {time}", time=cells[2]))))
    keys = (folded(script.name), folded(script.url), changed.isoformat() if changed else "")
    return Record(script.id, cells, keys, found_by((script.name, script.url)), sentence)


def title(script: Script) -> str:
    """Call a script by its name, else by its address."""
    return one_line(script.name) or one_line(script.url)


def as_of(account: str, number: int, at: datetime) -> str:
    """Say whose scripts these are, how many, and as of when."""
    return ngettext(
        "{n} script of {account}, read at {time}",
        "{n} scripts of {account}, read at {time}",
        number,
        account=account,
        time=when(at),
    )


def testing(url: str, seconds: float) -> Saying:
    """Say that an address is being asked."""
    if seconds >= 1:
        text = _("The service has been asking the address for {span} …", span=span(seconds))
    else:
        text = _("The service is asking the address …")
    return Saying(Tone.FAINT, text, one_line(url), busy=True)


def tested(test: ScriptTest) -> Saying:
    """Say what came of a test."""
    took = _("Answered within {span}, the service's own time included.", span=span(max(1, test.took_ms / 1000)))
    if test.well_formed and test.took_ms > _SLOW_MS:
        waits = _("A caller waits that long.")
        return Saying(Tone.WARNING, _("The answer is well-formed XML, and slow."), f"{took} {waits}")
    if test.well_formed:
        return Saying(Tone.GOOD, _("The answer is well-formed XML."), took)
    problem = f"{test.problem}."
    if test.line is not None:
        problem = _(
            "{problem}, line {line}, column {column}.", problem=test.problem, line=test.line, column=test.column
        )
    return Saying(Tone.BAD, _("The answer is not well-formed XML: calls would fail."), f"{problem} {took}")


def failed(error: VoipdeskError) -> Saying:
    """Say why there is no answer to look at."""
    return Saying(Tone.BAD, error.message, error.advice)


def cancelled() -> Saying:
    """Say that nobody waits for the answer."""
    return Saying(Tone.TEXT, _("The test was cancelled."), _("The answer is not waited for any more."))
