"""The status pane's widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import _
from voipdesk.gui.status.fact_tiles import FactTiles
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.account_choice import AccountChoice
from voipdesk.gui.widgets.faces import BusyBar
from voipdesk.gui.widgets.history_chart import HistoryChart
from voipdesk.gui.widgets.labels import PlainLabel, heading
from voipdesk.gui.widgets.plain_table import PlainTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.gui.status.model import Fact
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.history_chart import Bar


class StatusView(QWidget):
    """Shows one account's service: facts, sources, its own report, how it was."""

    look_asked = Signal()
    account_picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = heading(_("Status"), 1.35)
        self._account = AccountChoice()
        self._account.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._account.setMaximumWidth(36 * GRID)
        self._account.picked.connect(self.account_picked)
        self._look = QPushButton(_("Look again"))
        self._look.setToolTip(_("Ask the service how it is: one request (F5)"))
        theme.set_icon(self._look, "refresh")
        self._look.clicked.connect(self.look_asked)
        self._bar = BusyBar()
        self._tiles = FactTiles(theme)
        self._sync = PlainTable(_("How far the call log is fetched"), (_("Call log"), _("Known to be"), _("As of")))
        self._says = PlainLabel()
        self._says_table = PlainTable(_("The service's own report"), ())
        self._chart = HistoryChart(theme)
        self._history = PlainTable(_("Earlier looks"), (_("When"), _("Service"), _("In its own words")), rows_shown=6)
        self._sections: list[QWidget] = []
        self._lay_out()

    @property
    def account(self) -> str:
        """The id of the account shown, "" when there is none."""
        return self._account.account

    def show_accounts(self, accounts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these (id, name); a single one needs no choice."""
        self._account.offer(accounts, current)

    def set_busy(self, *, busy: bool) -> None:
        """Show that a look is under way, and take no second press."""
        self._bar.set_busy(busy=busy)
        self._look.setEnabled(not busy)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show what is known."""
        self._tiles.show_facts(facts)

    def show_sync(self, rows: Sequence[Sequence[str]]) -> None:
        """Show how far each source is fetched."""
        self._sync.show_rows(rows)
        self._sync_section.setVisible(bool(rows))

    def show_report(self, text: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show the service's own report in the shape it came in."""
        self._says.setText(text)
        self._says.setVisible(bool(text))
        self._says_table.set_headings(columns)
        self._says_table.show_rows(rows)
        self._says_table.setVisible(bool(rows))
        self._says_section.setVisible(bool(text or rows))

    def show_history(self, rows: Sequence[Sequence[str]], bars: Sequence[Bar]) -> None:
        """Show earlier looks, newest first; the bars oldest first."""
        self._history.show_rows(rows)
        self._chart.show_bars(bars)
        self._history_section.setVisible(bool(rows))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._title)
        top.addWidget(self._account)
        top.addStretch()
        top.addWidget(self._look)
        self._sync_section = _section("", self._sync)
        self._says_section = _section(_("What the service says"), self._says, self._says_table)
        self._history_section = _section(_("Answer times"), self._chart, self._history)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self._tiles)
        for section in (self._sync_section, self._says_section, self._history_section):
            column.addWidget(section)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Status of the account"))
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, GRID)
        whole.addLayout(top)
        whole.addWidget(self._bar)
        whole.addWidget(scroll, 1)


def _section(title: str, *widgets: QWidget) -> QWidget:
    box = QWidget()
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GRID)
    if title:
        column.addWidget(heading(title))
    for widget in widgets:
        column.addWidget(widget)
    return box
