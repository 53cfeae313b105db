"""What creates, changes and deletes SIP accounts: one press, one request, and the truth about what became of it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import _
from voipdesk.core.sip import UsernameTaken
from voipdesk.gui.messages import Level
from voipdesk.gui.sip import model
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.changes_page import Line
from voipdesk.gui.widgets.saying import Saying

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from PySide6.QtWidgets import QWidget

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount, SipAccountFields
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.list_presenter import ListPresenter
    from voipdesk.gui.sip.sheet_presenter import SheetPresenter
    from voipdesk.gui.sip.view import SipView
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.widgets.form_page import FormPage
    from voipdesk.services.object_changes import Change
    from voipdesk.services.sip import Sip

_OPEN, _SEND, _ASK, _DELETE = "sip: edit", "sip: send", "sip: ask to delete", "sip: delete"
_TOPIC = "sip: changes"


class AccountPresenter:
    """Works on one form at a time; one that is not finished stays until it is sent or cancelled."""

    def __init__(
        self,
        view: SipView,
        lists: ListPresenter,
        sheet: SheetPresenter,
        sip: Sip,
        tasks: Tasks,
        messages: Messages,
    ) -> None:
        self._view = view
        self._lists = lists
        self._sheet = sheet
        self._sip = sip
        self._tasks = tasks
        self._messages = messages
        self._account: Account | None = None
        """Whose form is open, None while none is."""
        self._after: SipAccountFields | None = None
        self._sending = False
        self._page: QWidget = view.form
        page, form = view.browse, view.form
        page.new_asked.connect(self._begin)
        page.draft_asked.connect(self._go_on)
        page.sheet.edit_asked.connect(self._press_edit)
        page.sheet.delete_asked.connect(self._press_delete)
        form.done.connect(self._press_done)
        form.back.connect(self._cancel)
        view.review.done.connect(lambda: self._start_once(self._save))
        view.review.back.connect(lambda: self._turn_to(form))
        view.result.done.connect(self._cancel)
        view.result.back.connect(self._edit_again)

    def show_list(self) -> None:
        """Go to the list, where a form that is not finished is said to wait."""
        form, saying = self._view.form, None
        if self._unfinished:
            if form.before is None:
                text = _("A new SIP account is not created yet.")
            else:
                text = _("Your changes of {name} are not saved.", name=model.sheet_title(form.before))
            kept = _("What you typed is kept until you cancel it.")
            saying = Saying(Tone.TEXT, text, kept, _("Back to the form"))
        self._view.browse.show_draft(saying)
        self._view.show_page(self._view.browse)

    # Creating

    def _begin(self) -> None:
        choice = self._lists.choice
        if choice is None:
            return
        if not self._unfinished:
            self._account = choice.account
            self._view.form.begin(choice.account.name)
            self._page = self._view.form
        self._go_on()

    def _press_done(self) -> None:
        form = self._view.form
        if form.before is not None:
            self._review(form.before)
        elif not form.username:
            form.show_errors(form.fields, {"username": _("A SIP account needs a user name.")})
        else:
            self._start_once(self._create)

    async def _create(self) -> None:
        form, account = self._view.form, self._account
        if account is None:
            return
        try:
            with self._busy(form):
                sip = await self._sip.create(account, form.username, form.values)
        except UsernameTaken as error:
            form.show_errors(form.fields, {"username": str(error)})
            return
        except VoipdeskError as error:
            form.show_error(form.fields, error)
            return
        self._account = None
        form.begin("")
        self.show_list()
        text = _("The SIP account {name} is there.", name=model.sheet_title(sip))
        self._messages.show(Level.GOOD, text, topic=_TOPIC)
        choice = self._lists.choice
        if choice is not None and choice.account.id == account.id:
            self._lists.add(sip)
            self._sheet.show_new(sip)

    # Changing

    def _press_edit(self) -> None:
        choice, sip = self._lists.choice, self._lists.chosen
        if self._unfinished:
            self._go_on()
        elif choice is not None and sip is not None and not self._tasks.running(_OPEN):
            self._tasks.start(_OPEN, self._open, choice.account, sip.id)

    async def _open(self, account: Account, sip_id: str) -> None:
        self._view.browse.sheet.edit.setEnabled(False)
        try:
            sip = await self._sip.get(account, sip_id)  # as it is now, not as it was when the list was read
        finally:
            self._view.browse.sheet.edit.setEnabled(True)
        self._account = account
        self._view.form.open(sip, account.name)
        self._turn_to(self._view.form)
        self._view.form.take_focus()

    def _review(self, before: SipAccount) -> None:
        form, review = self._view.form, self._view.review
        after = form.values
        changes = self._sip.changes(before, after)
        if not changes:
            form.show_failure(BadInput(_("Nothing is changed yet.")))
            return
        self._after = after
        review.say_title(_("Change {name}?", name=model.sheet_title(before)), before.username)
        whole = _("Name, numbers and mailbox are sent together; what somebody else has changed meanwhile stays theirs.")
        review.show_changes(whole, ("", _lines(changes)))
        self._turn_to(review)
        review.done_button.setFocus()

    async def _save(self) -> None:
        form, review, account, after = self._view.form, self._view.review, self._account, self._after
        if account is None or form.before is None or after is None:
            return
        try:
            with self._busy(review):
                edited = await self._sip.update(account, form.before, after)
        except VoipdeskError as error:
            review.show_failure(error)
            return
        if edited.not_taken:
            form.open(edited.sip, account.name)
            self._view.result.say_title(model.sheet_title(edited.sip), edited.sip.username)
            self._view.result.show_changes(
                _("Sent, but the service did not take all of it, as reading it back shows."),
                (_("As it is, and as it was asked for"), _lines(edited.not_taken)),
            )
            self._turn_to(self._view.result)
            return
        text = _("{name} is saved and was read back as asked.", name=model.sheet_title(edited.sip))
        self._messages.show(Level.GOOD, text, topic=_TOPIC)
        self._cancel()

    def _edit_again(self) -> None:
        self._turn_to(self._view.form)
        self._view.form.take_focus()

    # Deleting

    def _press_delete(self) -> None:
        choice, sip = self._lists.choice, self._lists.chosen
        if choice is not None and sip is not None and not self._tasks.running(_DELETE):
            self._tasks.start(_ASK, self._ask_to_delete, choice.account, sip)

    async def _ask_to_delete(self, account: Account, sip: SipAccount) -> None:
        question = _("Delete the SIP account {name}?", name=model.full_name(sip))
        gone = _(
            "A phone that signs in as “{username}” can neither call nor be called any more. The service cannot bring "
            "it back: a new one has another password.",
            username=sip.username,
        )
        if await self._messages.confirm(self._view, question, gone, _("Delete it")):
            self._tasks.start(_DELETE, self._delete, account, sip)

    async def _delete(self, account: Account, sip: SipAccount) -> None:
        name = model.full_name(sip)
        try:
            await self._sip.delete(account, sip)
        except VoipdeskError as error:
            self._messages.error(error, (_("Read again"), self._lists.refresh), _TOPIC)
            return
        self._messages.show(Level.GOOD, _("The SIP account {name} is deleted.", name=name), topic=_TOPIC)

    # Pages

    @property
    def _unfinished(self) -> bool:
        return self._account is not None and (self._view.form.typed or self._sending)

    def _start_once(self, function: Callable[[], Awaitable[None]]) -> None:
        """Send, unless something is being sent: a second press while its page is busy does nothing."""
        if not self._sending:
            self._tasks.start(_SEND, function)

    @contextmanager
    def _busy(self, page: FormPage) -> Iterator[None]:
        self._sending = True
        page.show_failure(None)
        page.set_busy(busy=True)
        try:
            yield
        finally:
            self._sending = False
            page.set_busy(busy=False)

    def _turn_to(self, page: QWidget) -> None:
        self._page = page
        self._view.show_page(page)

    def _go_on(self) -> None:
        self._view.show_page(self._page)
        if self._page is self._view.form:
            self._view.form.take_focus()

    def _cancel(self) -> None:
        self._account = None
        self._view.form.begin("")
        self.show_list()
        self._view.browse.begin()


def _lines(changes: Sequence[Change]) -> list[Line]:
    return [Line(change.label, change.before, change.after) for change in changes]
