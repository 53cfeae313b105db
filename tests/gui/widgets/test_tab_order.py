"""Tab goes the way the eye does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from voipdesk.gui.widgets.tab_order import focus_next, tab_stops


class Window(QMainWindow):
    def focusNextPrevChild(self, forward):  # noqa: N802 - Qt's name
        return focus_next(self, forward=forward)


@pytest.fixture
def window(qtbot):
    window = Window()
    window.setCentralWidget(QWidget())
    window.layout_ = QVBoxLayout(window.centralWidget())
    qtbot.addWidget(window)
    return window


def field(name):
    field = QLineEdit()
    field.setObjectName(name)
    return field


def names(widgets):
    return [widget.objectName() for widget in widgets]


def test_it_follows_the_layouts_and_not_the_order_in_which_things_were_made(window):
    last, below, right, left, first = (field(name) for name in ("last", "below", "right", "left", "first"))
    window.layout_.addWidget(last)
    grid, row, form = QGridLayout(), QHBoxLayout(), QFormLayout()
    grid.addWidget(below, 1, 0)
    grid.addWidget(right, 0, 1)
    grid.addWidget(left, 0, 0)
    row.addWidget(first)
    form.addRow("B", field("form 2"))
    form.insertRow(0, "A", field("form 1"))
    for place, layout in enumerate((row, grid, form)):
        window.layout_.insertLayout(place, layout)
    window.show()
    assert names(tab_stops(window)) == ["first", "left", "right", "below", "form 1", "form 2", "last"]


def test_what_is_hidden_disabled_or_takes_no_focus_is_passed_over(window):
    fields = [field(name) for name in ("a", "hidden", "disabled", "no focus", "b")]
    splitter = QSplitter()
    for each in fields:
        splitter.addWidget(each)
    window.layout_.addWidget(splitter)
    window.show()
    fields[1].hide()
    fields[2].setEnabled(False)
    fields[3].setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert names(tab_stops(window)) == ["a", "b"]


def test_tab_and_shift_tab_go_round_and_scroll_to_where_they_go(window, qtbot):
    scroll, inside = QScrollArea(), QWidget()
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column = QVBoxLayout(inside)
    for number in range(40):
        column.addWidget(field(f"field {number}"))
    scroll.setWidget(inside)
    save = QPushButton("Save")
    window.layout_.addWidget(scroll)
    window.layout_.addWidget(save)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    save.setFocus()
    qtbot.keyClick(save, Qt.Key.Key_Backtab)
    at = QApplication.focusWidget()
    assert at.objectName() == "field 39"
    assert not at.visibleRegion().isEmpty()
    qtbot.keyClick(at, Qt.Key.Key_Tab)
    qtbot.keyClick(save, Qt.Key.Key_Tab)
    at = QApplication.focusWidget()
    assert at.objectName() == "field 0"
    assert not at.visibleRegion().isEmpty()


def test_from_what_tab_does_not_stop_at_it_goes_on_with_what_follows(window, qtbot):
    a, between, b = field("a"), field("between"), field("b")
    between.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    for each in (a, between, b):
        window.layout_.addWidget(each)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for forward, name in ((True, "b"), (False, "a")):
        between.setFocus()
        assert focus_next(window, forward=forward)
        assert QApplication.focusWidget().objectName() == name
