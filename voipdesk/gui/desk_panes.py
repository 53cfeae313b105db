"""The panes of a desk: built together, offered as far as the accounts can use them, brought forward for one another."""

from __future__ import annotations

import asyncio
import contextlib
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from voipdesk.core.call_log import HasCallLog
from voipdesk.core.customers import HasCustomers
from voipdesk.core.dial import CanDial, DialOutcome
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.core.scripts import HasScripts
from voipdesk.core.status import HasStatus
from voipdesk.gui.budget.presenter import BudgetPresenter
from voipdesk.gui.call_log.presenter import CallLogPane
from voipdesk.gui.first_rows import FirstRows
from voipdesk.gui.late_pane import LateExportPane, LatePane, LateSearchPane
from voipdesk.gui.loop import keep_what_is_loaded
from voipdesk.gui.messages import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.dial import DialRecord
    from voipdesk.gui.accounts.presenter import AccountsPane
    from voipdesk.gui.around import AroundMaker
    from voipdesk.gui.budget.view import StatusLine
    from voipdesk.gui.call_log.first_look import FirstLook
    from voipdesk.gui.contacts.presenter import ContactsPane
    from voipdesk.gui.customers.presenter import CustomersPane
    from voipdesk.gui.dial.presenter import DialPane
    from voipdesk.gui.main_window import MainWindow
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.scripts.presenter import ScriptsPane
    from voipdesk.gui.settings.presenter import SettingsPane
    from voipdesk.gui.settings.section import Section
    from voipdesk.gui.settings.surroundings import Surroundings
    from voipdesk.gui.sip.presenter import SipPane
    from voipdesk.gui.status.presenter import StatusPane
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.welcome import Welcome
    from voipdesk.services.contacts_watch import WatchNews
    from voipdesk.services.desk import Desk
    from voipdesk.services.sip_check import SipCheck

ROWS_WITHIN_S = 0.5
"""Seconds after which the first rows are waited for no longer."""
SCHEDULE_AFTER_S = 1.5
"""Seconds from the archive's opening to the first request: totals come first, 0.7 s for a million calls."""
NEEDS = {
    "dial": CanDial,
    "call_log": HasCallLog,
    "customers": HasCustomers,
    "scripts": HasScripts,
    "status": HasStatus,
}
"""What some account's service must offer for a pane to be of use."""
ALWAYS = ("contacts", "sip", "accounts", "settings")
"""The panes that are of use without any account: contacts and SIP settings can be entered by hand."""
LATE_SERVICES = {
    "contacts": ("voipdesk.services.contacts_watch", "voipdesk.services.contacts_import"),
    "customers": ("voipdesk.services.customers", "voipdesk.services.credit"),
    "sip": ("voipdesk.services.sip",),
    "scripts": ("voipdesk.services.scripts",),
}
"""What `Desk` loads when a pane first asks for it, which would cost the window 50 ms."""
AFTER_DIAL_S = 20
"""Seconds after which a call just placed is looked for in the log: by then it was answered, or has rung long enough."""


