"""Keys pressed in the real window, and what it shows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView

from voipdesk.gui.call_log.table import CallTable
from voipdesk.gui.call_log.view import CallLogView

BREAK = "\u200b"
"""Where a long name may be broken; it is not to be seen."""
CTRL = Qt.KeyboardModifier.ControlModifier


async def press(window, key, modifier=Qt.KeyboardModifier.NoModifier, *, until, qtbot):
    """Press a key for the whole window; to the front first, where no window manager brings it back after a pop-up."""
    window.activateWindow()
    await until(window.isActiveWindow)
    qtbot.keyClick(window, key, modifier)


def texts(window):
    """What is to be read now in labels, and in fields that cannot be typed into."""
    shown = [*window.findChildren(QLabel), *(field for field in window.findChildren(QLineEdit) if field.isReadOnly())]
    return {widget.text().replace(BREAK, "") for widget in shown if widget.isVisible()}


def totals(window):
    return window.findChild(CallLogView).totals.text()


def matching(window):
    """How many calls the totals tell, once they are those of the table."""
    number = totals(window).partition(" ")[0]
    table = window.findChild(CallTable)
    return int(number) if number.isdecimal() and table.model().rowCount() == int(number) else 0


def row(window, place):
    """A row of the table as it is shown, "" until it is loaded."""
    table: QTableView = window.findChild(CallTable)
    cells = table.model().cells(place)
    return " ".join(text for cell in cells or () for text in cell if text)
