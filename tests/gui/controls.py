"""What can be worked with on a page, for tests that everything has a name, is reached by Tab and fits."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSplitterHandle,
    QTabBar,
    QWidget,
)

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTabBar)
WITHIN = (QComboBox, QLineEdit, QTabBar, QAbstractItemView)


def controls(page):
    """The controls that can be seen."""
    for widget in page.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and widget.isVisible() and not isinstance(widget.parent(), WITHIN):
            yield widget


def names(page):
    """What each is called."""
    return [w.accessibleName() or (w.text() if isinstance(w, QAbstractButton) else "") for w in controls(page)]


def check_tab_reaches_all(page):
    """Follow Tab until it is back where it began."""
    wanted = {w for w in controls(page) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus}
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


async def check_no_button_is_cut(page, whole, until, scale):
    """See that all fits into the smallest window, with text of another size."""
    font = whole.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    whole.setFont(font)
    whole.resize(870, 560)
    buttons = [w for w in controls(page) if isinstance(w, QAbstractButton) and w.text()]
    await until(lambda: all(w.width() >= w.minimumSizeHint().width() for w in buttons))
    assert page.minimumSizeHint().width() <= 870 * scale
