"""SIP accounts of an account, or of a customer it acts for: read, asked about, created, changed and deleted."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.core.budget import Priority
from voipdesk.core.customers import CanActFor
from voipdesk.core.errors import BadInput, NotFound, VoipdeskError
from voipdesk.core.language import _
from voipdesk.core.sip import CanManageSipAccounts, HasSipAccounts, HasSipRegistration
from voipdesk.services import sip_edit
from voipdesk.services.account_reads import AccountReads
from voipdesk.services.acting import telling
from voipdesk.services.events import Event
from voipdesk.services.near_names import like_it
from voipdesk.services.sip_edit import SipEdited, fields_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount, SipAccountFields, SipRegistration
    from voipdesk.services.connections import Connections
    from voipdesk.services.object_changes import Change

__all__ = ["Sip", "SipEdited", "SipList", "fields_of"]


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

    Each raises BadInput where the account's service has no SIP accounts, cannot act for customers, or cannot do what is
    asked. `changed` follows every change made here, also one that is not known to have been carried out, with the
    account's id.
    """

    def __init__(
        self,
        connections: Connections,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.changed: Event[str] = Event()
        self._connections = connections
        self._clock = clock
        self._sleep = sleep
        self._domains: AccountReads[Mapping[str, str]] = AccountReads()
        """The registrars that services told, by the id of the SIP account."""

    async def list(self, account: Account, *, acting_for: str = "") -> SipList:
        """List all SIP accounts: one request. Whether they have their passwords is the service's to decide."""
        client, at = await self._client(account, acting_for), self._clock()
        with _whose(account, acting_for):
            accounts = await client.fetch_sip_accounts(acting_for=acting_for)
        return SipList(account.id, acting_for, tuple(self._with_known_domain(account, one) for one in accounts), at)

    async def get(self, account: Account, sip_id: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password, if the service tells it; NotFound when it is not there.

        Where the service tells the registrar with the registration, that is asked for, once in a run: one request more.
        While it cannot be had, the registrar is the one of the account's settings.
        """
        client = await self._client(account, acting_for)
        with _whose(account, acting_for, sip_id):
            found = await client.fetch_sip_account(sip_id, acting_for=acting_for)
        return await self._with_domain(account, client, found)

    async def find(self, account: Account, text: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password, by its id, user name or extension: one request more than `get`.

        NotFound tells of user names like it; BadInput when one has as user name what another has as extension.
        """
        listed = (await self.list(account, acting_for=acting_for)).accounts
        wanted = text.strip().casefold()
        found = [one for one in listed if one.id.casefold() == wanted] or [
            one for one in listed if wanted in {one.username.casefold(), one.extension.casefold()}
        ]
        if not wanted or not found:
            near = await asyncio.to_thread(lambda: like_it(text, (one.username for one in listed)))
            raise NotFound(
                _("“{owner}” has no SIP account “{name}”.", owner=acting_for or account.name, name=text), advice=near
            )
        if len(found) > 1:
            ids = ", ".join(map(_told_apart, found[:5]))
            raise BadInput(
                _("“{name}” is more than one SIP account.", name=text), advice=_("Give the id of one: {ids}.", ids=ids)
            )
        return await self.get(account, found[0].id, acting_for=acting_for)

    async def statuses(self, account: Account, *, acting_for: str = "") -> Mapping[str, str]:
        """Give the state of each SIP account by id, in the service's own words; those absent are not known."""
        client = await self._client(account, acting_for)
        with _whose(account, acting_for):
            return await client.fetch_sip_statuses(acting_for=acting_for)

    async def registration(
        self, account: Account, sip_id: str, *, priority: Priority = Priority.USER
    ) -> SipRegistration:
        """Ask whether a telephone is signed in with one, and under which domain: one request.

        NotFound when it is not there; OverBudget, for a BACKGROUND one already while a person's could still be sent.
        """
        client = await self._connections.client(account, priority)
        if not isinstance(client, HasSipRegistration):
            raise BadInput(
                _("The service of “{account}” does not tell of a single registration.", account=account.name)
            )
        with _whose(account, "", sip_id):
            told = await client.fetch_sip_registration(sip_id)
        if told.domain:
            self._domains.put(account, {**(self._domains.known(account) or {}), sip_id: told.domain})
        return told

    def changes(self, before: SipAccount, after: SipAccountFields) -> tuple[Change, ...]:
        """Say in words what an update changes, in the order of the form; `fields_of` gives what can be set as it is."""
        return sip_edit.changes(before, after)

    async def create(self, account: Account, username: str, fields: SipAccountFields) -> SipAccount:
        """Create one: sent once, after a look whether the user name is there already, which is Refused.

        When the answer is lost, the list is looked at: the SIP account is given if it is there, else OutcomeUnknown is
        raised and says what was seen.
        """
        username = username.strip()
        if not username:
            raise BadInput(_("A SIP account needs a user name."))
        client = await self._managed(account)
        with telling(self.changed, account.id):
            made = await sip_edit.create_and_look(client, username, fields, self._sleep)
        return await self._with_domain(account, client, made)

    async def update(self, account: Account, before: SipAccount, fields: SipAccountFields) -> SipEdited:
        """Make the changes from `before`, as it was read, to `fields`: sent once, and read back.

        It is read anew first: Refused when somebody else has changed the same, while other changes of theirs stay. When
        the answer is lost, Unreachable says that the change was not made, and OutcomeUnknown that this is not known.
        BadInput when nothing is to change.
        """
        if not sip_edit.changes(before, fields):
            raise BadInput(_("There is nothing to change."))
        client = await self._managed(account)
        with telling(self.changed, account.id), _whose(account, "", before.username):
            edited = await sip_edit.update_and_look(client, before, fields, self._sleep)
        return replace(edited, sip=self._with_known_domain(account, edited.sip))

    async def delete(self, account: Account, sip: SipAccount) -> None:
        """Delete one: sent once; NotFound when it is not there, OutcomeUnknown when the answer was lost."""
        client = await self._managed(account)
        with telling(self.changed, account.id), _whose(account, "", sip.username):
            await sip_edit.delete_one(client, sip, self._sleep)

    def can_act_for(self, account: Account) -> bool:
        """Tell whether the account's service can act for customers, without a request."""
        return CanActFor in self._connections.provider(account.vendor).capabilities(account)

    async def _client(self, account: Account, acting_for: str) -> HasSipAccounts:
        client = await self._connections.client(account, Priority.USER)
        if not isinstance(client, HasSipAccounts):
            raise BadInput(_("The service of “{account}” has no SIP accounts.", account=account.name))
        if acting_for:
            if not isinstance(client, CanActFor):
                raise BadInput(_("The service of “{account}” cannot act for customers.", account=account.name))
            client.check_acting_for(acting_for)
        return client

    async def _managed(self, account: Account) -> CanManageSipAccounts:
        client = await self._connections.client(account, Priority.USER)
        if not isinstance(client, CanManageSipAccounts):
            raise BadInput(_("The SIP accounts of “{account}” cannot be changed here.", account=account.name))
        return client

    async def _with_domain(self, account: Account, client: object, sip: SipAccount) -> SipAccount:
        if isinstance(client, HasSipRegistration) and sip.id not in (self._domains.known(account) or {}):
            # What is known without it is given without it; who asks for the registration hears why it cannot be had.
            with suppress(VoipdeskError):
                await self.registration(account, sip.id)
        return self._with_known_domain(account, sip)

    def _with_known_domain(self, account: Account, sip: SipAccount) -> SipAccount:
        domain = (self._domains.known(account) or {}).get(sip.id, "")
        return replace(sip, domain=domain) if domain else sip


@contextmanager
def _whose(account: Account, acting_for: str, sip: str = "") -> Iterator[None]:
    """Say what was not found, and with whom: the service says neither."""
    try:
        yield
    except NotFound as error:
        if sip:
            message = _("“{owner}” has no SIP account “{name}”.", owner=acting_for or account.name, name=sip)
        elif acting_for:
            message = _(
                "“{account}” has no customer “{customer}” to act for.", account=account.name, customer=acting_for
            )
        else:
            raise
        advice = _("It may be gone: read the list again.")
        raise NotFound(message, advice=advice, details=error.details) from error


def _told_apart(sip: SipAccount) -> str:
    if not sip.extension:
        return _("{id} ({username}, extension none)", id=sip.id, username=sip.username)
    return _("{id} ({username}, extension {extension})", id=sip.id, username=sip.username, extension=sip.extension)
