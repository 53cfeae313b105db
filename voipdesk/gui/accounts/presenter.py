"""What the accounts pane's buttons do."""

from __future__ import annotations

import asyncio
import zoneinfo
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import N_, _, joined, ngettext
from voipdesk.gui.accounts import model
from voipdesk.gui.accounts.view import AccountsView
from voipdesk.gui.messages import Level
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from voipdesk.core.accounts import Account
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.accounts import Accounts


class AccountsPane:
    """Lists, adds, edits, tests and removes accounts."""

    key = "accounts"
    title = N_("Accounts")
    icon = "accounts"
    badge = ""
    account = ""

    def __init__(
        self,
        accounts: Accounts,
        keyring_missing: Callable[[], Awaitable[str]],
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
    ) -> None:
        self._accounts = accounts
        self._keyring_missing = keyring_missing
        self._tasks = tasks
        self._messages = messages
        self._edited: Account | None = None
        self.view = AccountsView(theme)
        self.view.empty.begun.connect(self.begin_add)
        self.view.list.add_asked.connect(self.begin_add)
        self.view.list.edit_asked.connect(self._begin_edit)
        self.view.list.test_asked.connect(lambda account_id: self._start("accounts: test", self._test, account_id))
        self.view.list.remove_asked.connect(
            lambda account_id: self._start("accounts: remove", self._remove, account_id)
        )
        self.view.form.save_asked.connect(lambda: self._start("accounts: save", self._save))
        self.view.form.test_asked.connect(lambda: self._start("accounts: test", self._test_form))
        self.view.form.cancelled.connect(self._leave_form)
        self._unsubscribe = accounts.changed.subscribe(lambda _none: self._list_anew())
        self._list_anew()

    @property
    def widget(self) -> AccountsView:
        """What it shows."""
        return self.view

    def shown(self) -> None:
        """Look whether there is a keyring, and at what another process changed."""
        self._list_anew()
        self._tasks.start("accounts: keyring", self._look_for_keyring)

    def hidden(self) -> None:
        """Keep what is entered in the form."""

    def refresh(self) -> None:
        """Read the settings file anew."""
        self.shown()

    def close(self) -> None:
        """Let go of the services."""
        self._unsubscribe()

    def begin_add(self) -> None:
        """Show the empty form."""
        self._edited = None
        self.view.form.open_new(self._accounts.vendors())
        self.view.show_page(self.view.form)
        self._tasks.start("accounts: zones", self._offer_zones)

    def _begin_edit(self, account_id: str) -> None:
        self._start("accounts: edit", self._open_form, account_id)

    def _start(self, name: str, function: Callable[..., Awaitable[None]], *args: str) -> None:
        if not self._tasks.running(name):
            self._tasks.start(name, function, *args)

    async def _open_form(self, account_id: str) -> None:
        account = next((a for a in self._accounts.list() if a.id == account_id), None)
        vendor = next((v for v in self._accounts.vendors() if account and v.key == account.vendor), None)
        if account is None or vendor is None:
            return
        self._edited = account
        self.view.form.open_for(account.name, vendor, model.values_of(account, vendor))
        self.view.show_page(self.view.form)
        await self._offer_zones()

    async def _offer_zones(self) -> None:
        self.view.form.offer_zones(sorted(await asyncio.to_thread(zoneinfo.available_timezones)))

    def _leave_form(self) -> None:
        for name in ("accounts: test", "accounts: save"):
            self._tasks.cancel(name)
        self._edited = None
        self.view.show_page(self.view.list)
        self._list_anew()

    def _list_anew(self, select: str = "") -> None:
        self._tasks.start("accounts: list", self._show_list, select)

    async def _show_list(self, select: str) -> None:
        vendors = {vendor.key: vendor for vendor in self._accounts.vendors()}
        rows = [
            model.account_row(account, vendors.get(account.vendor), partial(self._offers, account))
            for account in self._accounts.list()
        ]
        self.view.list.show_rows(rows, select)
        if self.view.page is not self.view.form:
            self.view.show_page(self.view.list if rows else self.view.empty)

    def _offers(self, account: Account, capability: type) -> bool:
        try:
            return self._accounts.offers(account, capability)
        except BadInput:  # a service that this version does not know
            return False

    async def _look_for_keyring(self) -> None:
        reason = await self._keyring_missing()
        notice = _("New keys and passwords are kept for this run only and never written to a file.")
        self.view.list.show_notice(Saying(Tone.WARNING, reason, notice) if reason else None)

    def _entered(self) -> model.Draft | None:
        form = self.view.form
        errors = model.missing(model.form_fields(form.vendor), form.values, editing=self._edited is not None)
        form.show_errors(errors)
        return None if errors else model.draft_of(form.vendor, form.values)

    def _show_form_error(self, error: VoipdeskError) -> None:
        form = self.view.form
        key = model.field_of(error, model.form_fields(form.vendor))
        if key:
            form.show_errors({key: str(error)})
            form.result.clear()
        else:
            form.result.show_sayings([model.failure(error)])

    async def _save(self) -> None:
        draft = self._entered()
        if draft is None:
            return
        self.view.form.set_busy(busy=True)
        try:
            if self._edited is None:
                added = await self._accounts.add(
                    draft.vendor, draft.name, draft.my_number, draft.settings, draft.secrets
                )
            else:
                changed = replace(
                    self._edited, name=draft.name, my_number=draft.my_number, settings=dict(draft.settings)
                )
                added = await self._accounts.edit(changed, draft.secrets)
        except VoipdeskError as error:
            self._show_form_error(error)
            return
        finally:
            self.view.form.set_busy(busy=False)
        if draft.secrets and not added.kept_in_keyring:
            names = [f.label for f in self.view.form.vendor.secrets if f.key in draft.secrets]
            self._messages.show(
                Level.WARNING,
                ngettext(
                    "{secret} is kept for this run only, for there is no keyring it could be kept in.",
                    "{secret} are kept for this run only, for there is no keyring they could be kept in.",
                    len(names),
                    secret=joined(names),
                ),
                _("Enter it again after the next start, or set up a keyring such as GNOME Keyring or KWallet."),
                topic="keyring",
            )
        self._edited = None
        self.view.show_page(self.view.list)
        await self._show_list(added.account.id)
        await self._test(added.account.id)

    async def _test_form(self) -> None:
        draft = self._entered()
        if draft is None:
            return
        form = self.view.form
        form.set_busy(busy=True)
        form.result.show_sayings([model.testing()])
        try:
            report = await self._accounts.test_unsaved(
                draft.vendor,
                draft.settings,
                draft.secrets,
                draft.my_number,
                account_id=self._edited.id if self._edited else "",
            )
            form.result.show_sayings(model.steps(report))
        except VoipdeskError as error:
            self._show_form_error(error)
        finally:
            form.set_busy(busy=False)

    async def _test(self, account_id: str) -> None:
        accounts = self.view.list
        accounts.set_busy(busy=True)
        accounts.result.show_sayings([model.testing()])
        try:
            sayings = model.steps(await self._accounts.test(account_id))
        except VoipdeskError as error:
            sayings = [model.failure(error)]
        finally:
            accounts.set_busy(busy=False)
        if accounts.selected == account_id:
            accounts.result.show_sayings(sayings)

    async def _remove(self, account_id: str) -> None:
        account = next((a for a in self._accounts.list() if a.id == account_id), None)
        if account is None:
            return
        choice = await self._messages.choose(
            self.view,
            _("Remove the account {account}?", account=account.name),
            _(
                "Its secrets are removed from the keyring. The calls in its log can stay, to be searched under its "
                "name."
            ),
            {"keep": _("Remove, keep its calls"), "all": _("Remove with its calls")},
        )
        if choice:
            await self._accounts.remove(account_id, with_calls=choice == "all")
