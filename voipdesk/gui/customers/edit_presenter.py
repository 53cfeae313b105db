"""What the buttons of an edit do: review, save, and say what is there now when others were quicker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.gui.customers.edit_values import carried_over
from voipdesk.gui.customers.facts import title
from voipdesk.gui.messages import Level
from voipdesk.gui.widgets.changes_page import Line
from voipdesk.services.customers import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from voipdesk.core.accounts import Account
    from voipdesk.core.customers import Customer, Store
    from voipdesk.gui.customers.view import CustomersView
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.customers import Change, Customers, Edited

_OPEN, _SAVE = "customers: edit", "customers: save"
_WHOLE = N_(
    "The service takes the whole customer at once: all its other fields are sent again as they were read, and nothing "
    "is sent when somebody else has changed it meanwhile."
)
_NOT_TAKEN = N_("Sent, but the service did not take all of it, as reading it back shows.")
_ALSO = N_("Saved. Something else is different from before, too: the service or somebody else changed it.")
_OTHERS = N_(
    "Nothing was sent. Load what is there now to go on from it: of what you typed stays all that was not changed by "
    "somebody else."
)


class EditPresenter:
    """Edits one customer at a time; an edit that is not finished stays until it is saved or cancelled."""

    def __init__(
        self,
        view: CustomersView,
        customers: Customers,
        tasks: Tasks,
        messages: Messages,
        ended: Callable[[bool], None],
    ) -> None:
        self._view = view
        self._customers = customers
        self._tasks = tasks
        self._messages = messages
        self._ended = ended
        """Called at the end, with whether anything was sent."""
        self._account: Account | None = None
        self._stores: Sequence[Store] = ()
        self._after: Customer | None = None
        self._now: Customer | None = None
        self._page: QWidget = view.edit
        view.edit.done.connect(self._review)
        view.edit.back.connect(self._cancel)
        view.review.done.connect(self._press_save)
        view.review.back.connect(lambda: self._turn_to(view.edit))
        view.conflict.done.connect(self._load_now)
        view.conflict.back.connect(self._cancel)
        view.result.done.connect(self._leave_result)
        view.result.back.connect(self._edit_again)

    @property
    def unfinished(self) -> str:
        """Whom the edit is of that is typed and not saved, "" for none."""
        before = self._view.edit.before
        if before is None or not (self._view.edit.typed or self._tasks.running(_SAVE)):
            return ""
        return title(before)

    def open(self, account: Account, customer: Customer) -> None:
        """Edit a customer that was read whole, unless an edit is not finished: that one is gone on with."""
        if self.unfinished:
            self.go_on()
        elif not self._tasks.running(_OPEN):
            self._tasks.start(_OPEN, self._open, account, customer)

    def go_on(self) -> None:
        """Show the edit that is not finished, where it was left."""
        self._view.show_page(self._page)

    async def _open(self, account: Account, customer: Customer) -> None:
        self._account = account
        try:
            self._stores = await self._customers.stores(account)
        except VoipdeskError:
            self._stores = ()  # its own store can be kept; why there is no other is said where they are listed
        self._begin(customer)

    def _begin(
        self, customer: Customer, typed: Mapping[str, str] | None = None, lost: Mapping[str, str] | None = None
    ) -> None:
        assert self._account is not None
        stores = [(store.id, store.name) for store in self._stores]
        self._view.edit.open(customer, self._account.name, stores, typed, lost)
        self._turn_to(self._view.edit)

    def _turn_to(self, page: QWidget) -> None:
        self._page = page
        self._view.show_page(page)

    def _cancel(self) -> None:
        self._view.edit.forget()
        self._ended(False)

    def _review(self) -> None:
        form, review = self._view.edit, self._view.review
        before, after = form.before, form.after
        if before is None or after is None:
            return
        changes = self._customers.changes(before, after, self._stores)
        if not changes:
            form.show_failure(BadInput(_("Nothing is changed yet.")))
            return
        self._after = after
        review.say_title(_("Change {name}?", name=title(before)), before.name)
        review.show_changes(_(_WHOLE), ("", _lines(changes)))
        self._turn_to(review)
        review.done_button.setFocus()

    def _press_save(self) -> None:
        if not self._tasks.running(_SAVE):
            self._tasks.start(_SAVE, self._save)

    async def _save(self) -> None:
        review, before, after, account = self._view.review, self._view.edit.before, self._after, self._account
        if before is None or after is None or account is None:
            return
        review.show_failure(None)
        review.set_busy(busy=True)
        try:
            edited = await self._customers.edit(account, before, after)
        except ChangedMeanwhile as error:
            self._show_conflict(before, error)
            return
        except VoipdeskError as error:
            review.show_failure(error)
            return
        finally:
            review.set_busy(busy=False)
        self._view.edit.forget()
        if edited.not_taken or edited.also_changed:
            self._show_result(edited)
        else:
            text = _("{name} is saved and was read back as asked.", name=title(edited.customer))
            self._messages.show(Level.GOOD, text, topic="customers")
            self._ended(True)

    def _show_conflict(self, before: Customer, error: ChangedMeanwhile) -> None:
        conflict = self._view.conflict
        self._now = error.now
        conflict.say_title(_("{name} was changed meanwhile", name=title(before)), before.name)
        conflict.show_changes(
            f"{error.message} {_(_OTHERS)}", ("", _lines(self._customers.changes(before, error.now, self._stores)))
        )
        self._turn_to(conflict)

    def _load_now(self) -> None:
        before, now = self._view.edit.before, self._now
        if before is not None and now is not None:
            self._begin(now, *carried_over(before, self._view.edit.values, now))

    def _show_result(self, edited: Edited) -> None:
        result = self._view.result
        self._now = edited.customer
        result.say_title(title(edited.customer), edited.customer.name)
        result.show_changes(
            _(_NOT_TAKEN if edited.not_taken else _ALSO),
            (_("Asked for and not taken"), _lines(edited.not_taken)),
            (_("Not asked for, and different now"), _lines(edited.also_changed)),
        )
        self._turn_to(result)

    def _leave_result(self) -> None:
        self._ended(True)

    def _edit_again(self) -> None:
        if self._now is not None:
            self._begin(self._now)


def _lines(changes: Sequence[Change]) -> list[Line]:
    return [Line(change.label, change.before, change.after) for change in changes]
