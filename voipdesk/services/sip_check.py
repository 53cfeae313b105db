"""The check whether a SIP account works, step by step, without disturbing a telephone that uses it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.sip_check import Cause, CheckReport, CheckStep, Outcome, StepKind, Verdict
from voipdesk.core.sip_settings import Transport
from voipdesk.services.sip_check_account import AccountSteps
from voipdesk.services.sip_check_way import Way
from voipdesk.sip.said_no import SaidNo
from voipdesk.sip.timers import Timers
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from dns.asyncresolver import Resolver

    from voipdesk.core.sip_settings import SipSettings

_ENDINGS = {
    Outcome.WORKS: N_("This SIP account works."),
    Outcome.REFUSED: N_("The server does not accept this SIP account."),
    Outcome.NOT_REACHED: N_("The server of this SIP account is not reached."),
    Outcome.UNDECIDED: N_("The server is reached, and does not tell whether this SIP account works."),
}
_UNPROVEN = N_("The server of this SIP account does not prove who it is.")
_CERTIFICATE = {
    Cause.TLS_EXPIRED,
    Cause.TLS_NOT_YET_VALID,
    Cause.TLS_OTHER_NAME,
    Cause.TLS_SELF_SIGNED,
    Cause.TLS_UNKNOWN_AUTHORITY,
}


class SipCheck:
    """Checks SIP accounts; may run several checks at a time.

    `resolver` asks other name servers than this computer's, `trusted` is a file of further authorities, and `timers`
    are for who wants to wait longer or shorter.
    """

    def __init__(
        self, *, resolver: Resolver | None = None, trusted: Path | None = None, timers: Timers | None = None
    ) -> None:
        self._resolver = resolver
        self._trusted = trusted
        self._timers = timers or Timers()

    async def run(
        self, settings: SipSettings, *, register: bool = False, tell: Callable[[CheckStep], None] = lambda _: None
    ) -> CheckReport:
        """Check an account; ends within 15 seconds, whatever the other side does.

        `tell` hears of each step as it begins (UNDER_WAY) and as it ends. What is wrong with the account, the server or
        the network stands in the report, nothing of that is raised. To end it early, cancel the task that awaits it.

        The user name and a digest of the password go to the server that the settings name, and nowhere else. With
        `register`, this computer is registered as a telephone for some moments, and taken out again, also when the
        check is cancelled; a service that allows one telephone only may sign out another for that.
        """
        way = Way(settings, self._resolver, self._trusted, self._timers)
        try:
            return await _Check(way, settings, tell, self._timers, register=register).run()
        finally:
            await way.close()


class _Check:
    """One check."""

    def __init__(
        self,
        way: Way,
        settings: SipSettings,
        tell: Callable[[CheckStep], None],
        timers: Timers,
        *,
        register: bool,
    ) -> None:
        self._way = way
        self._tell = tell
        self._until = asyncio.get_running_loop().time() + timers.whole
        transport, account = settings.transport, AccountSteps(settings, way, timers)
        plan: list[tuple[StepKind, Callable[[], Awaitable[CheckStep]], float, bool]] = [
            (StepKind.RESOLVE, way.resolve, timers.resolve + 0.3, True),
            (StepKind.REACH, way.reach, timers.reach, transport is not Transport.UDP),
            (StepKind.ENCRYPT, way.encrypt, timers.reach + 0.3, transport is Transport.TLS),
            (StepKind.ANSWER, way.answer, timers.answer + 0.3, True),
            (StepKind.SIGN_IN, lambda: account.sign_in(register_next=register), timers.sign_in + 0.3, True),
            (StepKind.REGISTER, account.register, timers.sign_in + 2 * timers.clean_up + 0.3, register),
        ]
        self._plan = [(kind, work, within_s) for kind, work, within_s, applies in plan if applies]

    async def run(self) -> CheckReport:
        done: list[CheckStep] = []
        failure: Trouble | None = None
        for kind, work, within_s in self._plan:
            if failure is not None:
                done.append(CheckStep(kind, Verdict.SKIPPED, _("Not tried.")))
            else:
                self._tell(CheckStep(kind, Verdict.UNDER_WAY))
                try:
                    done.append(await self._within(within_s, work))
                except Trouble as trouble:
                    failure = await self._explained(kind, trouble)
                    done.append(_failed(kind, failure))
            self._tell(done[-1])
        outcome = _outcome(failure)
        is_unproven = failure is not None and failure.cause in _CERTIFICATE
        text = _(_UNPROVEN if is_unproven else _ENDINGS[outcome])  # NON-NLS: marked above
        return CheckReport(outcome, text, tuple(done))

    async def _within(self, seconds: float, work: Callable[[], Awaitable[CheckStep]]) -> CheckStep:
        left = self._until - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(seconds, left)):
                return await work()
        except TimeoutError:
            raise Trouble(
                Cause.NO_ANSWER,
                _("No answer came in time."),
                advice=_("Is this computer connected to the internet? A firewall in between may drop what is sent."),
            ) from None

    async def _explained(self, kind: StepKind, trouble: Trouble) -> Trouble:
        """Look, where nothing answered, whether it does elsewhere."""
        if isinstance(trouble, SaidNo) or kind is StepKind.RESOLVE:
            return trouble
        left = self._until - asyncio.get_running_loop().time()
        if trouble.cause not in {Cause.NO_ANSWER, Cause.WRONG_PORT, Cause.TLS_OTHER} or left <= 0:
            return trouble
        try:
            async with asyncio.timeout(left):
                return await self._way.explain(trouble)
        except TimeoutError:
            return trouble


def _failed(kind: StepKind, trouble: Trouble) -> CheckStep:
    return CheckStep(kind, Verdict.FAILED, trouble.message, trouble.advice, trouble.details, trouble.cause)


def _outcome(failure: Trouble | None) -> Outcome:
    if failure is None:
        return Outcome.WORKS
    if isinstance(failure, SaidNo):
        return Outcome.REFUSED if failure.is_decided else Outcome.UNDECIDED
    return Outcome.NOT_REACHED
