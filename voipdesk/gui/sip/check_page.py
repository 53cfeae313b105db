"""The page that shows a check of a SIP account as it goes on: each step with its verdict, and what came of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from voipdesk.core.language import N_, _
from voipdesk.core.sip_check import Verdict
from voipdesk.gui.theme import GRID, Tone
from voipdesk.gui.widgets.labels import ElidedLabel, PlainLabel, breakable, set_colour, set_faint, set_font
from voipdesk.gui.widgets.saying_card import SayingCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.sip_check import CheckStep
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.saying import Saying

_MARKS = {
    Verdict.UNDER_WAY: ("pending", Tone.ACCENT, N_("under way")),
    Verdict.PASSED: ("good", Tone.GOOD, N_("good")),
    Verdict.WARNED: ("warning", Tone.WARNING, N_("works, but")),
    Verdict.FAILED: ("error", Tone.BAD, N_("failed")),
    Verdict.SKIPPED: ("skipped", Tone.FAINT, N_("not tried")),
}
_EDGE = 24
_WIDTH = 84 * GRID


class StepRow(QFrame):
    """One step: its mark, its heading with the verdict in words, what was found and what to do."""

    def __init__(self, theme: Theme, step: CheckStep) -> None:
        super().__init__()
        self._theme = theme
        self._icon = QLabel()
        self._icon.setFixedSize(_EDGE, _EDGE)
        self._heading = QLabel(step.kind.heading)
        set_font(self._heading, bold=True)
        self._verdict = QLabel()
        self._text = PlainLabel()
        self._advice = PlainLabel()
        set_font(self._advice, bold=False)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addWidget(self._heading)
        top.addWidget(self._verdict)
        top.addStretch()
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 4)
        texts.addLayout(top)
        texts.addWidget(self._text)
        texts.addWidget(self._advice)
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(2 * GRID)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        self._step = step
        theme.changed.connect(self._draw)
        self.show_step(step)

    def show_step(self, step: CheckStep) -> None:
        """Show how far it is."""
        self._step = step
        word = _(_MARKS[step.verdict][2])  # NON-NLS: marked in its table
        self._verdict.setText(word)
        text = "" if step.verdict is Verdict.SKIPPED else step.text  # the verdict says it already
        self._text.setText(breakable(text))
        self._text.setVisible(bool(text))
        self._advice.setText(breakable(f"→ {step.advice}") if step.advice else "")
        self._advice.setVisible(bool(step.advice))
        self._icon.setAccessibleName(word)
        self.setAccessibleName(" ".join(filter(None, (f"{step.kind.heading}: {word}.", text, step.advice))))
        self._draw()

    def _draw(self) -> None:
        icon, tone, _word = _MARKS[self._step.verdict]
        self._icon.setPixmap(self._theme.pixmap(icon, tone, _EDGE, self.devicePixelRatioF()))
        set_colour(self._verdict, self._theme.colour(tone))
        faint = self._step.verdict is Verdict.SKIPPED
        set_faint(self._heading, faint=faint)


class CheckPage(QWidget):
    """Shows one check; its buttons are those of a check under way, or of one that has ended."""

    again_asked = Signal()
    register_asked = Signal()
    cancel_asked = Signal()
    copy_asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = ElidedLabel(_("Does this SIP account work?"))
        set_font(self._title, scale=1.35, bold=True)
        self._about = ElidedLabel()
        set_faint(self._about)
        self.outcome = SayingCard(theme)
        self._rows: list[StepRow] = []
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self.back = QPushButton(_("Back"))
        self.cancel = QPushButton(_("&Cancel"))
        self.again = QPushButton(_("Check &again"))
        self.register = QPushButton(_("&Register for a moment…"))
        self.copy = QPushButton(_("Copy &report"))
        self.register.setToolTip(_("Sign this computer in as a telephone, and out again; asks first"))
        self.copy.setToolTip(_("Copy what was found, for whoever helps you; the password is not in it"))
        for button, icon in ((self.again, "refresh"), (self.copy, "copy"), (self.cancel, "close")):
            theme.set_icon(button, icon)
        for button, signal in (
            (self.back, self.left),
            (self.cancel, self.cancel_asked),
            (self.again, self.again_asked),
            (self.register, self.register_asked),
            (self.copy, self.copy_asked),
        ):
            button.setAutoDefault(True)
            button.clicked.connect(signal)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self._leave)
        self._lay_out()

    def begin(self, whom: str, saying: Saying) -> None:
        """Begin a check: nothing found yet."""
        self._about.setText(whom)
        self.show_steps(())
        self.outcome.show_saying(saying)
        self._set_running(running=True)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_steps(self, steps: Sequence[CheckStep]) -> None:
        """Show these steps; those that are there already stay where they are."""
        for row, step in zip(self._rows, steps, strict=False):
            row.show_step(step)
        for row in self._rows[len(steps) :]:
            row.hide()
            row.deleteLater()
        del self._rows[len(steps) :]
        for step in steps[len(self._rows) :]:
            row = StepRow(self._theme, step)
            self._rows.append(row)
            self._steps.addWidget(row)

    def end(self, saying: Saying, *, registers: bool) -> None:
        """Say what came of it; `registers` offers to register as the next thing to try."""
        self.outcome.show_saying(saying)
        self._set_running(running=False)
        self.register.setVisible(registers)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_running(self, *, running: bool) -> None:
        self.cancel.setVisible(running)
        for button in (self.again, self.copy):
            button.setVisible(not running)
        self.register.setVisible(False)

    def _leave(self) -> None:
        (self.cancel_asked if self.cancel.isVisible() else self.left).emit()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addLayout(self._steps)
        column.addStretch()
        inner.setMaximumWidth(_WIDTH)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("Steps of the check"))
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.outcome.setMaximumWidth(_WIDTH)
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID)
        buttons.addWidget(self.back)
        buttons.addStretch()
        for button in (self.copy, self.register, self.again, self.cancel):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        whole.setSpacing(GRID)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        whole.addSpacing(GRID // 2)
        whole.addWidget(self.outcome)
        whole.addWidget(scroll, 1)
        whole.addLayout(buttons)
