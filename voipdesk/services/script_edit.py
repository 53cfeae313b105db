"""Call scripts created, changed and deleted: sent once, read back, and looked after when the answer was lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voipdesk.core.errors import NotAuthorised, NotFound, OutcomeUnknown, Refused
from voipdesk.core.language import _
from voipdesk.services.acting import LOOK_AFTER_S
from voipdesk.services.lost_answers import change_and_look, delete_and_look, look_after, still_unknown
from voipdesk.services.object_changes import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.scripts import HasScripts, Script
    from voipdesk.services.lost_answers import Sleep


class ScriptInTheWay(Refused):
    """`script` is there already, and may be why no other is taken: nothing was created. It can be changed instead."""

    def __init__(self, script: Script, refusal: Refused | None = None) -> None:
        """Say that one stands at the same host or, with a `refusal`, that the service took no other for its reason."""
        there = _("There is a script already: {address}.", address=script.url)
        if refusal is None:
            super().__init__(
                " ".join((there, _("Only one is allowed for a domain."))),
                advice=_("Nothing was created. Replace it, or delete it first."),
            )
        else:
            super().__init__(
                " ".join((refusal.message, there, _("Some services allow only one for a domain."))),
                advice=_("Nothing was created. If that is why, replace it, or delete it first."),
                details=refusal.details,
            )
        self.script = script
        self.said = refusal.message if refusal is not None else ""
        """Why the service took no other, in its own words; "" where it was not asked."""


@dataclass(frozen=True, slots=True)
class ScriptEdited:
    """A script as it was read back after an edit."""

    script: Script
    not_taken: tuple[Change, ...] = ()
    """Changes that were asked for, and that the service has otherwise or not at all: what it has, and should."""


def changes(before: Script, url: str, name: str) -> tuple[Change, ...]:
    """Say in words what giving a script this address and name changes."""
    both = (Change(_("Address"), before.url, url), Change(_("Name"), before.name, name))
    return tuple(change for change in both if change.before != change.after)


async def create_and_look(client: HasScripts, url: str, name: str, sleep: Sleep) -> Script:
    """Create one; raises ScriptInTheWay where another is there, OutcomeUnknown where nobody knows."""
    there = await client.fetch_scripts()
    # The service says “one for each domain”, not whether that is the address's or the customer's own: one at the same
    # host is in the way in either case, one elsewhere only if the service refuses.
    if (same := _at_host(there, url)) is not None:
        raise ScriptInTheWay(same)
    try:
        return await client.create_script(url, name)
    except OutcomeUnknown as lost:
        last = await look_after(
            client.fetch_scripts, lambda listed: _new(there, listed, url) is not None, sleep, LOOK_AFTER_S
        )
        if (made := _new(there, last.seen or [], url)) is not None:
            return made
        raise still_unknown(lost, last.failure, _("{address} is not among the scripts so far.", address=url)) from lost
    except Refused as refused:
        if isinstance(refused, NotAuthorised | NotFound) or len(there) != 1:
            raise
        raise ScriptInTheWay(there[0], refused) from refused


async def update_and_look(client: HasScripts, before: Script, url: str, name: str, sleep: Sleep) -> ScriptEdited:
    """Give a script that was read as `before` another address and name.

    Raises Refused when somebody else has changed it meanwhile, and else as `change_and_look`.
    """
    now = await client.fetch_script(before.id)
    if (now.url, now.name) != (before.url, before.name):
        raise Refused(
            _(
                "Somebody else has changed the script “{name}” in the meantime: it is {address} now.",
                name=before.name or before.url,
                address=now.url,
            ),
            advice=_("Nothing was sent. Look at what it is like now, and make your changes again."),
        )
    seen = await change_and_look(
        lambda: client.update_script(now.id, url, name),
        lambda: client.fetch_script(now.id),
        _OfScript(),
        is_done=lambda one: not changes(one, url, name),
        is_unchanged=lambda one: not changes(one, now.url, now.name),
        sleep=sleep,
        pauses=LOOK_AFTER_S,
    )
    return ScriptEdited(seen, changes(seen, url, name))


async def delete_one(client: HasScripts, script: Script, sleep: Sleep) -> None:
    """Delete one, and look after it when the answer was lost."""
    await delete_and_look(
        lambda: client.delete_script(script.id),
        lambda: client.fetch_script(script.id),
        _OfScript(),
        sleep=sleep,
        pauses=LOOK_AFTER_S,
    )


class _OfScript:
    """What is said of a script, which need not have a name."""

    def unchanged(self) -> str:
        return _("The answer was lost, and the script is still what it was: the change was not made.")

    def not_yet(self) -> str:
        return _("The script is not yet as it should be.")

    def not_read_back(self, reason: str) -> str:
        return _(
            "The service has taken the change of the script, but it could not be read back: {reason}", reason=reason
        )

    def still_there(self) -> str:
        return _("The script is still there.")


def host_of(url: str) -> str:
    """Give the host of an address, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _at_host(scripts: Sequence[Script], url: str) -> Script | None:
    host = host_of(url)
    return next((script for script in scripts if host and host_of(script.url) == host), None)


def _new(before: Sequence[Script], after: Sequence[Script], url: str) -> Script | None:
    known = {script.id for script in before}
    return next((script for script in after if script.id not in known and script.url == url), None)
