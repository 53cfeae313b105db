"""Connected clients, one for each account and priority, made when first needed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, SecretMissing
from voipdesk.core.language import _
from voipdesk.services.events import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.archive.budget import BudgetLedger
    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Budget, Limit, Priority
    from voipdesk.providers.provider import Client, Provider
    from voipdesk.settings.secrets import Secrets


class Connections:
    """Makes clients and keeps them, so that the next request finds its connection open.

    A client stays as long as its account's settings do. One that is replaced or dropped is closed with the rest, not at
    once: a request may be under way on it.
    """

    def __init__(self, providers: Mapping[str, Provider], secrets: Secrets, ledger: BudgetLedger) -> None:
        self.budget_changed: Event[str] = Event()
        """The budget of the account with this id is another; what other processes send is not told."""
        self._providers = providers
        self._secrets = secrets
        self._ledger = ledger
        self._clients: dict[tuple[str, Priority], tuple[Account, Client]] = {}
        self._retired: list[Client] = []
        self._locks: dict[str, asyncio.Lock] = {}

    def provider(self, vendor: str) -> Provider:
        """Find the provider of a vendor; BadInput for one this program does not know."""
        try:
            return self._providers[vendor]
        except KeyError:
            known = ", ".join(sorted(self._providers))
            raise BadInput(
                _("“{name}” is not a service this program knows.", name=vendor),
                advice=_("It knows: {names}.", names=known),
            ) from None

    async def client(self, account: Account, priority: Priority) -> Client:
        """Give the account's client; raises SecretMissing, KeyringFailed, or BadInput for settings that cannot be."""
        async with self._locks.setdefault(account.id, asyncio.Lock()):
            kept = self._clients.get((account.id, priority))
            if kept is not None and same_service(kept[0], account):
                return kept[1]
            provider = self.provider(account.vendor)
            secrets = await self._secrets_of(account, provider)
            client = await self.connect(account, secrets, priority)
            if kept is not None:
                self._retired.append(kept[1])
            self._clients[account.id, priority] = (account, client)
            return client

    async def connect(self, account: Account, secrets: Mapping[str, str], priority: Priority) -> Client:
        """Make a client that is the caller's to close, with secrets that need not be in the keyring."""
        provider = self.provider(account.vendor)
        budget = self._ledger.for_account(account.id, self.limit(account), priority, self.budget_changed.emit)
        # Off the event loop: the first one loads the HTTP library and the certificates, a tenth of a second and more.
        # A function without arguments: the window's loop writes those of a thread's function to its debug log.
        return await asyncio.to_thread(lambda: provider.connect(account, secrets, budget))

    def limit(self, account: Account) -> Limit:
        """Read the account's request limit from its settings."""
        return self.provider(account.vendor).limit(account)

    async def budget(self, account: Account) -> Budget:
        """Look up the account's request budget as it stands, all processes together."""
        return await self._ledger.look(account.id, self.limit(account))

    def drop(self, account_id: str) -> None:
        """Forget the account's clients: its secrets changed or it is gone."""
        for key in [key for key in self._clients if key[0] == account_id]:
            self._retired.append(self._clients.pop(key)[1])

    async def close(self) -> None:
        """Close every client; harmless a second time."""
        clients = [client for _, client in self._clients.values()] + self._retired
        self._clients.clear()
        self._retired = []
        # One that fails to close is gone anyway, and must not keep the others open.
        await asyncio.gather(*(client.aclose() for client in clients), return_exceptions=True)

    async def _secrets_of(self, account: Account, provider: Provider) -> dict[str, str]:
        secrets = {}
        for field in provider.vendor.secrets:
            secrets[field.key] = await self._secrets.get(account.id, field.key)
            if field.required and not secrets[field.key]:
                raise SecretMissing(
                    _(
                        "The {secret} of “{account}” is not in the system keyring.",
                        secret=field.label,
                        account=account.name,
                    ),
                    advice=" ".join(
                        (_("Enter it again under Accounts ▸ Edit."), await self._secrets.available())
                    ).strip(),
                )
        return secrets


def same_service(one: Account, other: Account) -> bool:
    """Tell whether what was read from one is true of the other: the same vendor, asked with the same settings."""
    return one.vendor == other.vendor and one.settings == other.settings
