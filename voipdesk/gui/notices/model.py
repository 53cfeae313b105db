"""What notices of missed calls say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.core.missed_calls import MissedKind
from voipdesk.core.notices import Notice
from voipdesk.gui.call_log.wording import is_withheld, local, one_line, party, place, waited_s
from voipdesk.gui.words import span, when

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voipdesk.core.missed_calls import MissedCall

MANY = "many"
"""The tag of the one notice that stands for several calls."""
MOST_SINGLE = 3
"""Up to here each call has a notice of its own."""
STAYS = "stays"
"""The tag of the notice that the program goes on in the tray."""
_NAMED = 4


def stays() -> Notice:
    """Say that the program goes on without its window, and how it is ended."""
    return Notice(
        STAYS,
        _("voipdesk stays in the tray"),
        _(
            "It goes on telling of missed calls. To end it, choose Quit in its menu there or press Ctrl+Q. "
            "Under Settings you can let it end with the window."
        ),
    )


def who(call: MissedCall, names: dict[str, str], display: Callable[[str], str]) -> str:
    """Name the caller: as a contact, else as the service does, else by the number."""
    name, number = party(call.logged.call.caller_name, call.number, display)
    return one_line(names.get(call.number, "")) or name or number or _("a withheld number")


def notice_for(call: MissedCall, names: dict[str, str], display: Callable[[str], str]) -> Notice:
    """Say who called whom, when, and how long was waited."""
    row = call.logged.call
    caller, number = who(call, names, display), display(call.number)
    at = when(local(row.started_at))
    waited = waited_s(row)
    if call.kind is MissedKind.ABANDONED:
        title = _("Nobody took the call from {caller}", caller=caller)
        details = [
            place(row.source, row.name),
            at,
            "" if waited is None else _("waited {duration}", duration=span(waited)),
        ]
    else:
        title = _("Missed call from {caller}", caller=caller)
        whose = _("for {whose}", whose=place(row.source, row.name)) if row.name else ""
        details = [whose, at, "" if waited is None else _("rang {duration}", duration=span(waited))]
    if number not in {caller, ""} and not is_withheld(call.number):
        details.insert(0, number)
    return Notice(tag_of(call), title, " · ".join(filter(None, details)), _("Call back") if can_call(call) else "")


def notice_for_many(
    calls: Sequence[MissedCall], names: dict[str, str], display: Callable[[str], str], *, quiet: bool
) -> Notice:
    """Say how many wait, and who the last ones were."""
    callers = list(dict.fromkeys(who(call, names, display) for call in calls))
    body, more = ", ".join(callers[:_NAMED]), len(callers) - _NAMED
    if more > 0:
        body = ngettext("{callers}, and {n} other", "{callers}, and {n} others", more, callers=body)
    title = ngettext("{n} missed call waits", "{n} missed calls wait", len(calls))
    return Notice(MANY, title, body, _("Show calls"), quiet=quiet)


def can_call(call: MissedCall) -> bool:
    """Whether there is a number to call back."""
    return not is_withheld(call.number) and any(map(str.isdecimal, call.number))


def tag_of(call: MissedCall) -> str:
    """Give the tag of a call's own notice."""
    return f"call {call.ids[0]}"  # NON-NLS: a tag
