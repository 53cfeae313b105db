"""Everything the program does, built once: the bundle that the window and the command line share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from voipdesk.archive.contacts import ContactArchive
    from voipdesk.archive.store import Store
    from voipdesk.services.accounts import Accounts
    from voipdesk.services.call_log import CallLog
    from voipdesk.services.connections import Connections
    from voipdesk.services.contacts import Contacts
    from voipdesk.services.contacts_import import ContactImports
    from voipdesk.services.contacts_watch import ContactsWatch
    from voipdesk.services.credit import Credit
    from voipdesk.services.customers import Customers
    from voipdesk.services.desktop_settings import DesktopSettings
    from voipdesk.services.dial import Dial
    from voipdesk.services.missed_calls import MissedCalls
    from voipdesk.services.schedule import Schedule
    from voipdesk.services.scripts import Scripts
    from voipdesk.services.sip import Sip
    from voipdesk.services.sip_check import SipCheck
    from voipdesk.services.sip_setup import SipSetup
    from voipdesk.services.status import Status
    from voipdesk.services.sync import Sync
    from voipdesk.settings.paths import Paths
    from voipdesk.settings.preferences import Preferences
    from voipdesk.settings.secrets import Secrets


@dataclass(frozen=True)
class Desk:
    """The services and what they stand on; `close` when done, after the tasks that use them have ended.

    What only some accounts have is built, and its modules are loaded, when it is first asked for.
    """

    paths: Paths
    preferences: Preferences
    secrets: Secrets
    store: Store
    accounts: Accounts
    connections: Connections
    dial: Dial
    call_log: CallLog
    sync: Sync
    schedule: Schedule
    status: Status

    @cached_property
    def customers(self) -> Customers:
        """The customers of accounts that have some."""
        from voipdesk.services.customers import Customers

        return Customers(self.connections)

    @cached_property
    def desktop_settings(self) -> DesktopSettings:
        """What is settled about notices, tray and shortcut."""
        from voipdesk.services.desktop_settings import DesktopSettings

        return DesktopSettings(self.preferences)

    @cached_property
    def missed_calls(self) -> MissedCalls:
        """The calls that wait for somebody."""
        from voipdesk.archive.missed_calls import MissedCallArchive
        from voipdesk.services.missed_calls import MissedCalls

        return MissedCalls(MissedCallArchive(self.store), self.call_log, self.dial)

    @cached_property
    def sip(self) -> Sip:
        """The SIP accounts of accounts, and of the customers they act for."""
        from voipdesk.services.sip import Sip

        return Sip(self.connections)

    @cached_property
    def sip_setup(self) -> SipSetup:
        """The setting up of softphones."""
        from voipdesk.services.sip_setup import SipSetup

        return SipSetup()

    @cached_property
    def scripts(self) -> Scripts:
        """The call scripts of accounts that have some."""
        from voipdesk.services.scripts import Scripts

        return Scripts(self.connections)

    @cached_property
    def sip_check(self) -> SipCheck:
        """The check whether a SIP account works."""
        from voipdesk.services.sip_check import SipCheck

        return SipCheck()

    @cached_property
    def credit(self) -> Credit:
        """The moving of credit; the list of customers follows it."""
        from voipdesk.archive.credit import CreditJournal
        from voipdesk.services.credit import Credit

        credit = Credit(self.connections, CreditJournal(self.store))
        credit.moved.subscribe(self.customers.credit_moved)
        return credit

    @cached_property
    def contacts(self) -> Contacts:
        """The names for numbers."""
        from voipdesk.services.contacts import Contacts

        return Contacts(self._contact_archive, self.preferences)

    @cached_property
    def contact_imports(self) -> ContactImports:
        """The way contacts come in from files."""
        from voipdesk.services.contacts_import import ContactImports

        return ContactImports(self._contact_archive, self.contacts)

    @cached_property
    def contacts_watch(self) -> ContactsWatch:
        """The folders that are followed."""
        from voipdesk.services.contacts_watch import ContactsWatch

        return ContactsWatch(self._contact_archive, self.contacts, self.contact_imports)

    @cached_property
    def _contact_archive(self) -> ContactArchive:
        from voipdesk.archive.contacts import ContactArchive

        return ContactArchive(self.store)

    @classmethod
    async def open(cls, home: Path | None, *, secrets: Secrets | None = None) -> Desk:
        """Build the services and connect the archive; raises as both do."""
        desk = cls.build(home, secrets=secrets)
        try:
            await desk.connect()
        except BaseException:
            await desk.close()
            raise
        return desk

    @classmethod
    def build(cls, home: Path | None, *, secrets: Secrets | None = None) -> Desk:
        """Build the services; no database, keyring, HTTP or telephone-number library is loaded yet.

        `home` as for Paths.find. Raises StorageFailed when folders cannot be made. A broken settings file is reported
        where the accounts are asked for: what is in the archive can be read without them. What is asked of the archive
        waits until `connect`, but for the newest calls.
        """
        from voipdesk.archive.accounts import AccountIndex
        from voipdesk.archive.budget import BudgetLedger
        from voipdesk.archive.call_log import CallLogArchive
        from voipdesk.archive.dials import DialJournal
        from voipdesk.archive.status import StatusHistory
        from voipdesk.archive.store import Store
        from voipdesk.archive.sync_state import SyncState
        from voipdesk.providers.registry import providers
        from voipdesk.services.accounts import Accounts
        from voipdesk.services.call_log import CallLog
        from voipdesk.services.connections import Connections
        from voipdesk.services.dial import Dial
        from voipdesk.services.schedule import Schedule
        from voipdesk.services.status import Status
        from voipdesk.services.sync import Sync
        from voipdesk.settings.paths import Paths
        from voipdesk.settings.preferences import Preferences
        from voipdesk.settings.secrets import Secrets

        paths = Paths.find(home)
        preferences, secrets, store = Preferences(paths.settings_file), secrets or Secrets(), Store(paths.archive_file)
        known = providers()
        archive, sync_state = CallLogArchive(store), SyncState(store)
        connections = Connections(known, secrets, BudgetLedger(store))
        accounts = Accounts(preferences, secrets, known, connections, AccountIndex(store))
        sync = Sync(accounts, connections, archive, sync_state, changed_elsewhere=store.changed_elsewhere)
        return cls(
            paths=paths,
            preferences=preferences,
            secrets=secrets,
            store=store,
            accounts=accounts,
            connections=connections,
            dial=Dial(connections, DialJournal(store), preferences),
            call_log=CallLog(archive, sync_state, accounts, sync.calls_changed),
            sync=sync,
            schedule=Schedule(accounts, connections, sync),
            status=Status(accounts, connections, StatusHistory(store), sync_state),
        )

    async def connect(self) -> None:
        """Open the archive; raises StorageFailed when it cannot be made or read, and may be tried again."""
        await self.store.connect()
        await self.accounts.remember_names()

    async def until_connected(self) -> None:
        """Wait until `connect` has opened the archive."""
        await self.store.until_connected()

    async def close(self) -> None:
        """Close the connections, then what they ask: the keyring, and the archive; harmless a second time."""
        try:
            await self.connections.close()
        finally:
            self.secrets.close()
            await self.store.close()
