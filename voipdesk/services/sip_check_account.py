"""The steps of the check that are about the account: whether it is let in, and whether calls would reach it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.core.sip_check import Cause, CheckStep, StepKind, Verdict
from voipdesk.services.acting import to_the_end
from voipdesk.sip.judgement import check_let_in, other_realms
from voipdesk.sip.message import shown
from voipdesk.sip.said_no import SaidNo
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.services.sip_check_way import Way
    from voipdesk.sip.timers import Timers

_STAYS_S = 60
"""How long a registration would stay if this computer could not take it back."""
_SHOWN = 10


class AccountSteps:
    """What is asked once the way to the server is there; each step PASSED or WARNED, or raising Trouble."""

    def __init__(self, settings: SipSettings, way: Way, timers: Timers) -> None:
        self._settings = settings
        self._way = way
        self._timers = timers
        self._phones: list[str] = []

    async def sign_in(self, *, register_next: bool) -> CheckStep:
        """Sign in without registering."""
        done = await self._way.client.query(self._timers.sign_in)
        try:
            check_let_in(done, self._settings)
        except SaidNo as said:
            if said.cause is Cause.NOT_UNDERSTOOD and register_next:
                advice = _("The next step tells.")
                return CheckStep(StepKind.SIGN_IN, Verdict.WARNED, said.message, advice, said.details, said.cause)
            raise
        self._phones = done.contacts
        phones = _phones_in_words(len(self._phones))
        details = _lines(self._phones)
        if not done.answered:
            text = " ".join((_("The server lets the account in without asking for its password."), phones))
            advice = _("It may know this computer's address. From another place, it may ask, or refuse.")
            return CheckStep(StepKind.SIGN_IN, Verdict.WARNED, text, advice, details)
        text = " ".join((_("The server accepts user name and password."), phones))
        if others := other_realms(done, self._settings):
            text = " ".join((text, _("It asked for the password in the name of “{realm}”.", realm=others[0])))
        return CheckStep(StepKind.SIGN_IN, Verdict.PASSED, text, details=details)

    async def register(self) -> CheckStep:
        """Register this computer as a telephone, and take it out again, whatever happens."""
        client = self._way.client
        try:
            done = await client.register(_STAYS_S, self._timers.sign_in)
            check_let_in(done, self._settings)
        except SaidNo as said:
            if said.cause is Cause.SERVER_FAULT:  # of one in between, perhaps, behind which it was taken
                await self._take_out()
            raise
        except BaseException:
            await self._take_out()
            raise
        if not await self._take_out():
            text = _("This computer was registered as a telephone, and could not be taken out again.")
            advice = ngettext(
                "That ends by itself, mostly after {n} second.",
                "That ends by itself, mostly after {n} seconds.",
                done.expires or _STAYS_S,
            )
            return CheckStep(StepKind.REGISTER, Verdict.WARNED, text, advice, cause=Cause.LEFT_REGISTERED)
        text = _("This computer was registered as a telephone, and taken out again.")
        if lost := await self._signed_out():
            text = " ".join((text, _("The service allows so few that another was signed out for it.")))
            advice = _("It signs in again by itself after some minutes, or when it is started anew.")
            return CheckStep(StepKind.REGISTER, Verdict.WARNED, text, advice, _lines(lost))
        return CheckStep(StepKind.REGISTER, Verdict.PASSED, text)

    async def _take_out(self) -> bool:
        """Take this computer out of the registrar, even when cancelled; False where it may still be there."""
        return await to_the_end(asyncio.ensure_future(self._unregister()))

    async def _unregister(self) -> bool:
        with suppress(Trouble, TimeoutError):
            async with asyncio.timeout(self._timers.clean_up):
                client = self._way.client
                done = await client.unregister(self._timers.clean_up)
                return done.is_accepted and client.contact not in done.contacts
        return False

    async def _signed_out(self) -> list[str]:
        """Give the telephones that are gone since the sign-in; none where the server does not say who is left."""
        if self._phones:
            with suppress(Trouble):
                left = await self._way.client.query(self._timers.clean_up)
                return [phone for phone in self._phones if left.is_accepted and phone not in left.contacts]
        return []


def _phones_in_words(count: int) -> str:
    if not count:
        return _("It tells of no telephone that is signed in with the account.")
    return ngettext(
        "One telephone is signed in with the account.", "{n} telephones are signed in with the account.", count
    )


def _lines(phones: list[str]) -> str:
    return "\n".join(shown(phone) for phone in phones[:_SHOWN])
