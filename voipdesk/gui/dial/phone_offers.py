"""Which phone can ring first, of those that the account's service knows and those used before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.dial import CanDial
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _
from voipdesk.core.sip import HasSipAccounts
from voipdesk.gui.dial import model

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.dial import Phone
    from voipdesk.gui.dial.view import DialView
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.dial import Dial


class PhoneOffers:
    """Fills the field for the phone that rings first; nothing waits for it, and any number can be typed there."""

    def __init__(self, dial: Dial, accounts: Accounts, tasks: Tasks, view: DialView) -> None:
        self._dial = dial
        self._accounts = accounts
        self._tasks = tasks
        self._view = view
        self._phones: dict[str, list[Phone]] = {}
        """By account id, what the service told."""

    def dialling_accounts(self) -> list[Account]:
        """List the accounts whose service can place calls."""
        return [account for account in self._accounts.list() if self._accounts.offers(account, CanDial)]

    @property
    def account(self) -> Account | None:
        """The account to dial with."""
        return next((a for a in self.dialling_accounts() if a.id == self._view.account), None)

    def change_account(self) -> None:
        """Begin anew for the account that was chosen."""
        self._view.begin_my_numbers()
        self._tasks.start("dial: accounts", self.show)
        self.read()

    def read(self) -> None:
        """Ask the service for its phones, if it was not asked yet."""
        self._tasks.start("dial: phones", self._read)

    async def show(self) -> None:
        """Offer what is known."""
        account = self.account
        if account is None:
            self._view.show_my_numbers((), "")
            return
        used = [record.my_number for record in await self._dial.recent() if record.account_id == account.id]
        if account.id == self._view.account:
            phones = model.my_phones(account.my_number, used, self._phones.get(account.id, ()))
            self._view.show_my_numbers(phones, account.my_number)

    async def _read(self) -> None:
        account = self.account
        if account is None or account.id in self._phones or not self._accounts.offers(account, HasSipAccounts):
            return
        try:
            self._phones[account.id] = await self._dial.phones(account)
        except VoipdeskError as error:
            if account.id == self._view.account:
                self._view.say_why_no_phones(_("The phones could not be read: {reason}", reason=error.message))
            return
        if account.id == self._view.account:
            self._view.say_why_no_phones("")
            await self.show()
