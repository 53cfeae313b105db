"""What the dial pane's buttons do."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.call_log import CallFilter
from voipdesk.core.countries import countries
from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.core.number import NumberKind
from voipdesk.core.number_search import SeveralNumbers
from voipdesk.gui.dial import model
from voipdesk.gui.dial.contact_offers import ContactOffers
from voipdesk.gui.dial.link_offers import LinkOffers
from voipdesk.gui.dial.phone_offers import PhoneOffers
from voipdesk.gui.dial.view import DialView
from voipdesk.gui.words import now
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from voipdesk.core.accounts import Account
    from voipdesk.core.number import Number
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.call_log import CallLog
    from voipdesk.services.contacts import Contacts
    from voipdesk.services.dial import Dial

RINGS_S = 60
"""Seconds after which the pane no longer claims that a phone rings."""
_CLOCKS_DIFFER = timedelta(seconds=45)
"""How far the service's clock may be behind ours when a call is looked for in the log."""


class DialPane:
    """Dials what the person entered: one press, one request, never sent again by itself."""

    key = "dial"
    title = N_("Dial")
    icon = "dial"
    badge = ""

    def __init__(
        self,
        dial: Dial,
        accounts: Accounts,
        call_log: CallLog,
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
        contacts: Contacts,
        open_accounts: Callable[[], None],
    ) -> None:
        self._dial = dial
        self._accounts = accounts
        self._call_log = call_log
        self._tasks = tasks
        self._messages = messages
        self._open_accounts = open_accounts
        self._ready = False
        self._front = False
        self.said: Event[Saying | None] = Event()
        """What is said of the call, for those who show it elsewhere, too."""
        self._over: QWidget | None = None
        self._said: Saying | None = None
        self._last = ("", "")
        """Number and my number of the last press: what "Dial again" dials, whatever the fields say meanwhile."""
        self._followed: tuple[str, str, str, datetime] | None = None
        """Account id, number as dialled, number as shown and the time of the call being followed in the log."""
        self.view = DialView(theme)
        self._phones = PhoneOffers(dial, accounts, tasks, self.view)
        self._links = LinkOffers(dial)
        self._contacts = ContactOffers(contacts, self.view, tasks)
        self.view.number_entered.connect(lambda _text: tasks.start("dial: read", self._read))
        self.view.dial_asked.connect(self._press)
        self.view.again_asked.connect(self._act)
        self.view.recent_asked.connect(self.call)
        self.view.region_picked.connect(lambda region: tasks.start("dial: region", self._set_region, region))
        self.view.account_picked.connect(lambda _id: self._phones.change_account())
        self._unsubscribe = [
            accounts.changed.subscribe(lambda _none: self._accounts_changed()),
            call_log.changed.subscribe(lambda _change: self._look_into_log()),
        ]
        self._accounts_changed()

    @property
    def widget(self) -> DialView:
        """What it shows."""
        return self.view

    @property
    def account(self) -> str:
        """The id of the account it shows."""
        return self.view.account

    def shown(self) -> None:
        """Take the focus and list what was dialled meanwhile."""
        self.view.take_focus()
        self._front = True
        self._tasks.start("dial: recent", self._show_recent)
        self._phones.read()
        if not self._ready:
            self._tasks.start("dial: read", self._read)

    def hidden(self) -> None:
        """Go on: a call under way is not the pane's to end."""
        self._front = False

    def refresh(self) -> None:
        """List anew what was dialled last; there is nothing to ask the service."""
        self._tasks.start("dial: recent", self._show_recent)

    def fill(self, text: str) -> None:
        """Put a number from a link into the field, for the person to dial unless they want links dialled at once."""
        self.view.fill_from_outside(text)
        self._tasks.start("dial: link", self._offer_link)

    def call(self, text: str, over: QWidget | None = None) -> None:
        """Dial what the person picked elsewhere, as if it had been entered here; `over` is where questions stand."""
        if not self._tasks.running("dial"):
            self._over = over
            self.view.fill(text)
            self._press()

    def close(self) -> None:
        """Let go of the services."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    async def prepare(self) -> None:
        """Load the telephone-number library away from the GUI thread, so that the first key press finds it there."""
        if not self._ready:
            self.view.show_regions(await asyncio.to_thread(self._warm_up), self._dial.region)
            self._ready = True

    def _warm_up(self) -> list[tuple[str, str]]:
        for text in ("+442079460000", "112"):
            try:
                self._dial.read(text)
            except BadInput:
                continue
        return countries()

    async def _set_region(self, region: str) -> None:
        await self._dial.set_region(region)
        await self._read()
        await self._show_recent()

    def _press(self) -> None:
        self._start_call(self.view.number, self.view.my_number)

    def _start_call(self, text: str, mine: str) -> None:
        if not self._tasks.running("dial"):
            self._last = (text, mine)
            self._tasks.start("dial", self._place_call, text, mine)

    def _act(self) -> None:
        if self._said is not None and self._said.button == model.open_accounts():
            self._open_accounts()
        else:
            self._start_call(*self._last)

    async def _read(self) -> None:
        await self.prepare()
        text = self.view.number.strip()
        if self._said is not None and self._links.is_over(self._said, self.view.number):
            self._say(None)
        choices: list[model.Choice] = []
        number = None
        try:
            number = self._dial.read(text) if text else None
            self.view.show_reading(model.reading(number) if number else None)
        except SeveralNumbers as error:
            choices = model.choices(error.numbers)
            self.view.show_reading(model.several(len(choices)))
        except BadInput as error:
            self.view.show_reading(model.misread(error))
        self.view.show_choice(choices)
        if number is not None:
            self._contacts.say_name(number)
        else:
            self._contacts.say_none()

    async def _offer_link(self) -> None:
        await self.prepare()
        text = self.view.number
        calling = self._tasks.running("dial") or self._tasks.running("dial: rings")
        if self._links.is_dialled_at_once(text, calling=calling):
            await self._show_accounts()
            self._start_call(text, self.view.my_number)
        elif not calling and (offer := self._links.offer(text)):
            self._say(offer)

    async def _place_call(self, text: str, mine: str) -> None:
        self._followed = None
        self._tasks.cancel("dial: rings")
        try:
            account = self._account()
            await self.prepare()
            number = self._dial.read(text)
            confirmed = number.kind is NumberKind.PREMIUM and await self._ask_premium(number)
            if number.kind is NumberKind.PREMIUM and not confirmed:
                self._say(None)
                return
            self._say(model.asking(mine))
            at = now()
            await self._dial.dial(account, number, mine, premium_confirmed=confirmed)
        except VoipdeskError as error:
            self._say(model.failed(error, mine))
        except BaseException:
            self._say(None)
            raise
        else:
            self._say(model.ringing(mine, number.display))
            self._followed = (account.id, number.dialled, number.display, at)
            self._tasks.start("dial: rings", self._stop_ringing, number.display, at)
        finally:
            self._tasks.start("dial: recent", self._show_recent)

    def _ask_premium(self, number: Number) -> asyncio.Future[bool]:
        return asyncio.ensure_future(
            self._messages.confirm(
                self._over or self.view,
                _("Call {number}?", number=number.display),
                _("{number} is a premium-rate number: the call costs extra.", number=number.display),
                _("Call, it may cost extra"),
            )
        )

    async def _stop_ringing(self, number: str, at: datetime) -> None:
        await asyncio.sleep(RINGS_S)
        self._say(model.was_called(number, at))

    def _look_into_log(self) -> None:
        if self._followed is not None:
            self._tasks.restart("dial: follow", self._follow)

    async def _follow(self) -> None:
        if (followed := self._followed) is None:
            return
        account_id, dialled, display, at = followed
        wanted = CallFilter(account_id=account_id, since=at - _CLOCKS_DIFFER, search=dialled.lstrip("+"))
        for logged in await self._call_log.page(wanted, limit=1):
            if self._followed == followed:
                self._tasks.cancel("dial: rings")
                self._say(model.logged(display, logged.call))

    def _say(self, saying: Saying | None) -> None:
        self._said = saying
        self.said.emit(saying)
        self.view.show_state(saying)

    def _account(self) -> Account:
        account = self._phones.account
        if account is not None:
            return account
        raise BadInput(_("There is no account to dial with."), advice=_("Add one under Accounts."))

    def _accounts_changed(self) -> None:
        self._tasks.start("dial: accounts", self._show_accounts)

    async def _show_accounts(self) -> None:
        accounts = self._phones.dialling_accounts()
        self.view.show_accounts([(account.id, account.name) for account in accounts], self.view.account)
        await self._phones.show()
        if self._front:
            self._phones.read()

    async def _show_recent(self) -> None:
        await self.prepare()
        names = {account.id: account.name for account in self._accounts.list()}
        records = await self._dial.recent()
        whose = await self._contacts.names(record.number for record in records)
        rows = [model.recent_row(each, self._dial.region, names, whose.get(each.number, "")) for each in records]
        self.view.show_recent(rows)
