"""SIP accounts of an account, or of a customer it acts for."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.core.budget import Priority
from voipdesk.core.customers import CanActFor
from voipdesk.core.errors import BadInput, NotFound
from voipdesk.core.sip import HasSipAccounts
from voipdesk.services.near_names import like_it

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.services.connections import Connections


@dataclass(frozen=True, slots=True)
class SipList:
    """SIP accounts, whose they are, and when they were read."""

    account_id: str
    acting_for: str
    """The name of the customer, "" for the account itself."""
    accounts: tuple[SipAccount, ...]
    at: datetime


class Sip:
    """Reads SIP accounts, always afresh; `acting_for` names a customer of the account, "" is the account itself.

    Each raises BadInput where the account's service has no SIP accounts, or cannot act for customers.
    """

    def __init__(self, connections: Connections, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._connections = connections
        self._clock = clock

    async def list(self, account: Account, *, acting_for: str = "") -> SipList:
        """List all SIP accounts: one request. Whether they have their passwords is the service's to decide."""
        client, at = await self._client(account, acting_for), self._clock()
        with _whose(account, acting_for):
            accounts = await client.fetch_sip_accounts(acting_for=acting_for)
        return SipList(account.id, acting_for, tuple(accounts), at)

    async def get(self, account: Account, sip_id: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password; NotFound when it is not there."""
        client = await self._client(account, acting_for)
        with _whose(account, acting_for, f"SIP account “{sip_id}”"):
            return await client.fetch_sip_account(sip_id, acting_for=acting_for)

    async def find(self, account: Account, text: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password, by its id, user name or extension: two requests.

        NotFound tells of user names like it; BadInput when one has as user name what another has as extension.
        """
        listed = (await self.list(account, acting_for=acting_for)).accounts
        wanted = text.strip().casefold()
        found = [one for one in listed if one.id.casefold() == wanted] or [
            one for one in listed if wanted in {one.username.casefold(), one.extension.casefold()}
        ]
        if not wanted or not found:
            near = await asyncio.to_thread(lambda: like_it(text, (one.username for one in listed)))
            whose = f"“{acting_for}”" if acting_for else f"“{account.name}”"
            raise NotFound(f"{whose} has no SIP account “{text}”.", advice=near)
        if len(found) > 1:
            ids = ", ".join(f"{one.id} ({one.username}, extension {one.extension or 'none'})" for one in found[:5])
            raise BadInput(f"“{text}” is more than one SIP account.", advice=f"Give the id of one: {ids}.")
        return await self.get(account, found[0].id, acting_for=acting_for)

    async def statuses(self, account: Account, *, acting_for: str = "") -> Mapping[str, str]:
        """Give the state of each SIP account by id, in the service's own words; those absent are not known."""
        client = await self._client(account, acting_for)
        with _whose(account, acting_for):
            return await client.fetch_sip_statuses(acting_for=acting_for)

    def can_act_for(self, account: Account) -> bool:
        """Tell whether the account's service can act for customers, without a request."""
        return CanActFor in self._connections.provider(account.vendor).capabilities(account)

    async def _client(self, account: Account, acting_for: str) -> HasSipAccounts:
        client = await self._connections.client(account, Priority.USER)
        if not isinstance(client, HasSipAccounts):
            raise BadInput(f"The service of “{account.name}” has no SIP accounts.")
        if acting_for:
            if not isinstance(client, CanActFor):
                raise BadInput(f"The service of “{account.name}” cannot act for customers.")
            client.check_acting_for(acting_for)
        return client


@contextmanager
def _whose(account: Account, acting_for: str, what: str = "") -> Iterator[None]:
    """Say what was not found, and with whom: the service says neither."""
    try:
        yield
    except NotFound as error:
        if what:
            message = f"“{acting_for or account.name}” has no {what}."
        elif acting_for:
            message = f"“{account.name}” has no customer “{acting_for}” to act for."
        else:
            raise
        raise NotFound(message, advice="It may be gone: read the list again.", details=error.details) from error
