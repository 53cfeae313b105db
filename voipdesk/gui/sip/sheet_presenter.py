"""What the buttons of the sheet do: show and copy what a phone signs in with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from voipdesk.core.accounts import FieldKind
from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import _, ngettext
from voipdesk.core.sip import CanManageSipAccounts
from voipdesk.core.sip_settings import split_host
from voipdesk.gui.sip import model
from voipdesk.gui.widgets.secret_clipboard import KEPT_MS, SecretClipboard
from voipdesk.gui.widgets.secret_field import SHOWN_MS

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.gui.sip.browse import BrowsePage
    from voipdesk.gui.sip.list_presenter import ListPresenter
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.sip import Sip

PASSWORD_TASK = "sip: password"  # noqa: S105 - the name of a task
_DOMAIN_TASK = "sip: domain"


class SheetPresenter:
    """Shows the SIP account that is chosen; its password while it is asked for, and to nobody who has left."""

    def __init__(self, page: BrowsePage, lists: ListPresenter, sip: Sip, accounts: Accounts, tasks: Tasks) -> None:
        self._page = page
        self._sheet = page.sheet
        self._lists = lists
        self._sip = sip
        self._accounts = accounts
        self._tasks = tasks
        self._domains: dict[str, str] = {}
        """What was typed in for accounts that have no setting for it, by their ids."""
        self._shown: SipAccount | None = None
        """Of whom the password is shown, or was last."""
        self.front = False
        """Whether the pane can be seen."""
        self.clipboard = SecretClipboard(page)
        lists.listed.subscribe(self.show)
        lists.learnt.subscribe(self._learn)
        page.table.current_changed.connect(self._pick)
        self._sheet.reveal_asked.connect(lambda: tasks.start(PASSWORD_TASK, self._reveal))
        self._sheet.copy_asked.connect(self._copy)
        self._sheet.domain.entered.connect(lambda text: tasks.start(_DOMAIN_TASK, self._take_domain, text))
        self.clipboard.cleared.connect(lambda: self._sheet.say(""))

    @property
    def chosen(self) -> SipAccount | None:
        """The SIP account that is chosen, with the domain that was typed in where the service tells none."""
        sip, choice = self._lists.chosen, self._lists.choice
        return self.with_domain(choice.account, sip) if sip is not None and choice is not None else None

    def with_domain(self, account: Account, sip: SipAccount) -> SipAccount:
        """Give a SIP account the domain that was typed in, where it has none."""
        return sip if sip.domain else replace(sip, domain=self._domains.get(account.id, ""))

    def show(self, sip_id: str) -> None:
        """Show a SIP account of the list; its password is hidden, unless it is shown already and is still the same."""
        sip, choice = self._lists.account(sip_id), self._lists.choice
        if sip is None or choice is None:
            self._sheet.clear()
            return
        was = self._shown
        same = was is not None and (was.id, was.password) == (sip.id, sip.password)
        managed = self._accounts.offers(choice.account, CanManageSipAccounts)
        fields = model.sheet(
            self.with_domain(choice.account, sip), self._domain_setting(choice.account)[1], managed=managed
        )
        self._page.sheet.show_sheet(model.sheet_title(sip), fields, keep_password=same and self._sheet.password.shown)

    def show_new(self, sip: SipAccount) -> None:
        """Show the password of one that was just created: the service may not tell it again."""
        if sip.password:
            self._shown = sip
            if self.front:
                self._sheet.password.reveal(sip.password)
            text = ngettext(
                "Its password is shown for {n} second. Set up its softphone now, or note it down.",
                "Its password is shown for {n} seconds. Set up its softphone now, or note it down.",
                SHOWN_MS // 1000,
            )
            self._sheet.say(text)
        else:
            self._sheet.say(_("The service has made up a password for it: Show asks for it."))
        self._sheet.set_up.setFocus(Qt.FocusReason.OtherFocusReason)

    def hide(self) -> None:
        """Hide what is secret."""
        self.front = False
        self._tasks.cancel(PASSWORD_TASK)
        self._sheet.password.hide_secret()

    def ask_for_domain(self) -> None:
        """Say that nothing can be done without the domain, and where to type it in."""
        self._sheet.domain.say_wrong(_("This is needed first: without it no phone knows where to sign in."))

    def _pick(self, sip_id: str) -> None:
        self._tasks.cancel(PASSWORD_TASK)
        self._shown = None
        self.show(sip_id)

    def _learn(self, sip_id: str) -> None:
        if sip_id == self._page.table.current:
            self.show(sip_id)

    def _domain_setting(self, account: Account) -> tuple[str, str]:
        """Give key and label of the setting that the domain comes from, "" where the account has none."""
        vendor = next((vendor for vendor in self._accounts.vendors() if vendor.key == account.vendor), None)
        fields = vendor.fields if vendor is not None else ()
        return next(((field.key, field.label) for field in fields if field.kind is FieldKind.HOST), ("", ""))

    async def _take_domain(self, text: str) -> None:
        choice, domain = self._lists.choice, text.strip()
        if choice is None:
            return
        try:
            if not domain:
                raise BadInput(_("The domain is missing."))
            split_host("domain", domain)
            key, _label = self._domain_setting(choice.account)
            if key:
                changed = replace(choice.account, settings={**choice.account.settings, key: domain})
                self._lists.choose_next(self._page.table.current)
                await self._accounts.edit(changed, {})
                return
        except VoipdeskError as error:
            self._sheet.domain.say_wrong(str(error))
            return
        self._domains[choice.account.id] = domain
        self.show(self._page.table.current)

    async def _reveal(self) -> None:
        sip = await self._with_password()
        if sip is not None and self.front:
            self._shown = sip
            self._sheet.password.reveal(sip.password)

    async def _copy_password(self) -> None:
        sip = await self._with_password()
        if sip is not None:
            self.clipboard.copy(sip.password)
            text = ngettext(
                "Password copied. It is taken off the clipboard after {n} second.",
                "Password copied. It is taken off the clipboard after {n} seconds.",
                KEPT_MS // 1000,
            )
            self._sheet.say(text)

    async def _with_password(self) -> SipAccount | None:
        """Give the chosen SIP account with its password; None when it is no longer the chosen one, or has none."""
        choice, sip = self._lists.choice, self._lists.chosen
        if choice is None or sip is None:
            return None
        if not sip.password:
            sip = await self._sip.get(choice.account, sip.id, acting_for=choice.acting_for)
            if choice is not self._lists.choice or sip.id != self._page.table.current:
                return None
            self._lists.keep(sip)
        if not sip.password:
            self._sheet.say(_("The service does not tell this password."))
            return None
        return sip

    def _copy(self, key: str) -> None:
        if key == model.PASSWORD:
            self._tasks.start(PASSWORD_TASK, self._copy_password)
            return
        line = self._sheet.values.get(key)
        if line is not None and line.text():
            self._page.copy(line.text())
            self._sheet.say(_("{what} copied.", what=line.accessibleName()))
