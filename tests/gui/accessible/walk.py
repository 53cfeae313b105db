"""A walk through the window as somebody takes who presses everything: each button, choice, tab and menu there is."""

import asyncio
import re
import time
from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QToolButton,
)

from tests.gui.accessible import rules
from tests.gui.accessible.controls import controls, house, name_of, shown
from voipdesk.gui.widgets.bug_dialog import BugDialog
from voipdesk.gui.widgets.side_list import SideList

_FEW = 12
"""A choice of so many at most is tried out, entry by entry."""
_AGAIN = 12
"""After so many steps that were all taken before, nothing new is to be found."""
_CHANGING = re.compile(r"[\d+].*")
_WITHIN_S = 2
SAMPLE = "1002"
"""Text that many fields take: a number, a name, an extension."""


class Walk:
    """Goes everywhere it finds a way to; holds what each new screen is to every rule.

    `findings` are sentences; `seen` the classes of our own widgets that came to be seen.
    """

    def __init__(self, session, until, *, rules=(*rules.OF_A_SCREEN, rules.by_tab)):
        """`rules` give what they find in a window; one that is a coroutine presses keys, and is told what is known."""
        self._rules = rules
        self.session = session
        self.window = session.window
        self._until = until
        self.findings = []
        self.seen = set()
        self.screens = 0
        self.mistakes_expected = False
        self.steps = 0
        self._usual = frozenset(session._tasks.names)
        self._pressed = Counter()
        self._known = set()
        self._focus_shown = set()

    async def pane(self, key):
        """Do all there is to do in a pane."""
        again = 0
        while again < _AGAIN:
            if self.window.current != key:
                self.window.go_to(key)
            await self.settled()
            await self.look(self.window)
            steps = [
                (self._pressed[key, identity], order, identity, act)
                for order, (identity, act) in enumerate(self._steps())
            ]
            if not steps or not self.window.offered:
                return
            # Where all was done before, from the end: there stands the way to another page.
            _, _, identity, act = min(steps, key=lambda step: (step[0], -step[1] if step[0] else step[1]))
            self._pressed[key, identity] += 1
            again = again + 1 if self._pressed[key, identity] > 1 else 0  # perhaps the way to another page
            self.steps += 1
            act()
            await self.settled()
            await self.look_over_it()

    async def shortcuts(self):
        """Press each of the window's shortcuts but the one that ends it."""
        for shortcut in self.window.findChildren(QShortcut):
            if shortcut.key() != QKeySequence("Ctrl+Q"):
                shortcut.activated.emit()
                await self.settled()
                await self.look_over_it()

    async def look_over_it(self):
        """Look at what came up over the window, and send it away."""
        while (over := self._over()) is not None:
            if isinstance(over, BugDialog) and not self.mistakes_expected:
                self.findings.append(f"there was a mistake: {over.findChild(QPlainTextEdit).toPlainText()}")
            if isinstance(over, QMenu):
                self._menu(over)
                await self.look(over)
                over.close()
            elif isinstance(over, QFileDialog):  # the system's, or Qt's own
                over.reject()
            else:
                await self.look(over)
                if over.windowType() is Qt.WindowType.Dialog:
                    self.findings += rules.by_escape(over)
                over.close()
            await self.settled()

    async def look(self, window):
        """Hold a window to the rules, if there is anything in it that was not there before."""
        self.seen.update(kind for widget in (window, *shown(window)) for kind in type(widget).__mro__)
        screen = {_identity(widget) for widget in controls(window)}
        if screen <= self._known:
            return
        self._known |= screen
        self.screens += 1
        focus = QApplication.focusWidget()
        for rule in self._rules:
            if asyncio.iscoroutinefunction(rule):
                self.findings += await rule(window, self._focus_shown, self._until)
            else:
                self.findings += rule(window)
        await self.settled()
        if focus is not None and focus.isVisible():
            focus.setFocus()

    async def settled(self):
        """Wait until nothing is under way but what always is."""
        end = time.monotonic() + _WITHIN_S
        while time.monotonic() < end:
            await asyncio.sleep(0.005)
            if self.session._tasks.names <= self._usual | {"dial: rings", "refresh after dial", "call log: names"}:
                return
        self._usual |= self.session._tasks.names  # what waits for the person

    def _over(self):
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        for window in QApplication.topLevelWidgets():
            over = window.windowType() is Qt.WindowType.Dialog or isinstance(window, QMenu)
            if window is not self.window and window.isVisible() and over:
                return window
        return None

    def _menu(self, menu):
        self.screens += 1
        for action in menu.actions():
            if not action.isSeparator() and not action.text():
                self.findings.append(f"an entry of the menu of {type(menu.parentWidget()).__name__} has no text")

    def _steps(self):
        """What can be done now, top to bottom."""
        for widget in controls(self.window):
            if not widget.isEnabled() or isinstance(widget, SideList):
                continue
            identity = _identity(widget)
            if isinstance(widget, QAbstractButton):
                yield from _presses(widget, identity)
            elif isinstance(widget, QComboBox) and 1 < widget.count() <= _FEW:
                for place in range(widget.count()):
                    yield (*identity, place), _chooser(widget, place)
            elif isinstance(widget, QTabBar):
                for place in range(widget.count()):
                    yield (*identity, place), lambda tabs=widget, place=place: tabs.setCurrentIndex(place)
            elif (
                isinstance(widget, QAbstractItemView)
                and widget.model() is not None
                and widget.model().rowCount(widget.rootIndex())
            ):
                yield (*identity, "row"), lambda view=widget: _choose_row(view)
                yield (*identity, "menu"), lambda view=widget: _ask_for_menu(view)
            elif isinstance(widget, QLineEdit) and not widget.isReadOnly() and not widget.text():
                yield (*identity, "type"), lambda field=widget: field.setText(SAMPLE)


def _identity(widget):
    """Which control it is, whatever number or name from outside it stands for."""
    own = house(widget)
    return type(widget).__name__, type(own).__name__, _CHANGING.sub("", name_of(widget))


def _presses(button, identity):
    menu = button.menu() if isinstance(button, QPushButton | QToolButton) else None
    if menu is None:
        yield identity, button.click
        return
    for action in menu.actions():
        if action.isEnabled() and not action.isSeparator():
            yield (*identity, action.text()), action.trigger


def _chooser(choice, place):
    def choose():
        choice.setCurrentIndex(place)
        choice.activated.emit(place)

    return choose


def _choose_row(view):
    index = view.model().index(0, 0, view.rootIndex())
    view.setCurrentIndex(index)
    if hasattr(view, "selectRow"):
        view.selectRow(0)


def _ask_for_menu(view):
    _choose_row(view)
    if view.contextMenuPolicy() is Qt.ContextMenuPolicy.CustomContextMenu:
        view.customContextMenuRequested.emit(view.visualRect(view.currentIndex()).center())
