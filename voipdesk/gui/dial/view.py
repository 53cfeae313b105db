"""The dial pane's widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.language import _, pgettext
from voipdesk.gui.dial.my_number import MyNumber
from voipdesk.gui.dial.number_choice import NumberChoice
from voipdesk.gui.dial.recent_list import RecentList
from voipdesk.gui.dial.suggestions import Suggestions
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.account_choice import AccountChoice
from voipdesk.gui.widgets.labels import PlainLabel, heading, set_faint, set_font
from voipdesk.gui.widgets.saying_card import SayingCard, SayingLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.dial import Phone
    from voipdesk.gui.dial.model import Choice, RecentRow, Suggestion
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_GUARD_MS = 700
"""For so long after a number came from outside nothing is dialled: the Enter may have been meant for another window."""


class DialView(QWidget):
    """Shows the number, whose phone rings, what happens, and the numbers dialled last."""

    number_entered = Signal(str)
    dial_asked = Signal()
    again_asked = Signal()
    recent_asked = Signal(str)
    account_picked = Signal(str)
    region_picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._number = QLineEdit()
        self._number.setAccessibleName(_("Number to dial"))
        self._number.setPlaceholderText(_("Number or name"))
        self._number.setClearButtonEnabled(True)
        set_font(self._number, scale=1.35)
        self._mine = MyNumber(theme)
        self._account = AccountChoice(_("Account to dial with"))
        self._account.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._account.setMinimumContentsLength(10)
        self._call = QPushButton(_("Call"))
        self._call.setDefault(True)
        theme.set_icon(self._call, "dial")
        set_font(self._call, scale=1.1, bold=True)
        self._region = QComboBox()
        self._region.setAccessibleName(_("Country of numbers without a country code"))
        self._region.setToolTip(_("Numbers without a country code are read as numbers of this country"))
        self._region.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._region.setMinimumContentsLength(14)
        self._reading = SayingLine(theme)
        self._state = SayingCard(theme)
        self._choice = NumberChoice()
        self._suggestions = Suggestions(self._number, self._reading, self)
        self._recent = RecentList(theme)
        self._busy = False
        self._guard = QTimer(self, singleShot=True, interval=_GUARD_MS)
        self._guard.timeout.connect(self._allow)
        self._lay_out()
        self._number.textChanged.connect(self.number_entered)
        self._number.returnPressed.connect(self._ask)
        self._call.clicked.connect(self._ask)
        self._mine.edit.returnPressed.connect(self._ask)
        self._choice.picked.connect(self.fill)
        self._suggestions.picked.connect(self.fill)
        self._account.picked.connect(self.account_picked)
        self._region.activated.connect(lambda: self.region_picked.emit(self._region.currentData()))
        self._state.acted.connect(self.again_asked)
        self._recent.dial_asked.connect(self.recent_asked)
        self.setFocusProxy(self._number)
        self.show_reading(None)
        self.show_state(None)

    @property
    def number(self) -> str:
        """What stands in the number field."""
        return self._number.text()

    @property
    def my_number(self) -> str:
        """What stands in the field for the phone that rings first."""
        return self._mine.number

    @property
    def account(self) -> str:
        """The id of the account to dial with, "" when there is none."""
        return self._account.account

    def fill(self, number: str) -> None:
        """Put a number into the field and the focus there, ready to be dialled or typed over."""
        self._number.setText(number)
        self.take_focus()

    def fill_from_outside(self, number: str) -> None:
        """Put a number there that the person has not seen yet; a key that is on its way dials nothing."""
        self._guard.start()
        self._allow()
        self.fill(number)

    def take_focus(self) -> None:
        """Let what is typed next go into the number field."""
        self._number.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._number.selectAll()

    def show_accounts(self, accounts: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these (id, name); a single one needs no choice."""
        self._account.offer(accounts, current)
        self._on.setVisible(len(accounts) > 1)

    def show_my_numbers(self, phones: Sequence[Phone], current: str) -> None:
        """Offer these for the phone that rings first; any other may be typed."""
        self._mine.offer(phones, current)

    def begin_my_numbers(self) -> None:
        """Forget what was typed for another account, and why its phones are not known."""
        self._mine.begin_anew()
        self._mine.say_why_none("")

    def say_why_no_phones(self, text: str) -> None:
        """Say, at the field, why the service's phones are not offered; "" takes it back."""
        self._mine.say_why_none(text)

    def show_regions(self, regions: Sequence[tuple[str, str]], current: str) -> None:
        """Offer these countries (code, name) for numbers without a country code."""
        self._region.clear()
        for code, name in regions:
            self._region.addItem(name, code)
        self._region.setCurrentIndex(self._region.findData(current))

    def show_reading(self, saying: Saying | None) -> None:
        """Say what will be dialled."""
        self._reading.show_saying(saying, _("Type, paste or drop a number, or type a name. Enter dials."))

    def show_state(self, saying: Saying | None) -> None:
        """Say what happens; while it is busy there is nothing to press."""
        self._state.show_saying(saying, _("Your phone rings first. Pick it up, and the PBX calls the number."))
        self._busy = saying is not None and saying.busy
        self._allow()

    def show_choice(self, choices: Sequence[Choice]) -> None:
        """Offer several numbers to choose from; none takes them away."""
        self._choice.offer(choices)

    def show_suggestions(self, suggestions: Sequence[Suggestion]) -> None:
        """Offer numbers of contacts whose name may be meant; none takes them away."""
        self._suggestions.offer(suggestions)

    def show_recent(self, rows: Sequence[RecentRow]) -> None:
        """List the numbers dialled last."""
        self._recent.show_rows(rows)

    def _ask(self) -> None:
        if not self._guard.isActive() and not self._suggestions.take_only():
            self.dial_asked.emit()

    def _allow(self) -> None:
        self._call.setEnabled(not self._busy and not self._guard.isActive())

    def _lay_out(self) -> None:
        height = self._number.sizeHint().height() + GRID // 2
        for widget in (self._number, self._mine, self._account, self._call):
            widget.setFixedHeight(height)
        self._number.setMinimumWidth(26 * GRID)
        self._call.setMinimumWidth(14 * GRID)
        self._mine.setMaximumWidth(28 * GRID)
        self._account.setMaximumWidth(22 * GRID)
        ring = QLabel(_("ring &my phone"))
        ring.setBuddy(self._mine)
        self._on = PlainLabel(pgettext("an account", "on"), wraps=False)
        self._of = QLabel(_("&national numbers are of"))
        self._of.setBuddy(self._region)
        set_faint(self._of)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self._number, 1)
        row.addSpacing(GRID)
        row.addWidget(ring)
        row.addWidget(self._mine)
        row.addWidget(self._on)
        row.addWidget(self._account)
        row.addSpacing(GRID)
        row.addWidget(self._call)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(row)
        below = QHBoxLayout()
        below.setSpacing(GRID)
        below.addWidget(self._reading, 1)
        below.addWidget(self._of)
        below.addWidget(self._region)
        column.addLayout(below)
        column.addWidget(self._choice)
        column.addSpacing(GRID)
        column.addWidget(self._state)
        column.addSpacing(GRID)
        column.addWidget(heading(_("Recent")))
        column.addWidget(self._recent, 1)
