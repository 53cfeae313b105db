"""The page that shows what a script's address answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, set_faint, set_font
from voipdesk.gui.widgets.saying_card import SayingCard
from voipdesk.gui.widgets.xml_view import XmlView

if TYPE_CHECKING:
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying


class TestPage(QWidget):
    """Shows one test, under way or ended; a slow one can be cancelled."""

    __test__ = False  # or pytest takes it for a test class

    again_asked = Signal()
    cancel_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        title = ElidedLabel(_("What the address answers"))
        set_font(title, scale=1.35, bold=True)
        self._url = ElidedLabel()
        set_faint(self._url)
        self.verdict = SayingCard(theme)
        self.answer = XmlView(_("What the address answered"), theme)
        self.back = QPushButton(_("Back"))
        self.cancel = QPushButton(_("&Cancel"))
        self.again = QPushButton(_("Test &again"))
        self.copy = QPushButton(_("Cop&y answer"))
        for button, icon in ((self.cancel, "close"), (self.again, "refresh"), (self.copy, "copy")):
            theme.set_icon(button, icon)
        self.back.clicked.connect(self.left)
        self.cancel.clicked.connect(self.cancel_asked)
        self.again.clicked.connect(self.again_asked)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.answer.toPlainText()))
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.back)
        buttons.addStretch()
        for button in (self.copy, self.again, self.cancel):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        for widget in (title, self._url, self.verdict):
            whole.addWidget(widget)
        whole.addWidget(self.answer, 1)
        whole.addLayout(buttons)

    def begin(self, url: str, saying: Saying) -> None:
        """Begin with nothing answered."""
        self._url.setText(url)
        self.answer.show_text("")
        self._show(saying, running=True)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self, saying: Saying) -> None:
        """Say how it goes on."""
        self.verdict.show_saying(saying)

    def end(self, saying: Saying, text: str = "", line: int = 0, column: int = 0) -> None:
        """Say what came of it, and show the answer with the place of its mistake, if it has one."""
        self.answer.show_text(text, line, column)
        self._show(saying, running=False)
        self.copy.setEnabled(bool(text))
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> None:
        (self.left if self.cancel.isHidden() else self.cancel_asked).emit()

    def _show(self, saying: Saying, *, running: bool) -> None:
        self.verdict.show_saying(saying)
        self.cancel.setVisible(running)
        self.again.setVisible(not running)
        self.copy.setVisible(not running)
