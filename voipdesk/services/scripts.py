"""Call scripts of an account: listed, found, created, changed, deleted, and tried out."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from voipdesk.core.budget import Priority
from voipdesk.core.errors import BadInput, NotFound
from voipdesk.core.language import _
from voipdesk.core.scripts import HasScripts
from voipdesk.services import script_edit
from voipdesk.services.acting import telling
from voipdesk.services.events import Event
from voipdesk.services.near_names import like_it
from voipdesk.services.script_edit import ScriptEdited, ScriptInTheWay
from voipdesk.services.script_xml import read_xml

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from voipdesk.core.accounts import Account
    from voipdesk.core.scripts import Script
    from voipdesk.services.connections import Connections
    from voipdesk.services.object_changes import Change

__all__ = ["ScriptEdited", "ScriptInTheWay", "ScriptList", "ScriptTest", "Scripts"]

_LONGEST_URL = 2_000


@dataclass(frozen=True, slots=True)
class ScriptList:
    """An account's scripts, in the service's order, and when they were read."""

    account_id: str
    scripts: tuple[Script, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ScriptTest:
    """What a script's address answered when the service asked it."""

    url: str
    text: str
    """As it came: a stranger's text."""
    indented: str
    """The same as XML with each element on a line of its own; "" where it is not well formed."""
    problem: str
    """Why it is not well formed, without a full stop; "" where it is."""
    line: int | None
    """Of the problem, from 1 in `text`; None where it has no place."""
    column: int | None
    took_ms: int

    @property
    def well_formed(self) -> bool:
        """True for XML that can be read."""
        return not self.problem


class Scripts:
    """The scripts of accounts whose service has some, always read afresh; BadInput for others.

    `changed` follows every change made here, also one that is not known to have been carried out, with the account's
    id.
    """

    def __init__(
        self,
        connections: Connections,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.changed: Event[str] = Event()
        self._connections = connections
        self._clock = clock
        self._sleep = sleep

    async def list(self, account: Account) -> ScriptList:
        """List all scripts: one request."""
        client, at = await self._client(account), self._clock()
        return ScriptList(account.id, tuple(await client.fetch_scripts()), at)

    async def get(self, account: Account, script_id: str) -> Script:
        """Fetch one; NotFound when it is not there."""
        client = await self._client(account)
        with _whose(account, script_id):
            return await client.fetch_script(script_id)

    async def find(self, account: Account, text: str) -> Script:
        """Find one by its id, name or address: one request. NotFound tells of names like it."""
        listed = (await self.list(account)).scripts
        wanted = text.strip().casefold()
        found = [one for one in listed if one.id.casefold() == wanted] or [
            one for one in listed if wanted in {one.name.casefold(), one.url.casefold()}
        ]
        if not wanted or not found:
            near = await asyncio.to_thread(lambda: like_it(text, (one.name for one in listed)))
            raise NotFound(_("“{account}” has no script “{script}”.", account=account.name, script=text), advice=near)
        if len(found) > 1:
            ids = ", ".join(f"{one.id} ({one.url})" for one in found[:5])
            raise BadInput(
                _("“{name}” is more than one script.", name=text), advice=_("Give the id of one: {ids}.", ids=ids)
            )
        return found[0]

    def changes(self, before: Script, url: str, name: str) -> tuple[Change, ...]:
        """Say in words what an update changes."""
        return script_edit.changes(before, url.strip(), name.strip())

    async def create(self, account: Account, url: str, name: str = "") -> Script:
        """Create one: sent once, after a look at those there are.

        Raises ScriptInTheWay where one is there already: `update` replaces it. When the answer is lost, the list is
        looked at: the script is given if it is there, else OutcomeUnknown is raised and says what was seen.
        """
        url = check_url(url)
        client = await self._client(account)
        with telling(self.changed, account.id):
            return await script_edit.create_and_look(client, url, name.strip(), self._sleep)

    async def update(self, account: Account, before: Script, url: str, name: str) -> ScriptEdited:
        """Give a script that was read as `before` another address or name: sent once, and read back.

        It is read anew first: Refused when somebody else has changed it. When the answer is lost, Unreachable says that
        the change was not made, and OutcomeUnknown that this is not known. BadInput when nothing is to change.
        """
        url, name = check_url(url), name.strip()
        if not script_edit.changes(before, url, name):
            raise BadInput(_("There is nothing to change."))
        client = await self._client(account)
        with telling(self.changed, account.id), _whose(account, before.id):
            return await script_edit.update_and_look(client, before, url, name, self._sleep)

    async def delete(self, account: Account, script: Script) -> None:
        """Delete one: sent once; NotFound when it is not there, OutcomeUnknown when the answer was lost."""
        client = await self._client(account)
        with telling(self.changed, account.id), _whose(account, script.id):
            await script_edit.delete_one(client, script, self._sleep)

    async def test(self, account: Account, url: str) -> ScriptTest:
        """Have the service ask an address what to do with a call, and read the answer.

        Raises Refused with the service's words where the address did not answer it; Unreachable where the service did
        not answer in time, NotUnderstood where its answer is too large.
        """
        url = check_url(url)
        client, started = await self._client(account), time.perf_counter()
        text = await client.test_script(url)
        took_ms = round((time.perf_counter() - started) * 1000)
        read = await asyncio.to_thread(lambda: read_xml(text))
        return ScriptTest(url, text, read.indented, read.problem, read.line, read.column, took_ms)

    async def _client(self, account: Account) -> HasScripts:
        client = await self._connections.client(account, Priority.USER)
        if not isinstance(client, HasScripts):
            raise BadInput(_("The service of “{account}” has no scripts.", account=account.name))
        return client


def check_url(url: str) -> str:
    """Give a script's address without blanks around it, or raise BadInput for what a service cannot ask."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url or len(url) > _LONGEST_URL:
        raise BadInput(
            _("“{text}” is no web address.", text=url[:80]),
            advice=_("Write it like https://www.example.com/script.xml."),
        )
    return url


@contextmanager
def _whose(account: Account, script_id: str) -> Iterator[None]:
    """Say what was not found, and with whom: the service says neither."""
    try:
        yield
    except NotFound as error:
        raise NotFound(
            _("“{account}” has no script “{script}”.", account=account.name, script=script_id),
            advice=_("It may be gone: read the list again."),
            details=error.details,
        ) from error
