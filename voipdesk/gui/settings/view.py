"""The settings pane's page: sections below one another, each under its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import heading
from voipdesk.gui.widgets.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDTH = 84 * GRID


class SettingsView(QScrollArea):
    """Shows what it is given; scrolls where that is too high."""

    def __init__(self, sections: Iterable[tuple[str, QWidget]]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("Settings"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(GRID)
        for place, (title, widget) in enumerate(sections):
            if place:
                column.addSpacing(GRID)
                column.addWidget(Rule())
                column.addSpacing(GRID)
            column.addWidget(heading(title, 1.1))
            widget.setMaximumWidth(_WIDTH)
            row = QHBoxLayout()  # a column would ask how high it is at a width that it never has
            row.addWidget(widget, 1)
            row.addStretch()
            column.addLayout(row)
        column.addStretch()
        self.setWidget(page)
