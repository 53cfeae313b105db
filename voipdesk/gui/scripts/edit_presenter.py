"""What creates, replaces, changes and deletes scripts: one press, one request, and the truth about what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.errors import BadInput, VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.gui.messages import Level
from voipdesk.gui.scripts import model
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.changes_page import Line
from voipdesk.gui.widgets.saying import Saying
from voipdesk.services.script_edit import ScriptInTheWay

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from voipdesk.core.accounts import Account
    from voipdesk.core.scripts import Script
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.scripts.test_presenter import TestPresenter
    from voipdesk.gui.scripts.view import ScriptsView
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.widgets.form_page import FormPage
    from voipdesk.services.object_changes import Change
    from voipdesk.services.scripts import Scripts

T = TypeVar("T")
_OPEN, _SEND, _ASK, _DELETE = "scripts: edit", "scripts: send", "scripts: ask to delete", "scripts: delete"
_TOPIC = "scripts: changes"
_AT_ONCE = N_("From then on the service asks the new address. What stands at either address is not touched.")
_IN_THE_WAY = N_(
    "There is a script already, and the service takes only one for a domain. Nothing was created. It can be replaced: "
    "from then on the service asks the new address."
)
_MAYBE_IN_THE_WAY = N_(
    "{said} There is a script already; some services take only one for a domain. Nothing was created. If that is why, "
    "it can be replaced: from then on the service asks the new address."
)
_NOT_TAKEN = N_("Sent, but the service did not take all of it, as reading it back shows.")
_GONE = N_("Calls that were to ask {url} find nothing to ask any more. What stands at the address is not touched.")


class EditPresenter:
    """Works on one form at a time; one that is not finished stays until it is sent or cancelled."""

    def __init__(
        self,
        view: ScriptsView,
        scripts: Scripts,
        tests: TestPresenter,
        tasks: Tasks,
        messages: Messages,
        refresh: Callable[[], None],
    ) -> None:
        self._view = view
        self._scripts = scripts
        self._tests = tests
        self._tasks = tasks
        self._messages = messages
        self._refresh = refresh
        self._account: Account | None = None
        """Whose form is open, None while none is."""
        self._in_the_way: Script | None = None
        self._sending = False
        self._page: QWidget = view.form
        view.form.done.connect(self._press_done)
        view.form.back.connect(self._cancel)
        view.form.test_asked.connect(self._test)
        view.browse.draft_asked.connect(self._go_on)
        view.review.done.connect(lambda: self._send(self._save))
        view.replace.done.connect(lambda: self._send(self._replace))
        for page in (view.review, view.replace):
            page.back.connect(self._back_to_form)
        view.result.done.connect(self._cancel)
        view.result.back.connect(self._back_to_form)

    def show_list(self) -> None:
        """Go to the list, where a form that is not finished is said to wait."""
        before = self._view.form.before
        if not self._unfinished:
            saying = None
        elif before is None:
            saying = _unfinished(_("A new script is not created yet."))
        else:
            saying = _unfinished(_("Your changes of {name} are not saved.", name=model.title(before)))
        self._view.browse.show_draft(saying)
        self._view.show_page(self._view.browse)

    def begin(self, account: Account) -> None:
        """Begin to create one, unless a form is not finished: that one is gone on with."""
        if not self._unfinished:
            self._account = account
            self._page = self._view.form
            self._view.form.begin(account.name)
        self._go_on()

    def edit(self, account: Account, script: Script) -> None:
        """Begin to change one, read anew, unless a form is not finished: that one is gone on with."""
        if self._unfinished:
            self._go_on()
        elif not self._tasks.running(_OPEN):
            self._tasks.start(_OPEN, self._open, account, script)

    def delete(self, account: Account, script: Script) -> None:
        """Ask whether to delete one, and delete it."""
        if not self._tasks.running(_DELETE):
            self._tasks.start(_ASK, self._ask_to_delete, account, script)

    async def _open(self, account: Account, script: Script) -> None:
        now = await self._scripts.get(account, script.id)
        self._account = account
        self._view.form.open(now, account.name)
        self._back_to_form()

    def _press_done(self) -> None:
        form = self._view.form
        if not form.url:
            form.say_missing()
        elif form.before is not None:
            self._review(form.before)
        else:
            self._send(self._create)

    async def _create(self) -> None:
        form, account = self._view.form, self._account
        if account is None:
            return
        try:
            script = await self._sent(form, lambda: self._scripts.create(account, form.url, form.name))
        except ScriptInTheWay as error:
            self._offer_to_replace(error.script, error.said)
            return
        if script is not None:
            self._end(_("The script {name} is there.", name=model.title(script)))

    def _offer_to_replace(self, script: Script, said: str) -> None:
        form, page = self._view.form, self._view.replace
        self._in_the_way = script
        page.say_title(_("Replace the script that is there?"), model.title(script))
        lines = [Line(_("Address"), script.url, form.url)]
        if form.name and form.name != script.name:
            lines.append(Line(_("Name"), script.name, form.name))
        page.show_changes(_(_MAYBE_IN_THE_WAY, said=said) if said else _(_IN_THE_WAY), ("", lines))
        self._turn_to(page)
        page.back_button.setFocus()

    async def _replace(self) -> None:
        form, page, account, there = self._view.form, self._view.replace, self._account, self._in_the_way
        if account is not None and there is not None:
            await self._update(page, account, there, form.url, form.name or there.name)

    def _review(self, before: Script) -> None:
        form, review = self._view.form, self._view.review
        changes = self._scripts.changes(before, form.url, form.name)
        if not changes:
            form.show_failure(BadInput(_("Nothing is changed yet.")))
            return
        review.say_title(_("Change {name}?", name=model.title(before)))
        review.show_changes(_(_AT_ONCE), ("", _lines(changes)))
        self._turn_to(review)
        review.done_button.setFocus()

    async def _save(self) -> None:
        form, account = self._view.form, self._account
        if account is not None and form.before is not None:
            await self._update(self._view.review, account, form.before, form.url, form.name)

    async def _update(self, page: FormPage, account: Account, before: Script, url: str, name: str) -> None:
        edited = await self._sent(page, lambda: self._scripts.update(account, before, url, name))
        if edited is None:
            return
        if edited.not_taken:
            self._view.form.open(edited.script, account.name)
            result = self._view.result
            result.say_title(model.title(edited.script))
            result.show_changes(_(_NOT_TAKEN), (_("As it is, and as it was asked for"), _lines(edited.not_taken)))
            self._turn_to(result)
        else:
            self._end(_("{name} is saved and was read back as asked.", name=model.title(edited.script)))

    async def _sent(self, page: FormPage, send: Callable[[], Awaitable[T]]) -> T | None:
        """Send once, with the page's buttons at rest; what went wrong is said there, and None given."""
        self._sending = True
        page.show_failure(None)
        page.set_busy(busy=True)
        try:
            return await send()
        except ScriptInTheWay:
            raise
        except VoipdeskError as error:
            if page is self._view.form and isinstance(error, BadInput):
                self._view.form.show_errors(self._view.form.fields, {"url": str(error)})
            else:
                page.show_failure(error)
            return None
        finally:
            self._sending = False
            page.set_busy(busy=False)

    async def _ask_to_delete(self, account: Account, script: Script) -> None:
        question, text = _("Delete the script {name}?", name=model.title(script)), _(_GONE, url=script.url)
        if await self._messages.confirm(self._view, question, text, _("Delete it")):
            self._tasks.start(_DELETE, self._delete, account, script)

    async def _delete(self, account: Account, script: Script) -> None:
        try:
            await self._scripts.delete(account, script)
        except VoipdeskError as error:
            self._messages.error(error, (_("Read again"), self._refresh), _TOPIC)
            return
        self._messages.show(Level.GOOD, _("The script {name} is deleted.", name=model.title(script)), topic=_TOPIC)

    def _test(self) -> None:
        form = self._view.form
        if not form.url:
            form.say_missing()
        elif self._account is not None:
            self._tests.open(self._account, form.url, self._back_to_form)

    # Pages

    @property
    def _unfinished(self) -> bool:
        return self._account is not None and (self._view.form.typed or self._sending)

    def _send(self, function: Callable[[], Awaitable[None]]) -> None:
        """Send, unless something is being sent: a second press while its page is busy does nothing."""
        if not self._sending:
            self._tasks.start(_SEND, function)

    def _turn_to(self, page: QWidget) -> None:
        self._page = page
        self._view.show_page(page)

    def _back_to_form(self) -> None:
        self._turn_to(self._view.form)
        self._view.form.take_focus()

    def _go_on(self) -> None:
        self._view.show_page(self._page)
        if self._page is self._view.form:
            self._view.form.take_focus()

    def _end(self, text: str) -> None:
        self._messages.show(Level.GOOD, text, topic=_TOPIC)
        self._cancel()

    def _cancel(self) -> None:
        self._account, self._in_the_way = None, None
        self._view.form.begin("")
        self.show_list()
        self._view.browse.begin()


def _unfinished(what: str) -> Saying:
    return Saying(Tone.TEXT, what, _("What you typed is kept until you cancel it."), _("Back to the form"))


def _lines(changes: Sequence[Change]) -> list[Line]:
    return [Line(change.label, change.before, change.after) for change in changes]