class DeskPanes(QObject):
    """Builds the panes on a desk's services and keeps the list of them true."""

    demo_asked = Signal()

    def __init__(
        self,
        window: MainWindow,
        foot: StatusLine,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
        look: FirstLook,
        surroundings: Callable[[], Surroundings] | None = None,
        around: AroundMaker | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._tasks = tasks
        self._messages = messages
        self._theme = theme
        self._with_demo = False
        self._dial = LatePane("dial", N_("Dial"), "dial", self._build_dial)
        self._contacts = LateExportPane("contacts", N_("Contacts"), "contacts", self._build_contacts)
        self._customers = LateSearchPane("customers", N_("Customers"), "customers", self._build_customers)
        self._sip = LateSearchPane("sip", N_("SIP accounts"), "sip", self._build_sip)
        self._scripts = LateSearchPane("scripts", N_("Call scripts"), "scripts", self._build_scripts)
        self._status = LatePane("status", N_("Status"), "status", self._build_status)
        self._accounts = LatePane("accounts", N_("Accounts"), "accounts", self._build_accounts)
        self._surroundings = surroundings
        self._around = around
        self._settings = LatePane("settings", N_("Settings"), "settings", self._build_settings)
        self._call_log = CallLogPane(
            desk.call_log,
            desk.accounts,
            desk.schedule,
            desk.preferences,
            tasks,
            messages,
            look,
            contacts=lambda: desk.contacts,
            missed_calls=lambda: desk.missed_calls,
            call_back=self.call_back,
            open_contact=self._open_contact,
            connect=self._connect,
        )
        self._first_rows = FirstRows(self._call_log.widget.table)
        self._budget = BudgetPresenter(foot, desk, tasks, messages, self._to_accounts)
        window.account_shown.connect(self._budget.follow)
        self._unsubscribe = (
            desk.accounts.changed.subscribe(lambda _none: self._start_offer()),
            desk.dial.dialled.subscribe(self._dialled),
        )
        window.seen_changed.connect(desk.schedule.set_visible)
        self._panes = (
            self._dial,
            self._call_log,
            self._contacts,
            self._customers,
            self._sip,
            self._scripts,
            self._status,
            self._accounts,
            self._settings,
        )
        window.add_panes(self._panes)

    def open(self, pane: str, *, with_demo: bool) -> None:
        """Offer what the accounts can use, begin with `pane`, and start what runs as long as the window is open."""
        self._with_demo = with_demo
        self._offer()
        if not self._window.covered:
            self._window.go_to(pane if pane in self._window.offered else self._window.offered[0])
        self._budget.start()
        self._tasks.keep("schedule", self._run_schedule)

    async def painted(self) -> None:
        """Wait until the newest calls are on the screen, if the call log is in front and has any."""
        if self._window.current == self._call_log.key:
            await self._first_rows.painted(ROWS_WITHIN_S)

    async def _run_schedule(self) -> None:
        """Load the other panes and begin with the service, once the rows that are known are there."""
        await self._desk.until_connected()
        await asyncio.sleep(SCHEDULE_AFTER_S)
        for pane in self._window.offered:
            for module in (f"voipdesk.gui.{pane}.presenter", *LATE_SERVICES.get(pane, ())):
                await asyncio.to_thread(import_module, module)
        self._dial.pane  # noqa: B018 - so that the first Ctrl+D finds it
        keep_what_is_loaded()
        if "contacts" in self._window.offered:
            self._desk.contacts_watch.told.subscribe(self._contact_news)
            self._tasks.keep("contacts: watch", self._desk.contacts_watch.run)
        await self._desk.schedule.run()

    def _build_dial(self) -> DialPane:
        from voipdesk.gui.dial.presenter import DialPane

        desk = self._desk
        return DialPane(
            desk.dial,
            desk.accounts,
            desk.call_log,
            self._tasks,
            self._messages,
            self._theme,
            desk.contacts,
            self._to_accounts,
        )

    def _build_customers(self) -> CustomersPane:
        from voipdesk.gui.customers.presenter import CustomersPane

        desk = self._desk
        return CustomersPane(
            desk.customers, desk.credit, desk.accounts, self._tasks, self._messages, self._theme, self._act_for
        )

    def _build_contacts(self) -> ContactsPane:
        from voipdesk.gui.contacts.presenter import ContactsPane

        desk = self._desk
        return ContactsPane(
            desk.contacts, desk.contact_imports, desk.contacts_watch, self._tasks, self._messages, self._theme,
            self.call_back,
        )  # fmt: skip

    def _build_sip(self) -> SipPane:
        from voipdesk.gui.sip.presenter import SipPane

        desk = self._desk
        return SipPane(
            desk.sip,
            desk.customers,
            desk.accounts,
            desk.connections.budget,
            lambda: desk.sip_setup,
            _new_check,
            self._tasks,
            self._messages,
            self._theme,
        )

    def _build_scripts(self) -> ScriptsPane:
        from voipdesk.gui.scripts.presenter import ScriptsPane

        desk = self._desk
        return ScriptsPane(desk.scripts, desk.accounts, self._tasks, self._messages, self._theme)

    def _build_status(self) -> StatusPane:
        from voipdesk.gui.status.presenter import StatusPane

        desk = self._desk
        return StatusPane(desk.status, desk.accounts, desk.schedule.changed, self._tasks, self._messages, self._theme)

    def _build_accounts(self) -> AccountsPane:
        from voipdesk.gui.accounts.presenter import AccountsPane

        desk = self._desk
        return AccountsPane(desk.accounts, desk.secrets.available, self._tasks, self._messages, self._theme)

    def _build_settings(self) -> SettingsPane:
        from voipdesk.gui.settings.language_section import LanguageSection
        from voipdesk.gui.settings.links_section import LinksSection
        from voipdesk.gui.settings.notices_section import NoticesSection
        from voipdesk.gui.settings.presenter import SettingsPane
        from voipdesk.gui.settings.shortcut_section import ShortcutSection
        from voipdesk.gui.settings.window_section import WindowSection

        desk = self._desk
        sections: list[Section] = []
        if self._surroundings is not None:
            sections.append(LinksSection(self._surroundings(), desk.dial, self._tasks, self._theme))
        sections.append(NoticesSection(desk.desktop_settings, desk.call_log, self._tasks))
        if self._around is not None:
            around = self._around()
            sections.append(ShortcutSection(desk.desktop_settings, around, self._tasks, self._theme))
            sections.append(WindowSection(desk.desktop_settings, around, self._tasks))
        sections.append(LanguageSection(desk.desktop_settings, self._tasks))
        return SettingsPane(sections)

    def fill(self, link: str) -> None:
        """Put a number from a link into the dial field; it is the person who dials."""
        if "dial" in self._window.offered:
            self._window.go_to("dial")
            self._dial.pane.fill(link)
        else:
            self._messages.show(
                Level.INFO,
                _("There is no account to dial with yet."),
                _("Connect a service, then open the link again."),
            )

    @property
    def dial_pane(self) -> DialPane | None:
        """What dials, and says what comes of it; None where no account can."""
        return self._dial.pane if "dial" in self._window.offered else None

    @property
    def newest_calls_in_view(self) -> bool:
        """Whether the newest calls of all are on the screen."""
        return self._window.current == self._call_log.key and self._call_log.shows_newest

    def close(self) -> None:
        """Let go of the services."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()
        for pane in self._panes:
            pane.close()
        self._budget.stop()

    def _start_offer(self) -> None:
        self._tasks.start("panes", self._offer_anew)

    async def _offer_anew(self) -> None:
        had_none = self._window.covered
        self._offer()
        if had_none and not self._window.covered and not self._window.current:
            self._window.go_to("accounts")

    def _offer(self) -> None:
        """List the panes that some account can use, or the ways to begin when there is none."""
        accounts = self._desk.accounts.list()
        offers = self._desk.accounts.offers
        keys = [key for key, need in NEEDS.items() if any(offers(account, need) for account in accounts)]
        self._window.offer([*keys, *ALWAYS], None if accounts else self._welcome())

    def _welcome(self) -> Welcome:
        from voipdesk.gui.widgets.welcome import Welcome

        welcome = Welcome(self._theme, with_demo=self._with_demo)
        welcome.connect_asked.connect(self._connect)
        welcome.demo_asked.connect(self.demo_asked)
        return welcome

    def _to_accounts(self) -> None:
        self._window.go_to("accounts")

    def _connect(self) -> None:
        self._window.go_to("accounts")
        self._accounts.pane.begin_add()

    def _act_for(self, account_id: str, customer_name: str) -> None:
        self._window.go_to("sip")
        self._sip.pane.act_for(account_id, customer_name)

    def _contact_news(self, news: WatchNews) -> None:
        """Let the contacts pane, built for it at the latest, say what became of a watched file."""
        self._contacts.pane.tell(news)

    def _open_contact(self, number: str, name: str, contact_id: int) -> None:
        self._window.go_to("contacts")
        self._contacts.pane.open(number, name, contact_id)

    def call_back(self, number: str) -> None:
        """Dial a number that the person pressed, in the dial pane, which says what comes of it."""
        self._window.go_to("dial")
        self._dial.pane.call(number)

    def _dialled(self, record: DialRecord) -> None:
        if record.outcome is DialOutcome.ACCEPTED:
            self._tasks.start("refresh after dial", self._refresh_after, record)

    async def _refresh_after(self, record: DialRecord) -> None:
        await asyncio.sleep(AFTER_DIAL_S)
        account = next((a for a in self._desk.accounts.list() if a.id == record.account_id), None)
        if account is not None:
            # Nobody asked for it: the schedule comes by itself, and says in the status line why it waits.
            with contextlib.suppress(VoipdeskError):
                await self._desk.schedule.refresh_now(account)


def _new_check() -> SipCheck:
    """Make a check; loads what it needs, so call it in a thread."""
    from voipdesk.services.sip_check import SipCheck

    return SipCheck()
