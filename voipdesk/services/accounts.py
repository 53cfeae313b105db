"""Adding, changing, testing and removing accounts: settings in the file, secrets in the keyring, both or neither."""

from __future__ import annotations

import contextlib
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voipdesk.core.accounts import Account, CanTest, Check, TestReport
from voipdesk.core.budget import Priority
from voipdesk.core.call_log import HasCallLog
from voipdesk.core.errors import BadInput, KeyringFailed, StorageFailed, about_field
from voipdesk.core.language import _
from voipdesk.services.account_fields import check_fixed, check_secrets, with_defaults
from voipdesk.services.events import Event
from voipdesk.services.whole_file import in_thread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voipdesk.archive.accounts import AccountIndex
    from voipdesk.core.accounts import Vendor
    from voipdesk.core.call_log import Source
    from voipdesk.providers.provider import Provider
    from voipdesk.services.connections import Connections
    from voipdesk.settings.preferences import Preferences
    from voipdesk.settings.secrets import Secrets


@dataclass(frozen=True, slots=True)
class Added:
    """An account as it was saved, and whether its secrets are in the keyring or last for this run only."""

    account: Account
    kept_in_keyring: bool


class Accounts:
    """The user's accounts. Names are unique whatever their case; `changed` follows every change made here."""

    def __init__(
        self,
        preferences: Preferences,
        secrets: Secrets,
        providers: Mapping[str, Provider],
        connections: Connections,
        index: AccountIndex,
    ) -> None:
        self.changed: Event[None] = Event()
        self._preferences = preferences
        self._secrets = secrets
        self._providers = providers
        self._connections = connections
        self._index = index

    def list(self) -> tuple[Account, ...]:
        """List all accounts in the order they were added; BadInput when the settings file cannot be read."""
        return self._preferences.accounts()

    def get(self, name: str | None) -> Account:
        """Find an account by name, or the only one there is; BadInput says which there are."""
        accounts = self.list()
        if not accounts:
            raise BadInput(
                _("There is no account yet."), advice=_("Add one under Accounts, or with “voipdesk accounts add”.")
            )
        names = ", ".join(f"“{account.name}”" for account in accounts)
        if name is None:
            if len(accounts) > 1:
                raise BadInput(_("There are several accounts."), advice=_("Say which one: {names}.", names=names))
            return accounts[0]
        for account in accounts:
            if _folded(account.name) == _folded(name):
                return account
        raise BadInput(_("There is no account “{name}”.", name=name), advice=_("There is: {names}.", names=names))

    def vendors(self) -> tuple[Vendor, ...]:
        """List the services an account can be added for."""
        return tuple(provider.vendor for provider in self._providers.values())

    def offers(self, account: Account, capability: type) -> bool:
        """Tell whether the account's service has a capability protocol of core, such as CanDial."""
        return capability in self._connections.provider(account.vendor).capabilities(account)

    def call_sources(self, account: Account) -> tuple[Source, ...]:
        """Give the call logs that the account's service keeps, none where it keeps none."""
        provider = self._connections.provider(account.vendor)
        return provider.call_sources(account) if HasCallLog in provider.capabilities(account) else ()

    async def add(
        self, vendor: str, name: str, my_number: str, settings: Mapping[str, str], secrets: Mapping[str, str]
    ) -> Added:
        """Add an account; nothing is kept when any part of it fails. BadInput names what cannot be as given."""
        provider = self._connections.provider(vendor)
        account = Account(
            id=uuid.uuid4().hex, name=name.strip(), vendor=vendor, my_number=my_number.strip(), settings=dict(settings)
        )
        account = with_defaults(account, provider.vendor)
        self._check(account, provider, secrets, new=True)
        return await self._save(account, secrets, before=None)

    async def edit(self, account: Account, secrets: Mapping[str, str]) -> Added:
        """Save a changed account, found by its id; only the secrets that are given change."""
        before = self._by_id(account.id)
        provider = self._connections.provider(before.vendor)
        account = replace(account, name=account.name.strip(), my_number=account.my_number.strip())
        account = with_defaults(account, provider.vendor)
        check_fixed(before, account, provider.vendor)
        self._check(account, provider, secrets, new=False)
        return await self._save(account, secrets, before=before)

    async def remove(self, account_id: str, *, with_calls: bool = False) -> None:
        """Remove an account and its secrets; its calls stay under its name unless they are to go too.

        The journal of credit transfers stays in any case.
        """
        self._by_id(account_id)
        # The secrets first: were they to stay behind, nothing would lead to them any more.
        await self._secrets.remove(account_id)
        await in_thread(self._preferences.remove_account, account_id)
        self._connections.drop(account_id)
        try:
            if with_calls:
                await self._index.forget(account_id)
        finally:
            self.changed.emit(None)

    async def test(self, account_id: str) -> TestReport:
        """Connect and sign in with what is saved; a failure is raised as the error that names its cause."""
        account = self._by_id(account_id)
        return await _test(await self._connections.client(account, Priority.USER))

    async def test_unsaved(
        self,
        vendor: str,
        settings: Mapping[str, str],
        secrets: Mapping[str, str],
        my_number: str = "",
        account_id: str = "",
    ) -> TestReport:
        """Connect and sign in with what a form holds; when it edits, `account_id` lends the secrets not entered."""
        provider = self._connections.provider(vendor)
        known = {f.key: secrets.get(f.key, "") for f in provider.vendor.secrets}
        if account_id:
            known = {key: value or await self._secrets.get(account_id, key) for key, value in known.items()}
        # Requests for an account that is not there yet are counted together, by vendor.
        id_ = account_id or f"unsaved {vendor}"  # NON-NLS: a key
        account = Account(id_, vendor, vendor, my_number.strip(), dict(settings))
        account = with_defaults(account, provider.vendor)
        check_secrets(account, provider.vendor, known, all_given=True)
        provider.check(account)
        client = await self._connections.connect(account, known, Priority.USER)
        try:
            return await _test(client)
        finally:
            await client.aclose()

    async def remember_names(self) -> None:
        """Tell the archive the names that were changed in the settings file by hand, or by another process."""
        try:
            accounts = self.list()
        except BadInput:
            return  # reported where the accounts are shown; the archive keeps the names it has
        known = await self._index.names()
        for account in accounts:
            if known.get(account.id) != account.name:
                await self._index.remember(account.id, account.name)

    def _by_id(self, account_id: str) -> Account:
        for account in self.list():
            if account.id == account_id:
                return account
        raise BadInput(_("This account was removed in the meantime."))

    def _check(self, account: Account, provider: Provider, secrets: Mapping[str, str], *, new: bool) -> None:
        with about_field("name"):
            self._check_name(account)
        check_secrets(account, provider.vendor, secrets, all_given=new)
        provider.check(account)

    def _check_name(self, account: Account) -> None:
        if not account.name:
            raise BadInput(_("The account needs a name."))
        for other in self.list():
            if other.id != account.id and _folded(other.name) == _folded(account.name):
                raise BadInput(
                    _("There is already an account “{name}”.", name=other.name), advice=_("Choose another name.")
                )

    async def _save(self, account: Account, secrets: Mapping[str, str], before: Account | None) -> Added:
        given = {key: value for key, value in secrets.items() if value}
        old = await self._old_secrets(account.id, given) if before else {}
        try:
            kept = [await self._secrets.set(account.id, key, value) for key, value in given.items()]
            await in_thread(self._preferences.save_account, account)
        except BaseException:
            await self._undo(account.id, before, old)
            raise
        if given:
            self._connections.drop(account.id)
        try:
            await self._index.remember(account.id, account.name)
        finally:
            self.changed.emit(None)
        return Added(account, kept_in_keyring=all(kept))

    async def _old_secrets(self, account_id: str, keys: Iterable[str]) -> dict[str, str]:
        # One that cannot be read cannot be put back either, and is often the reason to enter it again.
        try:
            return {key: await self._secrets.get(account_id, key) for key in keys}
        except KeyringFailed:
            return {}

    async def _undo(self, account_id: str, before: Account | None, old: Mapping[str, str]) -> None:
        # What went wrong in the first place is what the user must hear of.
        with contextlib.suppress(StorageFailed, BadInput):
            if before is None:
                await in_thread(self._preferences.remove_account, account_id)
            else:
                await in_thread(self._preferences.save_account, before)
        with contextlib.suppress(KeyringFailed):
            if before is None:
                await self._secrets.remove(account_id)
            for key, value in old.items():
                await self._secrets.set(account_id, key, value)


async def _test(client: object) -> TestReport:
    if isinstance(client, CanTest):
        return await client.test()
    return TestReport((Check(passed=False, text=_("This service has nothing to test a connection with.")),))


def _folded(name: str) -> str:
    return name.strip().casefold()
