"""What of a window a person acts on, what each is called, and how a finding names it."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSizeGrip,
    QSlider,
    QSplitterHandle,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

KINDS = {
    QCheckBox: "tick box",
    QRadioButton: "radio button",
    QToolButton: "icon button",
    QAbstractButton: "button",
    QLineEdit: "field",
    QComboBox: "choice",
    QAbstractSpinBox: "field",
    QTextEdit: "text",
    QPlainTextEdit: "text",
    QTabBar: "row of tabs",
    QAbstractItemView: "list",
    QSlider: "slider",
    QScrollArea: "page that scrolls",
}
"""What is acted on, in words."""
_ACTED_ON = tuple(KINDS)
_WHOLE = (QComboBox, QLineEdit, QAbstractSpinBox, QAbstractItemView, QTabBar, QTextEdit, QPlainTextEdit)
"""What is one thing to the person, whatever it is made of."""
_PARTS = (QHeaderView, QScrollBar, QSizeGrip, QSplitterHandle)
_MNEMONIC = re.compile("&(.)")


def shown(widget):
    """What is to be seen in it, from top to bottom; what has been shown before and is hidden is ten times as much."""
    # Not children(): it has Python know what Qt makes for itself and deletes unseen, such as animations.
    for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if child.isVisible() and not child.isWindow():
            yield child
            yield from shown(child)


def controls(window):
    """What can be acted on now, or takes the focus."""
    for widget in shown(window):
        if not (isinstance(widget, _PARTS) or _is_part(widget)):
            page = isinstance(widget, QScrollArea)
            if takes_tab(widget) or (isinstance(widget, _ACTED_ON) and not page):
                yield widget


def takes_tab(widget):
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and not widget.focusProxy()


def _is_part(widget):
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, _WHOLE):
            return True
        parent = parent.parentWidget()
    return False


def whole(widget):
    """Give what the person takes a widget with the focus for."""
    while widget is not None and _is_part(widget):
        widget = widget.parentWidget()
    return widget


def plain(text):
    """Give a label's text without its mnemonic."""
    return _MNEMONIC.sub(r"\1", text).strip()


def name_of(widget):
    """What a screen reader calls it: by its own name, its label's or its text; a tool tip or a placeholder is none."""
    if widget.accessibleName():
        return widget.accessibleName().strip()
    if isinstance(widget, QAbstractButton | QLabel) and plain(widget.text()):
        return plain(widget.text())
    return label_of(widget)


def label_of(widget):
    """What the label beside it says, "" without one."""
    around = widget
    while not around.isWindow():  # it mostly stands near
        around = around.parentWidget()
        for label in around.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if label.buddy() is widget:
                return plain(label.text())
    return next((plain(label.text()) for label in around.findChildren(QLabel) if label.buddy() is widget), "")


def heard(widget):
    """What Qt tells a screen reader it is called."""
    spoken = QAccessible.queryAccessibleInterface(widget)
    return spoken.text(QAccessible.Text.Name).strip() if spoken is not None else ""


def house(widget):
    """The nearest of our own widgets that it stands in."""
    while widget is not None and not type(widget).__module__.startswith("voipdesk."):
        widget = widget.parentWidget()
    return widget


def in_words(widget):
    """Say which widget is meant."""
    kind = next((word for type_, word in KINDS.items() if isinstance(widget, type_)), type(widget).__name__)
    name = f" “{name_of(widget)}”" if name_of(widget) else ""
    told = [
        f"with the text “{widget.placeholderText()}”" if isinstance(widget, QLineEdit) and not name else "",
        f"with the tool tip “{widget.toolTip()}”" if widget.toolTip() and not name else "",
    ]
    own = house(widget)
    if own is widget:
        own = house(widget.parentWidget())
    place = f" in {type(own).__module__.removeprefix('voipdesk.')}.{type(own).__name__}" if own else ""
    return " ".join(filter(None, (f"the {kind}{name}", *told))) + place
