"""The rows of the contacts for Qt: a model that knows the ids of all and holds some pages of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from voipdesk.core.contacts import number_text
from voipdesk.core.language import _
from voipdesk.gui.widgets.record_model import Record, RecordModel, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.contacts import StoredContact

PAGE = 100
_KEPT = 30


class ContactModel(RecordModel):
    """Shows contacts in the order of names; a page that is painted and not there is asked for."""

    can_sort = False
    wanted = Signal()
    """A page is missing that was looked at."""

    def __init__(self) -> None:
        super().__init__((_("Name"), _("Organisation"), _("Numbers")))
        self._loading = Record("", ("", "", ""), ("", "", ""), "", _("Loading"))
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, tuple[Record, ...]] = OrderedDict()
        self._missing: OrderedDict[int, None] = OrderedDict()

    @property
    def total(self) -> int:
        """How many contacts are listed."""
        return len(self._ids)

    def show_ids(self, ids: Sequence[int], first: Sequence[StoredContact]) -> None:
        """List these in place of those of before; `first` is the first page of them."""
        self.beginResetModel()
        self._ids = ids
        self._pages, self._missing = OrderedDict(), OrderedDict()
        if ids:
            self._pages[0] = self._made(0, first)
        self.endResetModel()

    def missing(self) -> tuple[int, Sequence[int]] | None:
        """Give the page that was looked for last and is not there, and the ids of its contacts."""
        while self._missing:
            page, _none = self._missing.popitem()
            if page not in self._pages:
                return page, self._ids[page * PAGE : (page + 1) * PAGE]
        return None

    def put(self, page: int, ids: Sequence[int], found: Sequence[StoredContact]) -> None:
        """Take a page over, unless other contacts are listed by now."""
        if list(self._ids[page * PAGE : (page + 1) * PAGE]) != list(ids):
            return
        self._pages[page] = self._made(page, found)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        last = min(len(self._ids), (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(self.headings) - 1))

    def id_at(self, row: int) -> str:
        """Give the id of a row, "" when there is no such row."""
        return str(self._ids[row]) if 0 <= row < len(self._ids) else ""

    def row_of(self, record_id: str) -> int:
        """Give the row of a contact, -1 when it is not listed."""
        try:
            return self._ids.index(int(record_id))  # a dictionary of 50,000 takes longer than it saves
        except ValueError:
            return -1

    def record(self, row: int) -> Record:
        """Give a row, empty until its page is here."""
        page, within = divmod(row, PAGE)
        records = self._pages.get(page)
        if records is None:
            if page not in self._missing:
                self._missing[page] = None
                self.wanted.emit()
            return self._loading
        self._pages.move_to_end(page)
        return records[within]

    def _row_count(self) -> int:
        return len(self._ids)

    def _made(self, page: int, found: Sequence[StoredContact]) -> tuple[Record, ...]:
        by_id = {each.id: record(each) for each in found}
        return tuple(by_id.get(id_, self._loading) for id_ in self._ids[page * PAGE : (page + 1) * PAGE])


def record(stored: StoredContact) -> Record:
    """Make a row."""
    contact = stored.contact
    numbers = ", ".join(number_text(number) for number in contact.numbers)
    cells = tuple(map(one_line, (contact.title, contact.organisation, numbers)))
    said = [cell for cell in cells if cell] or [_("nothing known")]
    return Record(str(stored.id), cells, cells, "", ", ".join(dict.fromkeys(said)))
