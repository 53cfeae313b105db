"""Everything can be reached by keyboard, has a name, and fits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QSplitterHandle,
    QTabBar,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QTabBar)


def controls(page):
    for widget in page.findChildren(QWidget):
        inside = isinstance(widget.parent(), QComboBox | QLineEdit | QTabBar | QAbstractItemView)
        if isinstance(widget, CONTROLS) and widget.isVisible() and not inside:
            yield widget


@pytest.fixture(params=["browse", "create", "edit", "review", "stores"])
async def page(request, picked, find, until, tasks):
    view, kind = picked.view, request.param
    if kind == "create":
        view.browse.new.click()
        view.create_form.for_store.click()
    elif kind == "stores":
        view.browse.tabs.setCurrentIndex(1)
    elif kind in {"edit", "review"}:
        view.browse.details.edit.click()
        await until(lambda: view.page is view.edit)
        find(view.edit, QLineEdit, "Phone").setText("1")
        if kind == "review":
            view.edit.done_button.click()
    await until(lambda: not tasks.names)
    return view.page


async def test_every_control_has_a_name_that_no_other_one_has(page):
    names = [w.accessibleName() or (w.text() if isinstance(w, QAbstractButton) else "") for w in controls(page)]
    assert all(names)
    twice = {name for name in names if names.count(name) > 1}
    assert twice <= {"Customers"}


async def test_tab_reaches_every_control(page, qtbot, picked):
    wanted = {
        widget for widget in controls(page) if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    first = at = next(iter(wanted))
    reached = set()
    for _ in range(5000):
        reached.add(at)
        at = at.nextInFocusChain()
        if at is first:
            break
    assert wanted <= reached
    unreachable = [w for w in controls(page) if not w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [w for w in unreachable if not isinstance(w, QSplitterHandle)] == []


@pytest.mark.parametrize("scale", [1, 1.6])
async def test_no_button_is_cut_in_a_small_window(page, scale, picked, until):
    font = picked.widget.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    picked.widget.setFont(font)
    picked.widget.resize(870, 560)
    buttons = [w for w in controls(page) if isinstance(w, QAbstractButton) and w.text()]
    await until(lambda: all(w.width() >= w.minimumSizeHint().width() for w in buttons))
    assert page.minimumSizeHint().width() <= 870 * scale
