"""The filters above the log: what is typed and chosen becomes a CallFilter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import QDate, QLocale, QSize, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.call_log import CallFilter, Direction, Outcome, Source
from voipdesk.core.language import N_, _
from voipdesk.gui.call_log import periods
from voipdesk.gui.call_log.periods import Period
from voipdesk.gui.call_log.wording import one_line, place
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.elided_choice import ElidedChoice
from voipdesk.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtGui import QResizeEvent

    from voipdesk.gui.theme import Theme

T = TypeVar("T")

_SOURCES: tuple[tuple[str, tuple[Source, ...]], ...] = (
    (N_("All sources"), ()),
    (N_("Users"), (Source.USER,)),
    (N_("Queues"), (Source.QUEUE,)),
    (N_("Ring groups"), (Source.RING_GROUP,)),
)
_OUTCOMES: tuple[tuple[str, tuple[Outcome, ...]], ...] = (
    (N_("All outcomes"), ()),
    (N_("Answered"), (Outcome.ANSWERED,)),
    (N_("All missed"), (Outcome.MISSED, Outcome.ABANDONED, Outcome.TIMED_OUT)),
    (N_("Missed by users"), (Outcome.MISSED,)),
    (N_("Abandoned"), (Outcome.ABANDONED,)),
    (N_("Timed out"), (Outcome.TIMED_OUT,)),
    (N_("No answer"), (Outcome.NO_ANSWER,)),
    (N_("In progress"), (Outcome.IN_PROGRESS,)),
)
_DIRECTIONS: tuple[tuple[str, Direction | None], ...] = (
    (N_("In and out"), None),
    (N_("Incoming"), Direction.IN),
    (N_("Outgoing"), Direction.OUT),
)
_ARROW = 5 * GRID
"""Room for a choice's arrow and frame beside its text."""
_SEARCH = 24 * GRID
"""What the search field is to have at least."""
_IN_SECOND_ROW = 4
"""So many choices go there where one row is too short: what kind of call, and whose."""


