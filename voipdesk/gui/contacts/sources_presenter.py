"""The files and folders that contacts come from: listed, imported again, forgotten, watched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.gui.messages import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.gui.contacts.view import ContactsView
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.contacts import Contacts
    from voipdesk.services.contacts_watch import ContactsWatch, WatchNews

_TOPIC = "contact sources"


class SourcesPresenter:
    """Shows the sources, and tells what becomes of the watched ones."""

    def __init__(
        self,
        view: ContactsView,
        contacts: Contacts,
        watch: ContactsWatch,
        tasks: Tasks,
        messages: Messages,
        import_file: Callable[[Path], None],
    ) -> None:
        self._view = view
        self._page = view.sources
        self._contacts = contacts
        self._watch = watch
        self._tasks = tasks
        self._messages = messages
        self._import_file = import_file
        self._page.watch_asked.connect(view.choose_folder)
        self._page.again_asked.connect(self._import_again)
        self._page.forget_asked.connect(lambda id_: tasks.start("contacts: forget", self._forget, id_))
        view.folder_chosen.connect(lambda folder: tasks.start("contacts: watch folder", self._add, Path(folder)))
        self._unsubscribe = contacts.changed.subscribe(lambda _none: self._list())

    def close(self) -> None:
        """Let go of the services."""
        self._unsubscribe()

    def open(self) -> None:
        """Show the sources."""
        self._view.show_page(self._page)
        self._list()

    def look(self) -> None:
        """Look into the watched folders now."""
        self._tasks.start("contacts: look", self._watch.look)

    def _list(self) -> None:
        if self._view.page is self._page:
            self._tasks.restart("contacts: sources", self._read)

    async def _read(self) -> None:
        self._page.show_sources(await self._contacts.sources())

    def _import_again(self, source_id: str) -> None:
        source = self._page.source(source_id)
        if source is not None:
            self._import_file(Path(source.place))

    async def _add(self, folder: Path) -> None:
        await self._watch.add(folder)
        self._list()

    async def _forget(self, source_id: str) -> None:
        source = self._page.source(source_id)
        if source is None:
            return
        if source.is_folder:
            await self._contacts.forget_source(source)
            text = _("{folder} is watched no more; its contacts stay.", folder=source.place)
            self._messages.show(Level.GOOD, text, topic=_TOPIC)
            return
        await self._watch.check_forgetting(source)
        name = Path(source.place).name
        text = ngettext(
            "{n} contact came from {file}. Those that came from it alone are removed. What you changed stays, and the "
            "file itself is left as it is.",
            "{n} contacts came from {file}. Those that came from it alone are removed. What you changed stays, and the "
            "file itself is left as it is.",
            source.contacts,
            file=name,
        )
        if await self._messages.confirm(self._page, _("Forget {file}?", file=name), text, _("Forget it")):
            await self._contacts.forget_source(source)

    def tell(self, news: WatchNews) -> None:
        """Say what was taken over, or why it could not be; what vanished is for the person to remove."""
        name = Path(news.place).name or _("Watched folders")
        self._list()
        if news.counts is None:
            self._messages.show(Level.WARNING, f"{name}: {news.problem}", topic=f"{_TOPIC} {news.place}")
        elif news.counts.removed:
            self._messages.show(
                Level.INFO,
                ngettext(
                    "{n} contact is no longer in {file}, and kept.",
                    "{n} contacts are no longer in {file}, and kept.",
                    news.counts.removed,
                    file=name,
                ),
                _("Importing it shows which, and removes them if you like."),
                (_("Show"), lambda: self._import_file(Path(news.place))),
                f"{_TOPIC} {news.place}",
            )
