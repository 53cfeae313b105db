"""The chosen call below the table: who, with the buttons that act on it, and on demand every field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from voipdesk.core.call_log import Direction
from voipdesk.core.language import _
from voipdesk.gui.call_log.wording import (
    direction_label,
    one_line,
    other_number,
    other_side,
    outcome_label,
    party_text,
    place,
    source_label,
    talked_s,
    waited_s,
    withheld,
)
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.labels import ElidedLabel, plain_tip, set_faint, set_font
from voipdesk.gui.words import span

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from voipdesk.core.call_log import LoggedCall
    from voipdesk.gui.call_log.wording import Clock
    from voipdesk.gui.theme import Theme

_DASH = "–"
_PER_COLUMN = 5
_WIDER = 2
"""So much wider than the others is the column that says who, with names and numbers."""


class DetailsPanel(QFrame):
    """Shows one call; nothing in it is ever read as anything but plain text."""

    call_back_asked = Signal()
    copy_asked = Signal()
    contact_asked = Signal()
    opened = Signal(bool)
    """The fields were opened or closed by the user."""

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._call: LoggedCall | None = None
        self._named: LoggedCall | None = None
        self._display: Callable[[str], str] = str
        self._title = ElidedLabel()
        set_font(self._title, scale=1.1, bold=True)
        self._about = ElidedLabel()
        set_faint(self._about)
        self.call_back = QPushButton(_("Call &back"))
        self.copy = QPushButton(_("&Copy number"))
        self.contact = QPushButton(_("C&ontact…"))
        self.more = QPushButton(_("&Details"))
        self.more.setCheckable(True)
        theme.set_icon(self.call_back, "dial")
        theme.set_icon(self.copy, "copy")
        theme.set_icon(self.contact, "contacts")
        theme.set_icon(self.more, "info")
        self.call_back.setToolTip(_("Call this number with your phone (Enter)"))
        self.copy.setToolTip(_("Copy the number (Ctrl+C)"))
        self.contact.setToolTip(_("Add this number to your contacts, or show whose it is"))
        self.more.setToolTip(_("Show every field of the call (Space)"))
        self.call_back.clicked.connect(self.call_back_asked)
        self.copy.clicked.connect(self.copy_asked)
        self.contact.clicked.connect(self.contact_asked)
        self.more.toggled.connect(self._toggle)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._about)
        top = QHBoxLayout()
        top.setSpacing(GRID)
        top.addLayout(words, 1)
        for button in (self.call_back, self.copy, self.contact, self.more):
            top.addWidget(button)
        self._fields = QWidget()
        self._grid = QGridLayout(self._fields)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 4)
        self._fields.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, GRID // 2, 0, 0)
        whole.setSpacing(GRID)
        whole.addLayout(top)
        whole.addWidget(self._fields)
        self.show_call(None)

    def show_call(self, logged: LoggedCall | None, named: LoggedCall | None = None) -> None:
        """Show a call, None when none is chosen; `named` is the same with the names of the user's contacts."""
        self._call, self._named = logged, named or logged
        for button in (self.call_back, self.copy, self.contact):
            button.setEnabled(logged is not None and bool(other_number(logged.call)))
        self.more.setEnabled(logged is not None)
        if logged is None:
            self._title.setText(_("No call chosen"))
            self._about.setText(_("Choose a call to see who it was and to call back."))
        else:
            assert self._named is not None
            call = self._named.call
            self._title.setText(" · ".join(filter(None, other_side(call, self._display))) or withheld())
            about = self._summary(self._named)
            if call.direction is Direction.IN and not other_number(call):
                about.append(_("the number is withheld and cannot be called back"))
            self._about.setText(" · ".join(about))
        if not self._fields.isHidden():
            self._fill()

    def set_display(self, display: Callable[[str], str]) -> None:
        """Say how numbers are shown from now on."""
        self._display = display
        self.show_call(self._call, self._named)

    def toggle(self) -> None:
        """Open or close the fields."""
        if self.more.isEnabled():
            self.more.toggle()

    def _toggle(self, on: bool) -> None:
        self._fields.setVisible(on)
        if on:
            self._fill()
        self.opened.emit(on)

    def _summary(self, logged: LoggedCall) -> list[str]:
        call = logged.call
        parts = [outcome_label(call.outcome), self._clock.moment(call.started_at)]
        if call.direction is Direction.IN:
            parts.append(_("called {party}", party=party_text(call.called_name, call.called, self._display)))
        else:
            parts.append(_("called by {party}", party=party_text(call.caller_name, call.caller, self._display)))
        if call.name:
            parts.append(place(call.source, call.name))
        if call.answered_by and call.answered_by != call.name:
            parts.append(_("answered by {name}", name=one_line(call.answered_by)))
        return parts

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if self._call is None or self._named is None:
            return
        for number, (name, value) in enumerate(fields(self._call, self._clock, self._display, self._named)):
            side, row = divmod(number, _PER_COLUMN)
            heading, text = QLabel(name), _Value(name, value)
            set_faint(heading)
            self._grid.addWidget(heading, row, side * 2)
            self._grid.addWidget(text, row, side * 2 + 1)
            self._grid.setColumnStretch(side * 2 + 1, 1 if side else _WIDER)


class _Value(QLineEdit):
    """A text to be read, selected and copied; one that is too long is walked through with the arrow keys."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(value)
        self.setReadOnly(True)
        self.setFrame(False)
        self.setCursorPosition(0)
        self.setTextMargins(0, 0, 0, 0)
        self.setFixedHeight(self.fontMetrics().height() + GRID // 4)
        self.setAccessibleName(name)
        self.setMinimumWidth(8 * GRID)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Say in the tool tip what does not fit."""
        super().resizeEvent(event)
        fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        self.setToolTip("" if fits else plain_tip(self.text()))


def fields(
    logged: LoggedCall, clock: Clock, display: Callable[[str], str], named: LoggedCall | None = None
) -> list[tuple[str, str]]:
    """Give every field of a call by name; what the service says nothing about is a dash.

    `named` is the same call with the names of the user's contacts: where they are others, the service's stand, too.
    """
    call, ours = logged.call, (named or logged).call

    def moment(ms: int | None) -> str:
        return _DASH if ms is None else clock.exact(ms)

    def duration(seconds: int | None) -> str:
        return _DASH if seconds is None else span(seconds)

    return [
        (_("Caller"), party_text(ours.caller_name, call.caller, display)),
        (_("Called"), party_text(ours.called_name, call.called, display)),
        (_("Direction"), direction_label(call.direction)),
        (_("Outcome"), outcome_label(call.outcome)),
        (_("Answered by"), one_line(call.answered_by) or _DASH),
        (_("Started"), moment(call.started_at)),
        (_("Answered"), moment(call.answered_at)),
        (_("Ended"), moment(call.finished_at)),
        (_("Waited"), duration(waited_s(call))),
        (_("Talked"), duration(talked_s(call))),
        (_("In all"), duration(call.duration_s)),
        (source_label(call.source), one_line(call.name) or _DASH),
        (_("As sent"), one_line(other_number(call)) or _DASH),
        (_("Account"), one_line(logged.account_name)),
        *(
            (what, one_line(service))
            for what, service, contact in (
                (_("Caller, by the service"), call.caller_name, ours.caller_name),
                (_("Called, by the service"), call.called_name, ours.called_name),
            )
            if service and service != contact
        ),
    ]
