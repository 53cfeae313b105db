"""The rules of a window that can be used without seeing it and without a mouse; each names in words what breaks it."""

import asyncio
from collections import defaultdict
from itertools import pairwise

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QRadioButton,
    QScrollArea,
    QTabBar,
)

from tests.gui.accessible.controls import controls, heard, in_words, label_of, name_of, takes_tab, whole

_COLOURED = (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.BackgroundRole)
_ROWS = 20
_PARTS = 4
"""A date has so many parts at most that Tab stops at."""


def names(window):
    """Everything that is acted on has a name, and a screen reader hears one."""
    for widget in controls(window):
        if not name_of(widget):
            yield f"{in_words(widget)} has no name"
        elif not heard(widget):
            yield f"{in_words(widget)} has a name that no screen reader hears"
        elif isinstance(widget, QComboBox) and not (label_of(widget) or widget.accessibleDescription()):
            yield f"{in_words(widget)} is heard by its value alone: it needs a label, or its name as description"


def labels(window):
    """A label that has a name of its own says in it what is written on it: its text is not read otherwise."""
    for label in window.findChildren(QLabel):
        name, text = (" ".join(t.replace("\u200b", "").split()) for t in (label.accessibleName(), label.text()))
        if label.isVisible() and name and any(map(str.isalnum, text)) and text not in name:
            yield f"{in_words(label)} says “{text}”, and no screen reader hears it"


def title(window):
    """A window says what it is."""
    if not window.windowTitle():
        yield f"the window {type(window).__name__} has no title"


def mnemonics(window):
    """No letter with Alt means two things."""
    taken = defaultdict(list)
    for widget in (*window.findChildren(QAbstractButton), *window.findChildren(QGroupBox)):
        text = widget.title() if isinstance(widget, QGroupBox) else widget.text()
        taken[QKeySequence.mnemonic(text).toString()].append(widget)
    for label in window.findChildren(QLabel):
        if label.buddy() is not None and label.textFormat() is not Qt.TextFormat.PlainText:
            taken[QKeySequence.mnemonic(label.text()).toString()].append(label)
    for tabs in window.findChildren(QTabBar):
        for place in range(tabs.count()):
            taken[QKeySequence.mnemonic(tabs.tabText(place)).toString()].append(tabs)
    for keys, widgets in taken.items():
        shown = [widget for widget in widgets if widget.isVisible() and widget.window() is window]
        if keys and len(shown) > 1:
            yield f"{keys} is of {' and of '.join(map(in_words, shown))}"


def more_than_colour(window):
    """What is said by a colour or a picture is said in words, too."""
    for label in window.findChildren(QLabel):
        alone = not label.pixmap().isNull() and not (label.text() or label.accessibleName())
        if alone and label.isVisible() and not any(_texts_beside(label)):
            yield f"{in_words(label)} is a picture without words"
    for view in controls(window):
        if isinstance(view, QAbstractItemView) and view.model() is not None:
            yield from (f"{in_words(view)}: {what}" for what in _mute_cells(view.model(), view.rootIndex()))


def _texts_beside(label):
    whose = label.parentWidget()
    while whose is not None and not whose.isWindow() and len(whose.findChildren(QLabel)) < 2:
        whose = whose.parentWidget()
    for other in whose.findChildren(QLabel) if whose is not None else ():
        yield other.text() if other is not label and other.isVisible() else ""


def _mute_cells(model, root):
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(root))
    for row in range(min(_ROWS, model.rowCount(root))):
        if not _said(model, [model.index(row, column, root) for column in columns]):
            yield f"row {row + 1} cannot be read"
        for column in columns:
            index = model.index(row, column, root)
            marked = any(model.data(index, role) is not None for role in _COLOURED)
            if marked and not _said(model, [index]):
                yield f"row {row + 1}, column {column + 1} has a colour or a picture, and no word"


def _said(model, indexes):
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    return any(str(model.data(index, role) or "").strip() for index in indexes for role in roles)


