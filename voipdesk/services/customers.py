"""Customers of a reseller: listed, found, opened, and edited without losing what others changed meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.core.budget import Priority
from voipdesk.core.credit import CreditOutcome
from voipdesk.core.customers import HasCustomers, NameTaken
from voipdesk.core.errors import BadInput, NotFound, OutcomeUnknown, VoipdeskError
from voipdesk.core.language import _
from voipdesk.services.account_reads import AccountReads
from voipdesk.services.acting import LOOK_AFTER_S
from voipdesk.services.customer_changes import changes
from voipdesk.services.customer_edit import ChangedMeanwhile, Edited, check_unchanged, replace_and_look
from voipdesk.services.events import Event
from voipdesk.services.near_names import like_it
from voipdesk.services.object_changes import Change

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import CreditTransfer
    from voipdesk.core.customers import Customer, NewCustomer, Store
    from voipdesk.services.connections import Connections

__all__ = ["Change", "ChangedMeanwhile", "CustomerList", "Customers", "Edited"]

_RANDOM_LENGTH = 12
_RANDOM_FROM = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class CustomerList:
    """An account's customers, in the service's order, and when they were read."""

    account_id: str
    customers: tuple[Customer, ...]
    at: datetime


class Customers:
    """The customers of accounts that have some.

    `changed` follows every change made here, also one that is not known to have been carried out, with the account's
    id. What `known` and `list` give is then up to date with it, or forgotten and read anew.
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
        self._lists: AccountReads[CustomerList] = AccountReads()
        self._stores: AccountReads[tuple[Store, ...]] = AccountReads()
        self._editing: dict[str, asyncio.Lock] = {}

    def known(self, account: Account) -> CustomerList | None:
        """Give what was last read, without a request."""
        return self._lists.known(account)

    async def list(self, account: Account, *, fresh: bool = False) -> CustomerList:
        """List all customers: one request, unless they were read before in this run; who asks meanwhile shares it."""
        return await self._lists.get(account, lambda: self._read(account), fresh=fresh)

    async def get(self, account: Account, customer_id: str) -> Customer:
        """Fetch one customer, whole; NotFound when it is not there."""
        return await (await self._client(account)).fetch_customer(customer_id)

    async def find(self, account: Account, name: str) -> Customer:
        """Fetch one customer, whole, by its name, whose case does not matter where only one has it.

        NotFound tells of names like it. Two requests, or one when the list was read before and has the name.
        """
        known = self.known(account)
        found = _exactly(known, name) if known else None
        if found is None:
            listed = await self.list(account, fresh=True)
            found = _exactly(listed, name) or _whatever_case(listed, name)
            if found is None:
                near = await asyncio.to_thread(lambda: like_it(name, (one.name for one in listed.customers)))
                raise NotFound(
                    _("“{account}” has no customer “{customer}”.", account=account.name, customer=name), advice=near
                )
        return await self.get(account, found.id)

    async def create(self, account: Account, new: NewCustomer) -> Customer:
        """Open a customer: sent once.

        Raises NameTaken when somebody on the platform has the name already. When the answer is lost, the list is
        looked at: the customer is given if it is there, else OutcomeUnknown is raised and says what was seen.
        """
        new = replace(new, name=new.name.strip(), contact_name=new.contact_name.strip())
        if not new.name or not new.contact_name:
            raise BadInput(_("A customer needs a name and a contact name."))
        client, known = await self._client(account), self.known(account)
        before = _exactly(known, new.name) if known else None
        with self._doubted(account):
            try:
                made = await client.create_customer(new)
            except NameTaken as error:
                await self._check_own(account, new.name, error)
                raise
            except OutcomeUnknown as error:
                made = await self._made(account, new, before, error)
        self._acted(account, made)
        return made

    def changes(self, before: Customer, after: Customer, stores: Sequence[Store] = ()) -> tuple[Change, ...]:
        """Say in words what an edit changes, in the order of the form; `stores` gives stores their names.

        An address or user without an id is a new one, and a user's password that is "" stays as it is.
        """
        return changes(before, after, stores)

    async def edit(self, account: Account, before: Customer, after: Customer) -> Edited:
        """Change a customer that was read whole, by `get` or `find`, as `before`: sent whole, and once.

        It is read anew first: ChangedMeanwhile when somebody else changed it. It is read back afterwards, also when
        the answer was lost: then Unreachable says that the change was not made, and OutcomeUnknown that this is not
        known. BadInput when nothing is to change, or what cannot be.
        """
        if (before.id, before.name) != (after.id, after.name):
            raise BadInput(_("A customer's name cannot be changed."))
        if not changes(before, after):
            raise BadInput(_("There is nothing to change."))
        client = await self._client(account)
        async with self._editing.setdefault(account.id, asyncio.Lock()):
            now = await client.fetch_customer(before.id)
            check_unchanged(before, now)
            with self._doubted(account):
                edited = await replace_and_look(client, now, after, self._sleep)
            self._acted(account, edited.customer)
            return edited

    async def stores(self, account: Account, *, fresh: bool = False) -> tuple[Store, ...]:
        """List the stores: one request, unless they were read before in this run."""

        async def read() -> tuple[Store, ...]:
            return tuple(await (await self._client(account)).fetch_stores())

        return await self._stores.get(account, read, fresh=fresh)

    def random_name(self) -> str:
        """Make up a name that nobody on the platform has."""
        import secrets

        return "c-" + "".join(secrets.choice(_RANDOM_FROM) for _ in range(_RANDOM_LENGTH))

    def credit_moved(self, transfer: CreditTransfer) -> None:
        """Take note of a transfer, so that no list shows a balance of before."""
        if transfer.outcome is CreditOutcome.NOT_MOVED:
            return
        balance = transfer.after.customer if transfer.after else None

        def noted(known: CustomerList) -> CustomerList:
            customers = (
                replace(one, balance=balance) if one.id == transfer.customer_id and one.balance is not None else one
                for one in known.customers
            )
            return replace(known, customers=tuple(customers))

        self._lists.change(transfer.account_id, noted)
        self.changed.emit(transfer.account_id)

    async def _client(self, account: Account) -> HasCustomers:
        client = await self._connections.client(account, Priority.USER)
        if not isinstance(client, HasCustomers):
            raise BadInput(_("The service of “{account}” has no customers.", account=account.name))
        return client

    async def _read(self, account: Account) -> CustomerList:
        client, at = await self._client(account), self._clock()
        return CustomerList(account.id, tuple(await client.fetch_customers()), at)

    async def _made(
        self, account: Account, new: NewCustomer, before: Customer | None, lost: OutcomeUnknown
    ) -> Customer:
        """Find the customer that a request whose answer was lost may have opened."""
        self._lists.forget(account.id)
        found, seen = None, ""
        for seconds in LOOK_AFTER_S:
            await self._sleep(seconds)
            try:
                found = _exactly(await self.list(account, fresh=True), new.name)
            except VoipdeskError as error:
                seen = _("Your customers could not be read to look for it: {reason}", reason=error.message)
            else:
                seen = _("“{name}” is not among your customers so far.", name=new.name)
            if found is not None:
                break
        if found is None:
            raise type(lost)(
                f"{lost.message} {seen}",
                advice=_(
                    "Trying again with the same name is safe: a name is given once, so if the first was taken after "
                    "all, the second is refused."
                ),
                details=lost.details,
            ) from lost
        if before is not None or found.contact_name != new.contact_name:
            raise _own(new.name, lost) from lost
        return found

    async def _check_own(self, account: Account, name: str, taken: NameTaken) -> None:
        """Say that it is one's own customer who has the name: a first try may have been carried out after all."""
        try:
            listed = await self.list(account, fresh=True)
        except VoipdeskError:
            return  # then it is only known that somebody has it
        if _exactly(listed, name) is not None:
            raise _own(name, taken) from taken

    @contextmanager
    def _doubted(self, account: Account) -> Iterator[None]:
        """Forget what is known when it may have been changed, but the end of it is not seen."""
        try:
            yield
        except VoipdeskError as error:
            if isinstance(error, OutcomeUnknown):
                self._acted(account, None)
            raise
        except BaseException:
            self._acted(account, None)
            raise

    def _acted(self, account: Account, seen: Customer | None) -> None:
        """Bring what is known up to date with a customer as it is now, or forget it where that is not known."""
        known = self._lists.known(account)
        if seen is None or known is None:
            self._lists.forget(account.id)
        else:
            self._lists.put(account, _with(known, seen))
        self.changed.emit(account.id)


def _with(known: CustomerList, seen: Customer) -> CustomerList:
    """Put a customer into a list, in its own place or last; a balance that is not said now is that of before."""
    old = next((one for one in known.customers if one.id == seen.id), None)
    if old is None:
        return replace(known, customers=(*known.customers, seen))
    if seen.balance is None:
        seen = replace(seen, balance=old.balance)
    return replace(known, customers=tuple(seen if one is old else one for one in known.customers))


def _own(name: str, error: VoipdeskError) -> NameTaken:
    return NameTaken(
        _("You have a customer “{name}” already.", name=name),
        advice=_("Choose another name."),
        details=error.details,
    )


def _exactly(known: CustomerList, name: str) -> Customer | None:
    return next((one for one in known.customers if one.name == name), None)


def _whatever_case(known: CustomerList, name: str) -> Customer | None:
    folded = name.casefold()
    found = [one for one in known.customers if one.name.casefold() == folded]
    return found[0] if len(found) == 1 else None
