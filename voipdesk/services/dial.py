"""Dialling: one press is one request, written down before it is sent, and never sent again by itself."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.core.budget import Priority
from voipdesk.core.dial import CanDial, Dialled, DialOutcome, DialRecord, Phone
from voipdesk.core.errors import (
    BadInput,
    OutcomeUnknown,
    Refused,
    StorageFailed,
    VoipdeskError,
)
from voipdesk.core.language import _
from voipdesk.core.number import Number, NumberKind
from voipdesk.core.number_search import find_number
from voipdesk.core.sip import HasSipAccounts
from voipdesk.services.account_reads import AccountReads
from voipdesk.services.acting import to_the_end
from voipdesk.services.events import Event
from voipdesk.services.whole_file import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.archive.dials import DialJournal
    from voipdesk.core.accounts import Account
    from voipdesk.services.connections import Connections
    from voipdesk.settings.preferences import Preferences


LINKS_AT_ONCE = "dial_links_at_once"
"""The setting's name in the settings file, in its table [window]."""
_DIALLABLE = re.compile(r"\+?[0-9]{1,32}")


class EmergencyNumber(BadInput):
    """An emergency number, which is never dialled from here."""


class PremiumRate(BadInput):
    """A number that costs extra and is dialled only when the user said yes to it."""


class AlreadyDialling(BadInput):
    """A dial of the same account is under way: nothing was sent."""


