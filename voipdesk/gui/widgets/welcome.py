"""The first start: what one can begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.gui.widgets.labels import PlainLabel, heading, set_faint

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme


class Welcome(QWidget):
    """Says what voipdesk is for and offers to connect a service or to look around with the demo PBX."""

    connect_asked = Signal()
    demo_asked = Signal()

    def __init__(self, theme: Theme, *, with_demo: bool) -> None:
        super().__init__()
        text = PlainLabel(
            _("Click to call, the log of all calls and the state of your telephone service, beside your phone.")
        )
        set_faint(text)
        connect = ChoiceButton(
            theme,
            "key",
            _("Connect a service"),
            _("With its address and an API key. Ends in a test that says what is wrong."),
        )
        demo = ChoiceButton(
            theme,
            "demo",
            _("Look around"),
            _("A demo PBX on this computer, with a year of calls. Nothing is kept, no phone rings."),
        )
        connect.clicked.connect(self.connect_asked)
        demo.clicked.connect(self.demo_asked)
        demo.setVisible(with_demo)
        column = QVBoxLayout()
        column.setSpacing(2 * GRID)
        column.addWidget(heading(_("Welcome to voipdesk"), 1.6))
        column.addWidget(text)
        column.addSpacing(GRID)
        column.addWidget(connect)
        column.addWidget(demo)
        inner = QWidget()
        inner.setFixedWidth(66 * GRID)
        inner.setLayout(column)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(inner)
        row.addStretch()
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(row)
        page.addStretch(3)
        self.setFocusProxy(connect)
