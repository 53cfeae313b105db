"""The page that credit is moved on: an amount, a question, what became of it, and the journal below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.customers.credit_figures import CreditFigures
from voipdesk.gui.customers.credit_model import journal_headings
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.data_table import DataTable
from voipdesk.gui.widgets.faces import BusyBar
from voipdesk.gui.widgets.form_field import TextField, lay_out_fields
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, heading, set_faint, set_font
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import SignalInstance

    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_WIDTH = 84 * GRID
_LONGEST_AMOUNT = 24


class CreditPage(QWidget):
    """Shows one step at a time. At each the button with the focus, Enter and Escape move nothing."""

    amount_typed = Signal(str)
    go_on_asked = Signal()
    """The amount is entered: ask whether to go on."""
    move_asked = Signal()
    """Yes, move it."""
    left = Signal()
    """Out of the step at hand, without doing anything."""
    again_asked = Signal()
    """Read the balances again, and begin anew."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = ElidedLabel()
        set_font(self._title, scale=1.35, bold=True)
        self._about = ElidedLabel()
        set_faint(self._about)
        self._bar = BusyBar()
        self.warning = SayingCard(theme, small=True)
        self.figures = CreditFigures()
        self.saying = SayingCard(theme)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        about = _("Like 10 or 10.50, in the currency of your balance.")
        self.amount = TextField(_("Amount"), theme, about=about, aside=(room,))
        self.amount.line.setMaxLength(_LONGEST_AMOUNT)
        self.amount.line.setMaximumWidth(20 * GRID)
        self.amount.line.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.amount.line.textEdited.connect(self.amount_typed)
        self.amount.line.returnPressed.connect(self.go_on_asked)
        self.leave = _button(_("Back to the list"), self.left)
        self.go_on = _button(_("Move credit…"), self.go_on_asked)
        self.refrain = _button(_("Do not move it"), self.left)
        self.move_button = _button("", self.move_asked)
        self.done = _button(_("Back to the list"), self.left)
        self.again = _button(_("Move more…"), self.again_asked)
        self._journal_title = heading("")
        self.journal = DataTable(_("Journal of transfers"), journal_headings(), row_padding=GRID // 2)
        self._no_journal = PlainLabel(_("Nothing was moved yet."))
        set_faint(self._no_journal)
        self._steps = QStackedWidget()
        self._form = _row(self.leave, self.go_on)
        self._question = _row(self.refrain, self.move_button)
        self._result = _row(self.done, self.again)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self._leave_step)
        self._lay_out()

    def begin(self, customer: str, account: str) -> None:
        """Begin with a customer, nothing entered and nothing known yet."""
        self._title.setText(_("Move credit to {customer}", customer=customer))
        self._about.setText(_("from the balance of {account}", account=account))
        self._journal_title.setText(_("Transfers of {account}", account=account))
        self.show_journal(())
        self._no_journal.hide()  # until it is known
        self.figures.show_names(_("Your balance"), customer)
        self.amount.set_value("")
        self.show_warning(None)
        self.show_form(None, enabled=False)

    def set_busy(self, *, busy: bool) -> None:
        """Show that the balances are read."""
        self._bar.set_busy(busy=busy)

    def show_warning(self, saying: Saying | None) -> None:
        """Warn of an earlier transfer."""
        self.warning.show_saying(saying)
        self.warning.setVisible(saying is not None)

    def show_form(self, saying: Saying | None, *, enabled: bool) -> None:
        """Take an amount; `saying` tells why nothing came of the last one, or why none can be taken."""
        self._show_saying(saying)
        self.amount.set_shown(shown=True)
        self.amount.editor.setEnabled(enabled)
        self._steps.setCurrentWidget(self._form)
        target = self.amount.editor if enabled else self.leave
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_go_on(self, label: str, error: str) -> None:
        """Say what the button leads to, and what is wrong with the amount; "" for a label while there is none."""
        self.amount.set_error(error)
        self.go_on.setText((f"{label}…" if label else _("Move credit…")).replace("&", "&&"))
        self.go_on.setEnabled(bool(label))

    def ask(self, saying: Saying, label: str) -> None:
        """Ask whether to go on; what has the focus is not to."""
        self._show_saying(saying)
        self.amount.set_shown(shown=False)
        self.move_button.setText(label.replace("&", "&&"))
        self._set_question_enabled(enabled=True)
        self._steps.setCurrentWidget(self._question)
        self.refrain.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_moving(self, saying: Saying) -> None:
        """Say that it is under way: until it is known what became of it there is nothing to press."""
        self._show_saying(saying)
        self._set_question_enabled(enabled=False)

    def show_result(self, saying: Saying, again: str) -> None:
        """Say what became of it, with a button `again` to begin anew."""
        self._show_saying(saying)
        self.amount.set_shown(shown=False)
        self.again.setText(again)
        self._steps.setCurrentWidget(self._result)
        self.done.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_journal(self, rows: Sequence[Sequence[str]]) -> None:
        """List transfers, newest first, or say that there are none."""
        self.journal.show_rows(rows)
        self.journal.setVisible(bool(rows))
        self._no_journal.setVisible(not rows)

    def _show_saying(self, saying: Saying | None) -> None:
        self.saying.show_saying(saying)
        self.saying.setVisible(saying is not None)

    def _set_question_enabled(self, *, enabled: bool) -> None:
        self.refrain.setEnabled(enabled)
        self.move_button.setEnabled(enabled)

    def _leave_step(self) -> None:
        if self._steps.currentWidget() is not self._question or self.refrain.isEnabled():
            self.left.emit()

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2 * GRID)
        for part in (self.warning, self.figures):
            inner.addWidget(part)
        inner.addLayout(lay_out_fields([self.amount]))
        inner.addWidget(self.saying)
        inner.addWidget(self._steps)
        box = QWidget()
        box.setLayout(inner)
        box.setMaximumWidth(_WIDTH)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addWidget(self._bar)
        column.addWidget(box)
        column.addSpacing(GRID)
        column.addWidget(self._journal_title)
        column.addWidget(self._no_journal)
        column.addWidget(self.journal, 1)
        column.addStretch()
        for step in (self._form, self._question, self._result):
            self._steps.addWidget(step)
        self._steps.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def _button(text: str, signal: SignalInstance) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(True)  # Enter presses the one with the focus
    button.clicked.connect(signal)
    return button


def _row(*buttons: QPushButton) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID)
    row.addStretch()
    for button in buttons:
        row.addWidget(button)
    return holder
