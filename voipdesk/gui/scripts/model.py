"""What the call scripts pane says: rows, and what came of a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.record_model import Record, folded, found_by, one_line
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import count, span, when

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.core.scripts import Script
    from voipdesk.services.scripts import ScriptTest

HEADINGS = ("Name", "Address", "Changed")
ABOUT = "When a call comes in, the service asks one of these web addresses, in XML, what to do with it."
_SLOW_MS = 3_000
"""From here on callers would notice the silence."""


def record(script: Script) -> Record:
    """Make a row."""
    changed = script.updated_at or script.created_at
    cells = (one_line(script.name), one_line(script.url), when(changed) if changed else "")
    sentence = ", ".join(filter(None, (cells[0] or "without a name", cells[1], cells[2] and f"changed {cells[2]}")))
    keys = (folded(script.name), folded(script.url), changed.isoformat() if changed else "")
    return Record(script.id, cells, keys, found_by((script.name, script.url)), sentence)


def title(script: Script) -> str:
    """Call a script by its name, else by its address."""
    return one_line(script.name) or one_line(script.url)


def as_of(account: str, number: int, at: datetime) -> str:
    """Say whose scripts these are, how many, and as of when."""
    return f"{count(number, 'script', 'scripts')} of {account}, read at {when(at)}"


def testing(url: str, seconds: float) -> Saying:
    """Say that an address is being asked."""
    if seconds >= 1:
        text = f"The service has been asking the address for {span(seconds)} …"
    else:
        text = "The service is asking the address …"
    return Saying(Tone.FAINT, text, one_line(url), busy=True)


def tested(test: ScriptTest) -> Saying:
    """Say what came of a test."""
    took = f"Answered within {span(max(1, test.took_ms / 1000))}, the service's own time included."
    if test.well_formed and test.took_ms > _SLOW_MS:
        return Saying(Tone.WARNING, "The answer is well-formed XML, and slow.", f"{took} A caller waits that long.")
    if test.well_formed:
        return Saying(Tone.GOOD, "The answer is well-formed XML.", took)
    place = f", line {test.line}, column {test.column}" if test.line is not None else ""
    return Saying(Tone.BAD, "The answer is not well-formed XML: calls would fail.", f"{test.problem}{place}. {took}")


def failed(error: VoipdeskError) -> Saying:
    """Say why there is no answer to look at."""
    return Saying(Tone.BAD, error.message, error.advice)


CANCELLED = Saying(Tone.TEXT, "The test was cancelled.", "The answer is not waited for any more.")
