"""Yay.com's click-to-call: finds the SIP user of an extension, and rings it once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.dial import Dialled
from voipdesk.core.errors import BadInput, Refused
from voipdesk.core.language import _
from voipdesk.providers.asking import PLACED
from voipdesk.providers.yay.sip import YaySip
from voipdesk.providers.yay.wire_dial import dial_request, no_such_phone, read_dialled, sip_id_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from voipdesk.core.sip import SipAccount
    from voipdesk.providers.yay.door import Door, Settings

REMEMBERED = timedelta(minutes=5)
"""How long the list of SIP users is good for finding an extension in."""


class YayDial(YaySip):
    """CanDial."""

    def __init__(self, door: Door, settings: Settings) -> None:
        super().__init__(door, settings)
        self._phones: tuple[datetime, Sequence[SipAccount]] | None = None

    async def dial(self, number: str, my_number: str) -> Dialled:
        """Ring the SIP user whose extension or login is `my_number` and, once it is answered, call `number`.

        The call is asked for once, at one path. An answer that is lost or that is not the service's leaves open whether
        the phone rings: OutcomeUnknown. BadInput where no SIP user has the extension: nothing was sent then.
        """
        if not my_number:
            raise BadInput(
                _("Your own number is not set."),
                advice=_("Write a SIP user's extension into the account's “my number”."),
            )
        path = self._settings.click_to_call_path
        dial_request(path, number, "")  # a number that cannot be called costs no look at the list
        request = dial_request(path, number, await self._sip_id(my_number))
        try:
            said = await self._door.ask(request, lambda answer: read_dialled(answer, path), doubt=PLACED)
        except Refused:
            self._phones = None  # the SIP user may be gone
            raise
        redact = self._door.password.redact
        return Dialled(call_id=redact(said.call_id), text=redact(said.text))

    async def _sip_id(self, my_number: str) -> str:
        fresh = self._phones is not None and self._door.clock() - self._phones[0] < REMEMBERED
        if fresh and self._phones and (found := sip_id_of(my_number, self._phones[1])):
            return found
        self._phones = self._door.clock(), await self.fetch_sip_accounts()
        if found := sip_id_of(my_number, self._phones[1]):
            return found
        raise no_such_phone(my_number, self._phones[1])
