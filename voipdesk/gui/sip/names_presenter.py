"""What offers the names of the customers one can act for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.gui.sip.browse import BrowsePage
    from voipdesk.gui.sip.choice import Choice
    from voipdesk.gui.sip.list_presenter import ListPresenter
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.customers import CustomerList, Customers
    from voipdesk.services.sip import Sip

NAMES = "sip: names"


class NamesPresenter:
    """Reads the customers once somebody comes to choose one."""

    def __init__(self, page: BrowsePage, lists: ListPresenter, sip: Sip, customers: Customers, tasks: Tasks) -> None:
        self._page = page
        self._lists = lists
        self._sip = sip
        self._customers = customers
        self._tasks = tasks
        self._offered: CustomerList | None = None
        """Whose names can be chosen."""
        page.acting.names_wanted.connect(self._want)

    def offer_known(self) -> None:
        """Offer those of the account shown that were read already."""
        choice = self._lists.choice
        known = self._customers.known(choice.account) if choice and self._sip.can_act_for(choice.account) else None
        if known is not self._offered:  # thousands of them are not given anew at every switch
            self._offered = known
            self._page.acting.offer(sorted(customer.name for customer in known.customers) if known is not None else ())

    def _want(self) -> None:
        choice = self._lists.choice
        if choice is None or self._customers.known(choice.account) is not None:
            self.offer_known()
        elif not self._tasks.running(NAMES):
            self._tasks.start(NAMES, self._read, choice)

    async def _read(self, choice: Choice) -> None:
        await self._customers.list(choice.account)
        now = self._lists.choice
        if now is not None and now.account == choice.account:
            self.offer_known()
