"""What the contacts pane's buttons do: the pane as the window knows it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.core.contacts import Contact, ContactNumber
from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import N_, _, ngettext
from voipdesk.gui.contacts.import_presenter import ImportPresenter
from voipdesk.gui.contacts.model import PAGE
from voipdesk.gui.contacts.sources_presenter import SourcesPresenter
from voipdesk.gui.contacts.view import ContactsView
from voipdesk.gui.messages import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.contacts import StoredContact
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.contacts import Contacts, Undo
    from voipdesk.services.contacts_import import ContactImports
    from voipdesk.services.contacts_watch import ContactsWatch, WatchNews

_TOPIC = "contacts"
_FIND, _PAGES, _PICK = "contacts: find", "contacts: pages", "contacts: pick"
_EXPORT = "contacts: export"


class ContactsPane:
    """Lists, finds and changes contacts; asks the archive for nothing before it is shown."""

    key = "contacts"
    title = N_("Contacts")
    icon = "contacts"
    badge = ""
    account = ""

    def __init__(
        self,
        contacts: Contacts,
        imports: ContactImports,
        watch: ContactsWatch,
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
        call: Callable[[str], None],
    ) -> None:
        self._contacts = contacts
        self._tasks = tasks
        self._messages = messages
        self._front = False
        self._listed = False
        self._pick_id = 0
        """The contact to be picked once it is listed."""
        self._edited = 0
        """The id of the contact in the form, 0 for a new one."""
        self._is_open = False
        """Whether the form waits to be saved or cancelled, in front or not."""
        self._picked: StoredContact | None = None
        self.view = view = ContactsView(theme)
        self._imports = ImportPresenter(view, contacts, imports, tasks, messages, self._to_list)
        self._sources = SourcesPresenter(view, contacts, watch, tasks, messages, self._imports.open)
        browse, form = view.browse, view.edit
        browse.search.textChanged.connect(lambda _text: self._find())
        browse.model.wanted.connect(lambda: tasks.restart(_PAGES, self._read_pages))
        browse.table.current_changed.connect(lambda id_: tasks.start(_PICK, self._pick, int(id_ or 0)))
        browse.new_asked.connect(lambda: self._begin_new(Contact()))
        browse.import_asked.connect(view.choose_file)
        browse.export_asked.connect(self.export)
        browse.sources_asked.connect(self._sources.open)
        browse.details.call_asked.connect(call)
        browse.details.edit_asked.connect(self._begin_edit)
        browse.details.remove_asked.connect(lambda: tasks.start("contacts: remove", self._remove))
        browse.line.pressed.connect(lambda: tasks.cancel(_EXPORT))
        form.done.connect(lambda: tasks.start("contacts: save", self._save))
        form.back.connect(self._cancel)
        view.sources.back.connect(self._to_list)
        view.target_chosen.connect(lambda file: tasks.start(_EXPORT, self._export, Path(file)))
        self._unsubscribe = contacts.changed.subscribe(lambda _none: self._changed())

    # What the window asks

    @property
    def widget(self) -> ContactsView:
        """What it shows."""
        return self.view

    def shown(self) -> None:
        """List the contacts if they are not listed, or others by now; a form that is not finished stays in front."""
        self._front = True
        if not self._listed:
            self._find()
        if self.view.page is self.view.browse:
            self.view.browse.search.setFocus()

    def hidden(self) -> None:
        """Rest until shown again."""
        self._front = False

    def refresh(self) -> None:
        """Look at the list and into the watched folders again."""
        self._find()
        self._sources.look()

    def search(self) -> None:
        """Give the search field the focus."""
        if self.view.page in {self.view.browse, self.view.sources}:
            self._to_list()

    def export(self) -> None:
        """Ask for a file and write the contacts listed."""
        if self._tasks.running(_EXPORT):
            self._messages.show(Level.INFO, _("An export is under way."), _("Wait for it or cancel it."), topic=_TOPIC)
        elif self.view.browse.model.total:
            self.view.choose_target()
        else:
            self._messages.show(Level.INFO, _("There is nothing to export."), _("No contact is listed."), topic=_TOPIC)

    def open(self, number: str, name: str, contact_id: int) -> None:
        """Show a contact, or for 0 the form for a new one with this number and name."""
        if contact_id:
            self.view.browse.search.clear()
            self._pick_id = contact_id
            self._to_list()
        else:
            self._begin_new(Contact(name=name, numbers=(ContactNumber(number),)))

    def tell(self, news: WatchNews) -> None:
        """Say what became of a file in a watched folder."""
        self._sources.tell(news)

    def close(self) -> None:
        """Let go of the services."""
        self._sources.close()
        self._unsubscribe()

    # The list

    def _changed(self) -> None:
        self._listed = False
        if self._front:
            self._find()

    def _find(self) -> None:
        self._tasks.start(_FIND, self._list)

    async def _list(self) -> None:
        browse = self.view.browse
        ids = await self._contacts.find(browse.search.text())
        first = await self._contacts.page(ids[:PAGE])
        total = await self._contacts.count()
        self._listed = True
        browse.model.show_ids(ids, first)
        browse.show_total(len(ids), total)
        if self._pick_id:
            browse.table.pick(str(self._pick_id))
            self._pick_id = 0
        elif browse.table.current:
            await self._pick(int(browse.table.current))

    async def _read_pages(self) -> None:
        """Fetch what is looked at, the last place first: what was scrolled past is not fetched before it."""
        model = self.view.browse.model
        while (missing := model.missing()) is not None:
            page, ids = missing
            model.put(page, ids, await self._contacts.page(ids))

    async def _pick(self, contact_id: int) -> None:
        self._picked = await self._contacts.get(contact_id) if contact_id else None
        self.view.browse.show_contact(self._picked)

    def _to_list(self) -> None:
        self.view.show_page(self.view.browse)
        self._find()
        self.view.browse.search.begin()

    # Changes

    def _begin_new(self, contact: Contact) -> None:
        self._open_form(0, contact, _("New contact"))

    def _begin_edit(self) -> None:
        if self._picked is not None:
            self._open_form(
                self._picked.id, self._picked.contact, _("Edit {contact}", contact=self._picked.contact.title)
            )

    def _open_form(self, contact_id: int, contact: Contact, title: str) -> None:
        """Show the form with a contact, unless something is typed into it that is not saved: that stays."""
        form = self.view.edit
        if self._is_open and form.changed:
            self._messages.show(
                Level.INFO,
                _("What you typed here is not saved yet."),
                _("Save or cancel it, then try again."),
                topic=_TOPIC,
            )
        else:
            self._is_open, self._edited = True, contact_id
            form.show_contact(contact, title)
        self.view.show_page(form)

    def _cancel(self) -> None:
        self._is_open = False
        self._to_list()

    async def _save(self) -> None:
        form = self.view.edit
        contact = form.contact
        form.set_busy(busy=True)
        undo: Undo | None = None
        try:
            if self._edited:
                self._pick_id, undo = await self._contacts.edit(self._edited, contact)
            else:
                self._pick_id = await self._contacts.add(contact)
        except VoipdeskError as error:
            form.show_failure(error)
            return
        finally:
            form.set_busy(busy=False)
        self._is_open = False
        self.view.browse.search.clear()
        if undo is None:
            self._messages.show(Level.GOOD, _("{contact} is added.", contact=contact.title), topic=_TOPIC)
        else:
            self._offer_undo(_("{contact} is changed.", contact=contact.title), undo)
        self._to_list()

    async def _remove(self) -> None:
        picked = self._picked
        if picked is not None:
            undo = await self._contacts.remove([picked.id])
            came = _("An import of its file does not bring it back.") if picked.sources else ""
            self._offer_undo(_("{contact} is removed.", contact=picked.contact.title), undo, came)

    def _offer_undo(self, text: str, undo: Undo, advice: str = "") -> None:
        def take_back() -> None:
            self._tasks.start("contacts: undo", self._contacts.undo, undo)

        self._messages.show(Level.GOOD, text, advice, (_("Undo"), take_back), _TOPIC)

    # Export

    async def _export(self, path: Path) -> None:
        from voipdesk.services.contact_export import export_file

        line = self.view.browse.line
        line.say(_("Writing {file} …", file=path.name), _("Cancel"))

        def say(done: int) -> None:
            text = ngettext("Writing {file}: {n} contact", "Writing {file}: {n} contacts", done, file=path.name)
            line.say(text, _("Cancel"))

        try:
            written = await export_file(
                self._contacts,
                path,
                text=self.view.browse.search.text(),
                progress=say,
            )
        except asyncio.CancelledError:
            self._messages.show(Level.INFO, _("The export was cancelled."), _("No file was written."), topic=_TOPIC)
            raise
        finally:
            line.hide()
        text = ngettext("{n} contact written to {path}.", "{n} contacts written to {path}.", written, path=path)
        self._messages.show(Level.GOOD, text, topic=_TOPIC)
