import asyncio

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QToolButton, QWidget

from voipdesk.core.errors import Refused
from voipdesk.gui.messages import Level
from voipdesk.gui.widgets.message_strip import MessageStrip


def test_an_error_is_shown_with_its_advice_and_can_be_copied_and_closed(qtbot, messages, theme, find):
    strip = MessageStrip(messages, theme)
    qtbot.addWidget(strip)
    messages.error(Refused("The key is <b>wrong</b>.", advice="Enter it again.", details="401"))
    strip.show()
    assert "The key is <b>wrong</b>. Enter it again." in strip.accessibleName()
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in strip.findChildren(QLabel) if label.text())
    qtbot.mouseClick(find(strip, QPushButton, "Copy details"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "The key is <b>wrong</b>.\nEnter it again.\n401"
    qtbot.mouseClick(find(strip, QToolButton, "Close this message"), Qt.MouseButton.LeftButton)
    assert strip.isHidden()


def test_an_action_is_done_once_and_takes_its_message_away(qtbot, messages, theme, find):
    done = []
    strip = MessageStrip(messages, theme)
    qtbot.addWidget(strip)
    messages.show(Level.INFO, "New.", action=("Look", lambda: done.append(1)), topic="a")
    strip.show()
    qtbot.mouseClick(find(strip, QPushButton, "Look"), Qt.MouseButton.LeftButton)
    assert done == [1]
    assert messages.current is None


def test_closing_brings_back_what_was_said_before(messages):
    messages.show(Level.WARNING, "First", topic="one")
    messages.show(Level.INFO, "Second", topic="two")
    messages.show(Level.INFO, "Second, again", topic="two")
    assert messages.current.text == "Second, again"
    messages.close_current()
    assert messages.current.text == "First"
    messages.dismiss("one")
    messages.close_current()
    assert messages.current is None


async def _open_box(until):
    return await until(lambda: next((w for w in _tops() if isinstance(w, QMessageBox) and w.isVisible()), None))


def _tops():
    from PySide6.QtWidgets import QApplication

    return QApplication.topLevelWidgets()


async def test_a_question_is_awaited_while_the_rest_goes_on(qtbot, messages, until):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    asked = asyncio.ensure_future(messages.confirm(parent, "Call?", "<i>It costs.</i>", "Call"))
    box = await _open_box(until)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in box.findChildren(QLabel))
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    next(button for button in box.buttons() if button.text() == "Call").click()
    assert await asked is True


async def test_escape_chooses_nothing(qtbot, messages, until):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    asked = asyncio.ensure_future(messages.choose(parent, "Remove?", "", {"a": "Keep", "b": "All"}))
    qtbot.keyClick(await _open_box(until), Qt.Key.Key_Escape)
    assert await asked == ""


async def test_a_question_goes_away_with_the_task_that_asked_it(qtbot, messages, until):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    asked = asyncio.ensure_future(messages.confirm(parent, "Call?", "", "Call"))
    await _open_box(until)
    asked.cancel()
    await until(lambda: not any(isinstance(w, QMessageBox) and w.isVisible() for w in _tops()))
