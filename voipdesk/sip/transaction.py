"""One request and its answer: sent again over UDP, and matched to what was asked (RFC 3261, section 17.1.2)."""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.core.sip_check import Cause
from voipdesk.sip.message import Request, answer_to, parameters
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from voipdesk.sip.connection import Connection
    from voipdesk.sip.message import Message
    from voipdesk.sip.timers import Timers

_MAGIC = "z9hG4bK"
_HEARD_MOST = 300
"""Messages listened to for one answer: who sends more is not answering."""
_PROVISIONAL_UNTIL = 200
_UNAVAILABLE = "Temporarily Unavailable"  # NON-NLS: RFC 3261, section 21.4.18


class NoAnswer(Trouble):
    """Nothing came that answers; `heard` tells of what did come."""

    def __init__(self, message: str, *, heard: str = "", is_at_work: bool = False) -> None:
        advice = _(
            "Compare server, port and transport with what the service has given. A firewall in between may drop what "
            "is sent."
        )
        super().__init__(Cause.NO_ANSWER, message, advice=advice, details=heard)
        self.is_at_work = is_at_work
        """Whether the server said that it is working on it."""


async def ask(
    connection: Connection, method: str, uri: str, headers: tuple[tuple[str, str], ...], timers: Timers, within_s: float
) -> Message:
    """Send a request and give its final answer; `headers` are all but Via, Max-Forwards and Content-Length.

    Raises NoAnswer when none comes in time, Trouble when none can come.
    """
    branch = _MAGIC + secrets.token_hex(10)
    via = f"SIP/2.0/{connection.place.transport.upper()} {connection.sent_by};branch={branch};rport"  # NON-NLS
    request = Request(method, uri, (("Via", via), ("Max-Forwards", "70"), *headers))  # NON-NLS
    return await _Transaction(connection, request, branch, timers).run(within_s)


class _Transaction:
    def __init__(self, connection: Connection, request: Request, branch: str, timers: Timers) -> None:
        self._connection = connection
        self._data = request.encode()
        self._wanted = dict(request.headers) | {"branch": branch}
        self._timers = timers
        self._provisional: Message | None = None
        self._others = 0

    async def run(self, within_s: float) -> Message:
        sending = None
        try:
            async with asyncio.timeout(within_s):
                self._connection.send(self._data)
                if not self._connection.is_reliable:
                    sending = asyncio.create_task(self._send_again(), name="sending a SIP request again")
                return await self._answer()
        except TimeoutError:
            raise self._no_answer() from None
        finally:
            if sending is not None:
                sending.cancel()

    async def _send_again(self) -> None:
        pause = self._timers.t1
        while True:
            await asyncio.sleep(pause if self._provisional is None else self._timers.t2)
            self._connection.send(self._data)
            pause = min(2 * pause, self._timers.t2)

    async def _answer(self) -> Message:
        for _message in range(_HEARD_MOST):
            message = await self._connection.receive()
            if message.method:
                self._decline(message)
            elif not self._is_mine(message):
                self._others += 1
            elif message.status < _PROVISIONAL_UNTIL:
                self._provisional = message
            else:
                return message
        raise self._no_answer()

    def _is_mine(self, message: Message) -> bool:
        """Tell an answer to this request from every other, a late one to an earlier one above all."""
        vias = message.listed("via")
        return (
            len(vias) == 1  # more would mean that it was for somebody behind us (section 8.1.3.3)
            and parameters(vias[0]).get("branch") == self._wanted["branch"]
            and re.sub(r"\s+", " ", message.first("cseq")) == self._wanted["CSeq"]
            and message.first("call-id") == self._wanted["Call-ID"]
        )

    def _decline(self, request: Message) -> None:
        """Answer whoever calls or asks this computer meanwhile: it is no telephone."""
        if request.method == "ACK" or not request.all("via"):
            return
        status, reason = (200, "OK") if request.method in {"OPTIONS", "NOTIFY"} else (480, _UNAVAILABLE)
        self._connection.send(answer_to(request, status, reason, tag=secrets.token_hex(5)))

    def _no_answer(self) -> NoAnswer:
        place, heard = self._connection.place, []
        if self._provisional is not None:
            said = self._provisional
            heard.append(_("{place} said “{answer}”, and nothing after that.", place=place, answer=said))
        if self._others:
            heard.append(
                ngettext(
                    "{n} answer came that belongs to no request of this check.",
                    "{n} answers came that belong to no request of this check.",
                    self._others,
                )
            )
        if self._connection.junk:
            heard.append(
                ngettext(
                    "What came once is not SIP: {sample}",
                    "What came {n} times is not SIP: {sample}",
                    self._connection.junk,
                    sample=self._connection.junk_sample,
                )
            )
        at_work = self._provisional is not None
        text = (
            _("{place} is at work on the answer, and does not give it.", place=place)
            if at_work
            else _("{place} does not answer.", place=place)
        )
        return NoAnswer(text, heard="\n".join(heard), is_at_work=at_work)