class Choice(ElidedChoice, Generic[T]):
    """A list of named values, the first of which narrows nothing."""

    def __init__(self, name: str, entries: Sequence[tuple[str, T]]) -> None:
        super().__init__()
        self._values: list[T] = []
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # on Unix, Qt tells a choice's value as its name
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(7)
        self.setMaxVisibleItems(20)
        self.offer(entries)

    @property
    def value(self) -> T:
        """What is chosen."""
        return self._values[self.currentIndex()]

    def choose(self, value: T) -> None:
        """Choose a value; the first where it is not offered."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def offer(self, entries: Sequence[tuple[str, T]]) -> None:
        """Offer other values and keep what is chosen where it is still among them."""
        values = [value for _name, value in entries]
        if values == self._values:
            return
        chosen = self.value if self._values else values[0]
        blocked = self.blockSignals(True)
        self.clear()
        self._values = values
        self.addItems([one_line(text) for text, _value in entries])
        all_of_them = self.fontMetrics().horizontalAdvance(self.itemText(0)) + _ARROW
        self.setMinimumWidth(max(self.minimumSizeHint().width(), all_of_them))
        self.choose(chosen)
        self.blockSignals(blocked)
        if self.value != chosen:
            self.currentIndexChanged.emit(self.currentIndex())


class FilterBar(QWidget):
    """The search field and a choice for each other filter; says when any of them is another."""

    changed = Signal()
    left = Signal()
    """The table is to have the focus."""

    def __init__(self, theme: Theme, today: Callable[[], date], locale: QLocale) -> None:
        super().__init__()
        self._today = today
        self._week_starts = locale.firstDayOfWeek().value
        self.search = SearchField(theme, _("Name or number"), _("Search the call log by name or number"))
        self.search.setMinimumWidth(14 * GRID)  # it has six neighbours
        self._names: Sequence[tuple[Source, str]] = ()
        self.account = Choice[str | None](_("Account"), [(_("All accounts"), None)])
        self.period = Choice(_("Period"), [(periods.label(period), period) for period in Period])
        self.source = Choice(_("Source"), _shown(_SOURCES))
        self.direction = Choice(_("Direction"), _shown(_DIRECTIONS))
        self.outcome = Choice(_("Outcome"), _shown(_OUTCOMES))
        self.name = Choice[tuple[Source, str] | None](_("User, queue or ring group"), [(_("Anyone"), None)])
        self._choices = (self.account, self.period, self.source, self.direction, self.outcome, self.name)
        self.dates = DateRange(locale)
        self.account.hide()
        self.dates.hide()
        self._rows = QHBoxLayout(), QHBoxLayout()
        self._rows[0].addWidget(self.search, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for row in self._rows:
            row.setSpacing(GRID)
            column.addLayout(row)
        for choice in self._choices:
            choice.currentIndexChanged.connect(self._chosen)
        self._in_second = -1
        self._arrange()
        self.source.currentIndexChanged.connect(self._offer_names)
        self.search.textChanged.connect(self.changed)
        self.search.left.connect(self.left)
        self.dates.changed.connect(self.changed)

    @property
    def filter(self) -> CallFilter:
        """What is typed and chosen, as of today."""
        since, until = periods.bounds(*self._days())
        who = self.name.value
        return CallFilter(
            account_id=self.account.value,
            sources=self.source.value if who is None else (who[0],),
            name="" if who is None else who[1],
            direction=self.direction.value,
            outcomes=self.outcome.value,
            since=since,
            until=until,
            search=self.search.text().strip(),
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is typed or chosen."""
        return self.filter != CallFilter()

    def clear(self) -> None:
        """Take all filters back, with one `changed` for all."""
        before = self.filter
        blocked = self.blockSignals(True)
        self.search.clear()
        for choice in self._choices:
            choice.setCurrentIndex(0)
        self.blockSignals(blocked)
        if self.filter != before:
            self.changed.emit()

    def set_accounts(self, accounts: Iterable[tuple[str, str]]) -> None:
        """Offer accounts by id and name; where there is one there is nothing to choose."""
        entries: list[tuple[str, str | None]] = [(name, id_) for id_, name in accounts]
        self.account.offer([(_("All accounts"), None), *entries])
        self.account.setVisible(len(entries) > 1)
        self._arrange()

    def set_names(self, names: Sequence[tuple[Source, str]]) -> None:
        """Offer the users, queues and ring groups there are."""
        self._names = names
        self._offer_names()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Take a second row where one has no room for all."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Let it be as narrow as two rows are."""
        rows = self._choices[:-_IN_SECOND_ROW], self._choices[-_IN_SECOND_ROW:]
        width = max(_SEARCH + _width(rows[0]), _width(rows[1]) - GRID)
        return QSize(width, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        in_second = _IN_SECOND_ROW if _SEARCH + _width(self._choices) > self.width() else 0
        if in_second == self._in_second:
            return
        self._in_second = in_second
        in_first = len(self._choices) - in_second
        for choice in self._choices[:in_first]:
            self._rows[0].addWidget(choice, 1)
        for choice in self._choices[in_first:]:
            self._rows[1].addWidget(choice, 1)

    def _offer_names(self) -> None:
        """Offer the names of the source chosen."""
        sources = self.source.value
        fitting = [(place(*who), who) for who in self._names if not sources or who[0] in sources]
        self.name.offer([(_("Anyone"), None), *fitting])

    def _days(self) -> tuple[date | None, date | None]:
        period = self.period.value
        if period is Period.CUSTOM:
            return self.dates.days
        return periods.days(period, self._today(), self._week_starts)

    def _chosen(self) -> None:
        custom = self.period.value is Period.CUSTOM
        if custom and self.dates.isHidden():
            self.dates.begin(self._today())
        self.dates.setHidden(not custom)
        self.changed.emit()


class DateRange(QWidget):
    """Two dates, from and to, both inclusive; the later cannot come before the earlier."""

    changed = Signal()

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self._from, self._to = QDateEdit(), QDateEdit()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        for field, text, name in ((self._from, _("&From"), _("First day")), (self._to, _("&to"), _("Last day"))):
            field.setCalendarPopup(True)
            field.setAccessibleName(name)
            if locale.language() is QLocale.Language.C:
                field.setDisplayFormat("yyyy-MM-dd")
            label = QLabel(text)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            field.dateChanged.connect(self._moved)

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return _day(self._from), _day(self._to)

    def begin(self, today: date) -> None:
        """Start from the month so far, where no dates were chosen before."""
        if self._from.date() <= QDate(2000, 1, 1):
            self.set_days(today.replace(day=1), today)

    def set_days(self, first: date, last: date) -> None:
        """Choose two days."""
        self._from.setDate(QDate(first.year, first.month, first.day))
        self._to.setDate(QDate(last.year, last.month, last.day))

    def _moved(self) -> None:
        """Keep the two in order: the one that was not touched gives way."""
        if self._from.date() > self._to.date():
            (self._to if self.sender() is self._from else self._from).setDate(self.sender().date())  # type: ignore[attr-defined]
            return
        self.changed.emit()


def _width(choices: Iterable[Choice[Any]]) -> int:
    """Add up what those that are shown need, each with the space before it."""
    return sum(choice.minimumWidth() + GRID for choice in choices if not choice.isHidden())


def _day(field: QDateEdit) -> date:
    day = field.date()
    return date(day.year(), day.month(), day.day())


def _shown(entries: Sequence[tuple[str, T]]) -> list[tuple[str, T]]:
    return [(_(text), value) for text, value in entries]  # NON-NLS: marked in their tables
