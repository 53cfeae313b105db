"""What the buttons of the form for a new customer do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.customers import NameTaken
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer
    from voipdesk.gui.customers.create_form import CreateForm
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.customers import Customers

_CREATE, _STORES = "customers: create", "customers: stores to choose from"


class CreatePresenter:
    """Opens customers, one press one customer."""

    def __init__(
        self,
        form: CreateForm,
        customers: Customers,
        tasks: Tasks,
        created: Callable[[Account, Customer], None],
        cancelled: Callable[[], None],
    ) -> None:
        self._form = form
        self._customers = customers
        self._tasks = tasks
        self._created = created
        self._cancelled = cancelled
        self._account: Account | None = None
        form.done.connect(self._press)
        form.back.connect(self._cancel)
        form.name_asked.connect(lambda: form.offer_name(customers.random_name()))
        form.store_opened.connect(self._offer_stores)

    @property
    def unfinished(self) -> bool:
        """Whether something is typed that is not sent, or under way."""
        return self._account is not None and (self._form.typed or self._tasks.running(_CREATE))

    def open(self, account: Account) -> None:
        """Begin a form, unless one is not finished: that one stays as it is."""
        if not self.unfinished:
            self._account = account
            self._form.begin(self._customers.random_name(), account.name)
            self._form.offer_stores(())

    def _press(self) -> None:
        if not self._tasks.running(_CREATE):
            self._tasks.start(_CREATE, self._create)

    def _cancel(self) -> None:
        self._tasks.cancel(_STORES)
        self._forget()
        self._cancelled()

    def _forget(self) -> None:
        """Hold nothing of what was typed any more, a password least of all."""
        self._account = None
        self._form.begin("", "")

    def _offer_stores(self) -> None:
        if not self._tasks.running(_STORES):
            self._tasks.start(_STORES, self._read_stores)

    async def _read_stores(self) -> None:
        if self._account is None:
            return
        try:
            stores = await self._customers.stores(self._account)
        except VoipdeskError as error:
            self._form.store.set_error(_("The stores cannot be read. {reason}", reason=error))
            return
        self._form.offer_stores([(store.id, store.name) for store in stores])
        if not stores:
            self._form.store.set_error(_("There is no store yet: stores are made in the dashboard."))

    async def _create(self) -> None:
        new, account = self._form.new, self._account
        if new is None or account is None:
            return
        self._form.set_busy(busy=True)
        try:
            customer = await self._customers.create(account, new)
        except NameTaken as error:
            kept = _("What you typed is kept: take another name.")
            self._form.say_taken(f"{error.message} {kept}")
            return
        except VoipdeskError as error:
            self._form.show_error(self._form.fields, error)
            return
        finally:
            self._form.set_busy(busy=False)
        self._forget()
        self._created(account, customer)
