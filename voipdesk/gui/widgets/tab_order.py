"""Tab goes the way the eye does: as things lie in their layouts, whenever and in whatever order they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFormLayout,
    QGridLayout,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayout


def focus_next(window: QWidget, *, forward: bool) -> bool:
    """Give the focus to what comes next in a window, or before, and bring it into sight; False when there is none."""
    stops = list(tab_stops(window))
    if not stops:
        return False
    at = QApplication.focusWidget()
    step = 1 if forward else -1
    place = stops.index(at) + step if at in stops else _next_to(window, at, stops, forward=forward)
    stop = stops[place % len(stops)]
    stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_sight(stop)
    return True


def tab_stops(window: QWidget) -> Iterator[QWidget]:
    """Give all that Tab stops at now, in order."""
    all_controls = QGuiApplication.styleHints().tabFocusBehavior() is Qt.TabFocusBehavior.TabFocusAllControls
    policy = Qt.FocusPolicy.TabFocus if all_controls else Qt.FocusPolicy.StrongFocus
    for widget in _in_order(window):
        stops = widget.focusPolicy() & policy == policy and widget.focusProxy() is None
        if stops and widget.isEnabled() and widget is not window:
            yield widget


def _in_order(widget: QWidget) -> Iterator[QWidget]:
    """Give a widget and all that is to be seen in it."""
    yield widget
    for child in _children(widget):
        if child.isVisible() and not child.isWindow():
            yield from _in_order(child)


def _children(widget: QWidget) -> list[QWidget]:
    """Give the children as they lie: those in the layout first, others by their place."""
    layout = None if isinstance(widget, QMainWindow) else widget.layout()
    if isinstance(widget, QSplitter):
        laid_out = [part for place in range(widget.count()) if (part := widget.widget(place)) is not None]
    elif isinstance(widget, QScrollArea):
        laid_out = [page] if (page := widget.widget()) is not None else []
    else:
        laid_out = list(_of_layout(layout)) if layout is not None else []
    if isinstance(widget, QAbstractItemView | QScrollArea):
        return laid_out  # what else there is are its own parts
    children = widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    others = [child for child in children if child not in laid_out]
    return laid_out + sorted(others, key=lambda child: (child.y(), child.x()))


def _of_layout(layout: QLayout) -> Iterator[QWidget]:
    items = [item for place in range(layout.count()) if (item := layout.itemAt(place)) is not None]
    if isinstance(layout, QGridLayout | QFormLayout):
        rows = {id(item): _row_and_column(layout, place) for place, item in enumerate(items)}
        items.sort(key=lambda item: rows[id(item)])
    for item in items:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _of_layout(inner)


def _row_and_column(layout: QGridLayout | QFormLayout, place: int) -> tuple[int, int]:
    at = layout.getItemPosition(place)
    assert isinstance(at, tuple)
    row, column = at[0], at[1]
    return int(row), column.value if isinstance(column, QFormLayout.ItemRole) else int(column)


def _next_to(window: QWidget, at: QWidget | None, stops: list[QWidget], *, forward: bool) -> int:
    """Find where to go on from what Tab does not stop at itself."""
    before = 0
    for widget in _in_order(window):
        if widget is at:
            return before if forward else before - 1
        before += before < len(stops) and widget is stops[before]
    return 0 if forward else -1


def _bring_into_sight(widget: QWidget) -> None:
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