async def by_tab(window, seen, until):
    """Tab reaches everything, from top to bottom and left to right, shows where it is, and Shift+Tab goes back.

    `seen` holds those of which it is known that they show the focus.
    """
    window.activateWindow()
    await until(window.isActiveWindow)
    wanted = [widget for widget in controls(window) if widget.isEnabled()]
    without = {widget: widget.grab().toImage() for widget in wanted if widget not in seen and not widget.hasFocus()}
    forward, findings = await _round(window, Qt.Key.Key_Tab, without)
    seen.update(without)
    groups = {_exclusive(widget) for widget in forward} - {None}
    for widget in wanted:
        if widget not in forward and _exclusive(widget) not in groups:
            why = "" if takes_tab(widget) else ": it takes no focus by Tab"
            findings.append(f"Tab does not reach {in_words(widget)}{why}")
    findings += _disorder(window, forward)
    backward, more = await _round(window, Qt.Key.Key_Backtab, {})
    lost = [widget for widget in forward if widget not in backward and _exclusive(widget) is None]
    return [*findings, *more, *(f"Shift+Tab does not reach {in_words(widget)}" for widget in lost)]


def _not_seen(control, without):
    if all(face.visibleRegion().isEmpty() for face in _faces(control)):
        yield f"{in_words(control)} is out of sight when it has the focus"
    elif control in without and control.grab().toImage() == without[control]:
        yield f"{in_words(control)} does not show that it has the focus"


def _faces(widget):
    """What is to be seen of it: what lies on it may hide the rest."""
    if isinstance(widget, QScrollArea) and widget.widget() is not None:
        return widget, widget.viewport(), widget.widget()
    return (widget, widget.viewport()) if isinstance(widget, QAbstractScrollArea) else (widget,)


def _exclusive(widget):
    """The group of which one alone takes the focus by Tab."""
    if isinstance(widget, QAbstractButton) and widget.group() is not None and widget.group().exclusive():
        return widget.group()
    if isinstance(widget, QRadioButton) and widget.autoExclusive():
        return widget.parentWidget()
    return None


async def _round(window, key, without):
    """Press a key until the focus comes round; what it came by, and where it could not go on or was not to be seen.

    `without` holds pictures of controls that have no focus.
    """
    if QApplication.focusWidget() is None or QApplication.focusWidget().window() is not window:
        window.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(window, key)
    came_by, findings = [], []
    for _ in range(3 * len(list(controls(window))) + 30):
        await asyncio.sleep(0)
        at = QApplication.focusWidget()
        if at is None or at.window() is not window:
            findings.append(f"the focus leaves the window after {in_words(came_by[-1])}" if came_by else "no focus")
            break
        control = whole(at)
        if came_by and control is came_by[0]:
            break
        if control not in came_by:
            came_by.append(control)
        findings += _not_seen(control, without)
        for _part in range(_PARTS):
            QTest.keyClick(at, key)
            if QApplication.focusWidget() is not at:
                break
        else:
            if len(list(controls(window))) == 1:
                break
            word = "Tab" if key is Qt.Key.Key_Tab else "Shift+Tab"
            findings.append(f"{word} does not leave {in_words(control)}")
            break
    return came_by, findings


def _disorder(window, order):
    """Where the next is above, or to the left in the same line, of things that stand in one group."""
    begin = min(range(len(order)), key=lambda at: _corner(order[at], window), default=0)
    order = order[begin:] + order[:begin]  # where the round began does not matter
    for at, after in pairwise(order):
        first, second = _side_by_side(at, after)
        if first is None or first is second:
            continue
        here, there = _place(first, window), _place(second, window)
        above = there.bottom() <= here.top() and there.left() < here.right()
        one_line = (
            min(here.bottom(), there.bottom()) - max(here.top(), there.top()) > min(here.height(), there.height()) // 2
        )
        if above or (one_line and there.right() <= here.left()):
            yield f"Tab goes back from {in_words(at)} to {in_words(after)}"


def _side_by_side(at, after):
    """The two that hold them, in what holds both."""
    above = [at]
    while above[-1] is not None and not above[-1].isWindow():
        above.append(above[-1].parentWidget())
    child = after
    while child is not None and not child.isWindow():
        parent = child.parentWidget()
        if parent in above:
            place = above.index(parent)
            return (above[place - 1], child) if place else (None, None)
        child = parent
    return None, None


def _corner(widget, window):
    """How far it is from where reading begins, by what it stands in."""
    while widget.parentWidget() is not None and widget.parentWidget().parentWidget() not in {None, window}:
        widget = widget.parentWidget()
    place = _place(widget, window)
    return place.left(), place.top()


def _place(widget, window):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def by_escape(dialog):
    """Esc closes a dialog."""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    if dialog.isVisible():
        yield f"Esc does not close “{dialog.windowTitle()}”"


OF_A_SCREEN = (names, labels, title, mnemonics, more_than_colour)