class Dial:
    """Places calls: the PBX rings the user's phone and, once it is answered, calls the number.

    `dialled` follows every dial that was sent or meant to be sent, whatever became of it.
    """

    def __init__(
        self,
        connections: Connections,
        journal: DialJournal,
        preferences: Preferences,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.dialled: Event[DialRecord] = Event()
        self._connections = connections
        self._journal = journal
        self._preferences = preferences
        self._clock = clock
        self._busy: set[str] = set()
        self._phones: AccountReads[tuple[Phone, ...]] = AccountReads()

    def read(self, text: str, region: str | None = None) -> Number:
        """Read what the user typed, pasted or clicked, in the given or the user's own region; BadInput says why not.

        SeveralNumbers has those there are to choose from.
        """
        return find_number(text, region or self.region)

    def check(self, number: Number, *, premium_confirmed: bool = False) -> None:
        """Raise EmergencyNumber, or PremiumRate unless confirmed, for a number that is not dialled just so."""
        if number.kind is NumberKind.EMERGENCY:
            raise EmergencyNumber(
                _("{number} reaches the emergency services: not dialled from here.", number=number.display),
                advice=_("Use a telephone: placed from here, the call may be taken for one from another place."),
            )
        if number.kind is NumberKind.PREMIUM and not premium_confirmed:
            raise PremiumRate(
                _("{number} is a premium-rate number.", number=number.display),
                advice=_("Dial it only if the price is known."),
            )

    @property
    def region(self) -> str:
        """The country that numbers without a country code are read in (ISO 3166)."""
        return self._preferences.region

    async def set_region(self, region: str) -> None:
        """Read numbers without a country code as numbers of another country from now on."""

        def write() -> None:
            self._preferences.region = region

        await in_thread(write)

    @property
    def links_at_once(self) -> bool:
        """Whether a link from outside is dialled without asking; it is not, unless the person said so."""
        return self._preferences.get(LINKS_AT_ONCE, default=False)

    async def set_links_at_once(self, at_once: bool) -> None:
        """Dial links from outside without asking from now on, or no longer."""
        await in_thread(self._preferences.set, LINKS_AT_ONCE, at_once)

    async def recent(self, limit: int = 20) -> list[DialRecord]:
        """List the numbers dialled last, each once, newest first."""
        return await self._journal.recent(limit)

    async def phones(self, account: Account, *, fresh: bool = False) -> list[Phone]:
        """List the telephones that can ring first, by extension; none where the service does not tell.

        One request, unless they were read before in this run.
        """
        return list(await self._phones.get(account, lambda: self._read_phones(account), fresh=fresh))

    async def dial(
        self, account: Account, number: Number, my_number: str | None = None, *, premium_confirmed: bool = False
    ) -> Dialled:
        """Ring `my_number`, by default the account's, and then call `number`; sent at most once.

        Raises EmergencyNumber, PremiumRate or AlreadyDialling with nothing sent, and OutcomeUnknown when it was sent
        and the answer was lost: whether to try again is then the user's to decide.
        """
        self.check(number, premium_confirmed=premium_confirmed)
        mine = _my_number(account, my_number)
        if account.id in self._busy:
            raise AlreadyDialling(_("A call is being placed already."), advice=_("Wait until it is answered for."))
        self._busy.add(account.id)
        try:
            client = await self._connections.client(account, Priority.USER)
            if not isinstance(client, CanDial):
                raise BadInput(_("The service of “{account}” cannot place calls.", account=account.name))
            return await self._send(client, account, number, mine)
        finally:
            self._busy.discard(account.id)

    async def _read_phones(self, account: Account) -> tuple[Phone, ...]:
        client = await self._connections.client(account, Priority.USER)
        if not isinstance(client, HasSipAccounts):
            return ()
        phones = [
            Phone(sip.extension, sip.display_name or sip.username)
            for sip in await client.fetch_sip_accounts()
            if _DIALLABLE.fullmatch(sip.extension)
        ]
        return tuple(sorted(phones, key=lambda phone: (len(phone.number), phone.number)))

    async def _send(self, client: CanDial, account: Account, number: Number, mine: str) -> Dialled:
        at = self._clock()
        begun = asyncio.ensure_future(self._journal.begin(account.id, number.dialled, mine, at))
        try:
            entry = await to_the_end(begun)
        except asyncio.CancelledError:
            if not begun.cancelled() and begun.exception() is None:
                record = DialRecord(begun.result(), account.id, number.dialled, mine, at, DialOutcome.NOT_SENT)
                await self._end(record, DialOutcome.NOT_SENT, _("Cancelled"))
            raise
        record = DialRecord(entry, account.id, number.dialled, mine, at, DialOutcome.SENT)
        try:
            dialled = await client.dial(number.dialled, mine)
        except BaseException as error:
            await self._failed(record, error)
            raise
        try:
            await self._end(record, DialOutcome.ACCEPTED, dialled.text)
        except StorageFailed as error:
            # The telephone rings: raising this would have it dialled a second time.
            unnoted = _("(It could not be noted: {reason})", reason=error.message)
            return replace(dialled, text=f"{dialled.text} {unnoted}".strip())
        return dialled

    async def _failed(self, record: DialRecord, error: BaseException) -> None:
        text = error.message if isinstance(error, VoipdeskError) else type(error).__name__
        # What became of the call matters more than that it could not be noted; the journal still says "sent".
        with contextlib.suppress(StorageFailed):
            await self._end(record, _outcome(error), text)

    async def _end(self, record: DialRecord, outcome: DialOutcome, text: str) -> None:
        try:
            await to_the_end(asyncio.ensure_future(self._journal.end(record.id, outcome, text)))
        finally:
            self.dialled.emit(replace(record, outcome=outcome, text=text))


def _my_number(account: Account, given: str | None) -> str:
    mine = re.sub(r"[\s().-]", "", given or account.my_number)
    if not mine:
        raise BadInput(
            _("It is not known which telephone is yours: “{account}” has no “my number”.", account=account.name),
            advice=_("Set your own extension under Accounts ▸ Edit, or give it with --my-number."),
        )
    if not _DIALLABLE.fullmatch(mine):
        raise BadInput(
            _("“{number}” cannot be your telephone's number.", number=mine[:40]),
            advice=_("Give your extension, in digits."),
        )
    return mine


def _outcome(error: BaseException) -> DialOutcome:
    if isinstance(error, Refused):
        return DialOutcome.REFUSED
    # A client says OutcomeUnknown wherever the call may have been placed; a bug or a cancelled wait say nothing of it.
    if isinstance(error, VoipdeskError) and not isinstance(error, OutcomeUnknown):
        return DialOutcome.NOT_SENT
    return DialOutcome.UNKNOWN
