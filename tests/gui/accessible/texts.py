"""A language that nobody speaks, and the rules of a window that speaks it: nothing stays English, nothing is cut."""

import html
import re
from itertools import chain

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

from tests.gui.accessible.controls import in_words
from voipdesk.gui.widgets.labels import ElidedLabel

_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "áƀćđéƒǵħíĵķĺɱńóṕʠŕšťúṽŵẋýžÁƁĆĐÉƑǴĦÍĴĶĹṀŃÓṔʠŔŠŤÚṼŴẊÝŽ"
)
_KEPT = re.compile(r"(\{[^{}]*\}|%\w)")
_TAG = re.compile(r"</?\w+>")
_WORD = re.compile(r"[A-Za-z]{3,}")
_ROWS = 20
GROWTH = 0.4
"""By how much of its length a text may grow in another language."""


def strange(text):
    """Say it in the language that nobody speaks: every letter has an accent, and two words in five are added."""
    parts = _KEPT.split(text)
    said = "".join(part if _KEPT.fullmatch(part) else part.translate(_LETTERS) for part in parts)
    more = round(GROWTH * len(_KEPT.sub("", text)))
    body = said.rstrip("….:?! ")
    return f"{body}{''.join(' ' if place % 7 == 3 else '≈' for place in range(more))}{said[len(body) :]}"


class Texts:
    """The rule that all is translated but what comes from outside.

    `known` are the words that do; `sources` are whole texts of ours, which are to be translated all the same.
    """

    def __init__(self, known, sources):
        self._known = known
        self._sources = sources

    def __call__(self, window):
        for widget in (window, *window.findChildren(QWidget)):
            if widget.window() is window and widget.isVisible():
                for text in _texts(widget):
                    words = [
                        word
                        for word in _WORD.findall(html.unescape(_TAG.sub("", text)).replace("\u200b", ""))
                        if word.lower() not in self._known
                    ]
                    if words or text in self._sources:
                        yield f"{in_words(widget)} says “{text}” in English: {words}"


def not_cut(window):
    """What is written on a control fits on it, if it does not give way by an ellipsis and a tool tip."""
    for widget in window.findChildren(QWidget):
        if widget.window() is not window or not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and widget.text():
            if widget.wordWrap():
                if widget.height() < widget.heightForWidth(widget.width()):
                    yield f"{in_words(widget)} is cut below: “{widget.text()}”"
            elif widget.width() < widget.minimumSizeHint().width():
                yield f"{in_words(widget)} is cut: “{widget.text()}”"
        elif isinstance(widget, QAbstractButton | QTabBar) and _wanted(widget) > widget.width():
            yield f"{in_words(widget)} is cut: it has {widget.width()} of {_wanted(widget)} pixels"
        elif isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText():
            wanted = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if wanted > widget.width():
                yield f"{in_words(widget)} cuts its hint “{widget.placeholderText()}”"


def _wanted(widget):
    if isinstance(widget, QTabBar):
        return widget.minimumSizeHint().width()
    return widget.minimumSizeHint().width() if widget.text() else 0


def _texts(widget):
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.whatsThis())
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QAbstractButton | QLabel):
        yield widget.text()
    elif isinstance(widget, QGroupBox):
        yield widget.title()
    elif isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(min(_ROWS, widget.count())))
    elif isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
        yield from (widget.tabToolTip(place) for place in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from chain.from_iterable((action.text(), action.toolTip()) for action in widget.actions())
    elif isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.placeholderText()
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model() is not None:
        yield from _cells(widget)


def _cells(view):
    model, root = view.model(), view.rootIndex()
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(root))
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
    for row in range(min(_ROWS, model.rowCount(root))):
        for column in columns:
            index = model.index(row, column, root)
            yield from (str(model.data(index, role) or "") for role in roles)
    if isinstance(view, QTableView) and view.horizontalHeader().isVisible():
        for column in columns:
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
