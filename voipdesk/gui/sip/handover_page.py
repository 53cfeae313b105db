"""The page that hands a SIP account to a phone: who may fetch it, then a QR code and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from voipdesk.core.language import _
from voipdesk.gui.sip import handover_model
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, heading, set_faint, set_font
from voipdesk.gui.widgets.saying_card import SayingCard
from voipdesk.gui.widgets.value_line import ValueLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance

    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_WIDTH = 84 * GRID
_CODE = 36 * GRID


class HandoverPage(QWidget):
    """Asks who may fetch it and serves nothing until `begin_asked`; then shows the code until it has ended."""

    begin_asked = Signal()
    stop_asked = Signal()
    again_asked = Signal()
    """Back to the question who may fetch it."""
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = ElidedLabel(_("Hand over to a phone"))
        set_font(self._title, scale=1.35, bold=True)
        self._about = ElidedLabel()
        set_faint(self._about)
        self.warning = SayingCard(theme, small=True)
        self.places = QButtonGroup(self)
        self._places = QVBoxLayout()
        self._places.setSpacing(GRID // 2)
        self.with_password = QCheckBox(_("With the &password"))
        self._password_about = PlainLabel()
        set_faint(self._password_about)
        self.with_password.toggled.connect(self._explain_password)
        self.state = SayingCard(theme)
        self.state.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._code = QLabel()
        self._code.setFixedSize(_CODE, _CODE)
        self._code.setAccessibleName(_("QR code of the address below"))
        self._code.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._offered = QWidget()
        self._steps = PlainLabel()
        self.url = ValueLine(_("Address"))
        self.copy = QToolButton()
        self.copy.setAutoRaise(True)
        self.copy.setAccessibleName(_("Copy the address"))
        self.copy.setToolTip(_("Copy the address"))
        theme.set_icon(self.copy, "copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.url.text()))
        self.back = _button(_("Back"), self.left)
        self.begin_button = _button(_("&Show the code"), self.begin_asked)
        self.stop = _button(_("&Cancel"), self.stop_asked)
        self.again = _button(_("&Begin again"), self.again_asked)
        theme.set_icon(self.begin_button, "mobile")
        theme.set_icon(self.stop, "close")
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)
        self._stack = QStackedWidget()
        self._question, self._serving = self._lay_out_question(), self._lay_out_serving()
        self._lay_out()

    def ask(
        self,
        whom: str,
        places: Sequence[tuple[str, str]],
        chosen: int,
        warning: Saying | None,
        *,
        password: bool | None,
    ) -> None:
        """Ask who may fetch it: each place with what it means; `password` is None where it is not known."""
        self._about.setText(whom)
        self._show_places(places, chosen)
        self.warning.show_saying(warning)
        self.warning.setVisible(warning is not None)
        self.with_password.setEnabled(password is not None)
        self.with_password.setChecked(bool(password))
        self._explain_password()
        self._stack.setCurrentWidget(self._question)
        self._show_buttons(self.begin_button)
        self.begin_button.setEnabled(bool(places))
        self.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def serve(self, url: str, png: bytes, steps: str, saying: Saying) -> None:
        """Show the code of an address that is being served."""
        self.url.show_value(url)
        self._code.setPixmap(_drawn(png, self._code.devicePixelRatioF()))
        self._steps.setText(steps)
        self.state.show_saying(saying)
        self._offered.show()
        self._stack.setCurrentWidget(self._serving)
        self._show_buttons(self.stop)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self, saying: Saying) -> None:
        """Say how long is left."""
        self.state.show_saying(saying)

    def end(self, saying: Saying) -> None:
        """Say what came of it; the code goes, for it leads nowhere any more."""
        self.state.show_saying(saying)
        self._code.clear()
        self.url.show_value("")
        self._offered.hide()
        self._show_buttons(self.again)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_places(self, places: Sequence[tuple[str, str]], chosen: int) -> None:
        for button in self.places.buttons():
            self.places.removeButton(button)
        while (item := self._places.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (title, about) in enumerate(places):
            choice, meaning = QRadioButton(title.replace("&", "&&")), PlainLabel(about)
            choice.setAccessibleDescription(about)
            choice.setChecked(number == chosen)
            meaning.setContentsMargins(3 * GRID, 0, 0, 0)
            set_faint(meaning)
            self.places.addButton(choice, number)
            self._places.addWidget(choice)
            self._places.addWidget(meaning)

    def _explain_password(self) -> None:
        said = handover_model.about_password(sent=self.with_password.isChecked())
        self._password_about.setText(said)
        self.with_password.setAccessibleDescription(said)

    def _show_buttons(self, shown: QPushButton) -> None:
        for button in (self.begin_button, self.stop, self.again):
            button.setVisible(button is shown)

    def _leave(self) -> None:
        (self.left if self.stop.isHidden() else self.stop_asked).emit()

    def _lay_out_question(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.warning)
        column.addWidget(heading(_("Who may fetch it")))
        column.addLayout(self._places)
        column.addSpacing(GRID)
        column.addWidget(self.with_password)
        column.addWidget(self._password_about)
        column.addStretch()
        return page

    def _lay_out_serving(self) -> QWidget:
        page = QWidget()
        address = QHBoxLayout()
        address.setSpacing(GRID)
        label = QLabel(_("Address"))
        set_faint(label)
        for widget, stretch in ((label, 0), (self.url, 1), (self.copy, 0)):
            address.addWidget(widget, stretch)
        row = QHBoxLayout()
        row.setSpacing(3 * GRID)
        row.addWidget(self._code, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._steps, 1, Qt.AlignmentFlag.AlignTop)
        offered = QVBoxLayout(self._offered)
        offered.setContentsMargins(0, 0, 0, 0)
        offered.setSpacing(2 * GRID)
        offered.addLayout(row)
        offered.addLayout(address)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.state)
        column.addWidget(self._offered)
        column.addStretch()
        return page

    def _lay_out(self) -> None:
        for page in (self._question, self._serving):
            page.setMaximumWidth(_WIDTH)
            self._stack.addWidget(page)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.back)
        buttons.addStretch()
        for button in (self.begin_button, self.stop, self.again):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        whole.addSpacing(GRID // 2)
        whole.addWidget(self._stack, 1)
        whole.addLayout(buttons)


def _drawn(png: bytes, ratio: float) -> QPixmap:
    """Draw a code with modules of whole pixels: a camera reads it the better."""
    code = QImage.fromData(QByteArray(png))
    dots = code.width() // handover_model.MODULE
    edge = dots * max(1, int(_CODE * ratio) // max(1, dots))
    picture = QPixmap.fromImage(code.scaled(edge, edge))
    picture.setDevicePixelRatio(ratio)
    return picture


def _button(text: str, signal: SignalInstance) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(True)  # Enter presses the one with the focus
    button.clicked.connect(signal)
    return button
