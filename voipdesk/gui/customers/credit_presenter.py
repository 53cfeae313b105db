"""What the credit page's buttons do: one press on the last of them is one request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _
from voipdesk.gui.customers import credit_model as model
from voipdesk.gui.messages import Level
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying
from voipdesk.services.credit import BalancesChanged

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from voipdesk.core.accounts import Account
    from voipdesk.core.credit import Balances, CreditTransfer
    from voipdesk.core.customers import Customer
    from voipdesk.gui.customers.credit_page import CreditPage
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.credit import Credit
    from voipdesk.services.customers import Customers

_TOPIC = "credit"
_MOVE = "credit: move"
_BALANCES = "credit: balances"


class CreditPresenter:
    """Leads from an amount over a question to what became of it; `open` begins with a customer."""

    def __init__(
        self,
        page: CreditPage,
        credit: Credit,
        customers: Customers,
        tasks: Tasks,
        messages: Messages,
        closed: Callable[[], None],
    ) -> None:
        self._page = page
        self._credit = credit
        self._customers = customers
        self._tasks = tasks
        self._messages = messages
        self._closed = closed
        self._whom: tuple[Account, Customer] | None = None
        self._before: Balances | None = None
        self._amount: Decimal | None = None
        self._asking = False
        self._ended = False
        """A result is shown: it says all there is to warn of."""
        page.amount_typed.connect(self._type)
        page.go_on_asked.connect(self._ask)
        page.move_asked.connect(self._move)
        page.left.connect(self._leave)
        page.again_asked.connect(self._begin)
        self._unsubscribe = credit.moved.subscribe(self._moved)

    def open(self, account: Account, customer: Customer) -> None:
        """Begin with a customer; while credit is being moved the page stays with that."""
        if self._tasks.running(_MOVE):
            self._messages.show(
                Level.INFO, _("Credit is being moved."), _("Wait until it is said what became of it."), topic=_TOPIC
            )
            return
        self._whom = (account, customer)
        self._begin()

    def close(self) -> None:
        """Let go of the service."""
        self._unsubscribe()

    def _begin(self) -> None:
        if self._whom is None or self._tasks.running(_MOVE):
            return
        account, customer = self._whom
        self._before = self._amount = None
        self._asking = self._ended = False
        self._page.begin(model.whom(customer), account.name)
        self._page.show_go_on("", "")
        self._tasks.start(_BALANCES, self._read_balances, account, customer)
        self._tasks.start("credit: journal", self._show_journal, account, customer)

    async def _read_balances(self, account: Account, customer: Customer) -> None:
        self._page.set_busy(busy=True)
        try:
            before = await self._credit.balances(account, customer)
        except VoipdeskError as error:
            saying = Saying(Tone.BAD, _("The balances could not be read: {reason}", reason=error.message), error.advice)
            self._page.show_result(saying, _read_balances())
            return
        finally:
            self._page.set_busy(busy=False)
        self._take_balances(before)
        self._page.show_form(None, enabled=True)

    def _take_balances(self, before: Balances) -> None:
        self._before = before
        self._type(self._page.amount.value)

    async def _show_journal(self, account: Account, customer: Customer) -> None:
        last = await self._credit.unresolved(account, customer)
        lines = await self._credit.journal(account)
        if self._whom == (account, customer):
            self._page.show_warning(model.unresolved(last) if last is not None and not self._ended else None)
            self._page.show_journal([model.journal_row(line) for line in lines])

    def _moved(self, transfer: CreditTransfer) -> None:
        if self._whom is not None and self._whom[0].id == transfer.account_id:
            self._tasks.start("credit: journal", self._show_journal, *self._whom)

    def _type(self, text: str) -> None:
        if self._whom is None or self._before is None:
            return
        self._amount, error = model.amount_of(text, self._before)
        self._page.show_go_on(model.move(self._amount, self._whom[1]) if self._amount is not None else "", error)
        self._page.figures.show_figures(model.now_figures(self._before, self._amount))

    def _ask(self) -> None:
        if self._whom is None or self._amount is None or self._tasks.running(_MOVE):
            return
        account, customer = self._whom
        self._asking = True
        self._page.ask(model.question(self._amount, customer, account.name), model.move(self._amount, customer))

    def _leave(self) -> None:
        if self._asking:
            self._asking = False
            self._page.show_form(None, enabled=True)
        else:
            self._tasks.cancel(_BALANCES)
            self._closed()

    def _move(self) -> None:
        if self._asking and self._whom and self._amount is not None and self._before is not None:
            self._asking = False
            self._tasks.start(_MOVE, self._move_once, *self._whom, self._amount, self._before)

    async def _move_once(self, account: Account, customer: Customer, amount: Decimal, before: Balances) -> None:
        self._page.show_moving(model.moving(amount, customer))
        self._page.show_warning(None)
        self._ended = True
        try:
            transfer = await self._credit.move(account, customer, amount, before)
        except BalancesChanged as error:
            self._ended = False
            self._take_balances(error.now)
            self._page.show_form(model.failure(error, amount, customer), enabled=True)
        except VoipdeskError as error:
            self._page.show_result(model.failure(error, amount, customer), _try_again())
        except Exception:
            self._page.show_result(model.not_known(amount, customer.name, ""), _read_balances())
            raise
        else:
            self._show_result(transfer)

    def _show_result(self, transfer: CreditTransfer) -> None:
        saying = model.result(transfer)
        again = {Tone.GOOD: _("Move more…"), Tone.BAD: _try_again()}.get(saying.tone, _read_balances())
        self._page.figures.show_figures(model.result_figures(transfer))
        self._page.show_result(saying, again)


def _try_again() -> str:
    return _("Try again…")


def _read_balances() -> str:
    return _("Read the balances again")
