"""An Apidaze account's connection: all that it can do, behind one door."""

from __future__ import annotations

from voipdesk.core.accounts import Check, TestReport
from voipdesk.core.language import _, ngettext
from voipdesk.providers.apidaze import wire_sip
from voipdesk.providers.apidaze.scripts import ApidazeScripts
from voipdesk.providers.apidaze.sip import ApidazeSip
from voipdesk.providers.exchange import Request


class ApidazeClient(ApidazeSip, ApidazeScripts):
    """Can be tested, and what its parts say."""

    def __repr__(self) -> str:
        return f"ApidazeClient({self._door!r})"

    async def aclose(self) -> None:
        """Close the connections, and forget the token."""
        await self._door.aclose()

    async def test(self) -> TestReport:
        """Ask for the SIP accounts: that gets a token, reaches the service, and shows what it lets this account see."""
        request, place = Request("GET", wire_sip.PATH), self._door.place
        listed, took_ms = await self._door.timed(request, lambda answer: wire_sip.read_sip_accounts(answer, place))
        if listed:
            has = ngettext(
                "The account can be read; it has {n} SIP account.",
                "The account can be read; it has {n} SIP accounts.",
                len(listed),
            )
        else:
            has = _("The account can be read; it has no SIP account yet.")
        checks = (
            _("{host} answers (in {ms} ms).", host=self._door.host, ms=round(took_ms)),
            _("The client ID and the client secret are accepted."),
            has,
        )
        return TestReport(tuple(Check(passed=True, text=text) for text in checks))
