"""Apidaze's external scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import NotUnderstood, OutcomeUnknown, Unreachable, VoipdeskError
from voipdesk.core.language import _, ngettext
from voipdesk.providers.apidaze import wire_scripts
from voipdesk.providers.apidaze.door import Behind
from voipdesk.providers.apidaze.wire import item_path, read_done
from voipdesk.providers.exchange import Request
from voipdesk.providers.http import TooLarge, TooSlow
from voipdesk.providers.plain_text import plain

if TYPE_CHECKING:
    from voipdesk.core.scripts import Script


class ApidazeScripts(Behind):
    """HasScripts."""

    async def fetch_scripts(self) -> list[Script]:
        """Fetch all scripts."""
        return await self._door.ask(Request("GET", wire_scripts.PATH), wire_scripts.read_scripts)

    async def fetch_script(self, script_id: str) -> Script:
        """Fetch one; NotFound when it is not there."""
        request = Request("GET", item_path(wire_scripts.PATH, script_id))
        return await self._door.ask(request, wire_scripts.read_script)

    async def create_script(self, url: str, name: str = "") -> Script:
        """Create one; sent once. Where the answer does not show it, the list does."""
        request = wire_scripts.create_request(url, name)
        created = await self._door.ask(request, lambda answer: wire_scripts.read_created(answer, url))
        return created or await self._find_script(url)

    async def update_script(self, script_id: str, url: str, name: str) -> None:
        """Give one another address and name; sent once."""
        await self._door.ask(wire_scripts.update_request(script_id, url, name), read_done)

    async def delete_script(self, script_id: str) -> None:
        """Delete one; sent once."""
        await self._door.ask(Request("DELETE", item_path(wire_scripts.PATH, script_id), acts=True), read_done)

    async def test_script(self, url: str) -> str:
        """Have the service ask an address, and give what came of it as text: hostile until read."""
        try:
            return await self._door.ask(wire_scripts.test_request(url), wire_scripts.read_test)
        except TooLarge as error:
            most = wire_scripts.TEST_MOST_BYTES // 2**20
            raise NotUnderstood(
                _("{url} answers with more than {most} MiB, which was not read.", url=plain(url), most=most),
                advice=_correct(),
                details=error.details,
            ) from error
        except TooSlow as error:
            raise Unreachable(
                ngettext(
                    "{url} gave {host} no whole answer within {n} second.",
                    "{url} gave {host} no whole answer within {n} seconds.",
                    round(wire_scripts.TEST_WITHIN_S),
                    url=plain(url),
                    host=self._door.host,
                ),
                advice=_correct(),
                details=error.details,
            ) from error

    async def _find_script(self, url: str) -> Script:
        try:
            listed = await self.fetch_scripts()
        except VoipdeskError as error:
            raise OutcomeUnknown(
                _("The service has taken the script, but the list could not be read: {message}", message=error.message),
                advice=_("Look at the list before you try again."),
                details=error.details,
            ) from error
        found = next((one for one in listed if one.url == url), None)
        if found is None:
            raise OutcomeUnknown(
                _("The service has taken the script, but does not list it yet."),
                advice=_("Look at the list before you try again."),
            )
        return found


def _correct() -> str:
    return _("A call to this script would fail. Correct what the address answers, then test again.")
