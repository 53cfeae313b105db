"""A day at the real window, by keyboard and mouse: a first account, a call, the log, an export, and the day after."""

import csv
import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
)

from tests.e2e.window import CTRL, matching, press, row, texts, totals
from voipdesk.gui.dial.view import DialView
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.gui.widgets.message_strip import MessageStrip


async def test_from_the_first_account_to_the_day_after(open_window, demo, until, find, qtbot, tmp_path):
    window, ending = await open_window()
    await connect(window, demo, until, find, qtbot)
    await dial(window, "020 7946 0123", until, find, qtbot)
    assert [(d.user_number, d.number_to_call) for d in demo.state().dials] == [("7040", "+442079460123")]
    demo.tick(120)
    await the_call_is_in_the_log(window, until, find, qtbot)
    await search_and_filter(window, until, find, qtbot)
    await export(window, tmp_path / "ann.csv", until, find, qtbot)
    await press(window, Qt.Key.Key_Q, CTRL, until=until, qtbot=qtbot)
    assert await ending == 0
    asked = demo.state().requests

    again, ending = await open_window()
    await until(lambda: again.current == "call_log")
    await until(lambda: totals(again).startswith("301 calls"))
    await until(lambda: "+44 20 7946 0123" in row(again, 0))
    await dial(again, "7042", until, find, qtbot)
    state = demo.state()
    assert (state.dials_accepted, state.requests["call-to-number"], asked["call-to-number"]) == (2, 2, 1)
    again.close()
    assert await ending == 0
    await until(lambda: not any(thread.name.startswith("archive") for thread in threading.enumerate()))


async def connect(window, demo, until, find, qtbot):
    """Add an account from the welcome page: the keyboard from field to field, the mouse on the buttons."""
    qtbot.mouseClick(find(window, ChoiceButton, "Connect a service"), Qt.MouseButton.LeftButton)
    name = await until(lambda: find(window, QLineEdit, "Name"))
    await until(name.hasFocus)
    entered = {"Name": "Office", "My number": "7040", "API key": demo.api_key, "Address of the service": demo.base_url}
    while entered:
        field = window.focusWidget()
        text = entered.pop(field.accessibleName(), "")
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.mouseClick(find(window, QPushButton, "Test connection"), Qt.MouseButton.LeftButton)
    await until(lambda: any("The key and this computer's address are accepted." in text for text in texts(window)), 30)
    qtbot.mouseClick(find(window, QPushButton, "Save account"), Qt.MouseButton.LeftButton)
    await until(lambda: window.offered == ("dial", "call_log", "contacts", "sip", "status", "accounts", "settings"), 30)
    assert not window.findChild(MessageStrip).isVisible(), "the key is in the keyring"


async def dial(window, number, until, find, qtbot):
    await press(window, Qt.Key.Key_D, CTRL, until=until, qtbot=qtbot)
    field = await until(lambda: find(window, QLineEdit, "Number to dial"))
    await until(field.hasFocus)
    await until(lambda: window.findChild(DialView).my_number == "7040")
    qtbot.keyClicks(field, number)
    await until(lambda: any(text.startswith("Will dial") for text in texts(window)))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: "Your phone 7040 is ringing." in texts(window), 30)


async def the_call_is_in_the_log(window, until, find, qtbot):
    await press(window, Qt.Key.Key_2, CTRL, until=until, qtbot=qtbot)
    assert window.current == "call_log"
    await until(lambda: totals(window).startswith("30"), 30)
    await press(window, Qt.Key.Key_F5, until=until, qtbot=qtbot)
    await until(lambda: totals(window).startswith("301 calls"), 30)
    await until(lambda: "+44 20 7946 0123" in row(window, 0))
    await until(lambda: "Answered" in row(window, 0))


async def search_and_filter(window, until, find, qtbot):
    """Narrow the log letter by letter, then by what the lists offer."""
    await press(window, Qt.Key.Key_F, CTRL, until=until, qtbot=qtbot)
    field = find(window, QLineEdit, "Search the call log by name or number")
    await until(field.hasFocus)
    counts = [301]
    for letters in ("ann", " lee"):
        qtbot.keyClicks(field, letters)
        await until(lambda: 0 < matching(window) < counts[-1])
        counts.append(matching(window))
    source = find(window, QComboBox, "Source")
    qtbot.keyClicks(source, "Users")
    assert source.currentText() == "Users"
    outcome = find(window, QComboBox, "Outcome")
    qtbot.keyClicks(outcome, "Answered")
    await until(lambda: 0 < matching(window) < counts[-1])


async def export(window, file, until, find, qtbot):
    """Save what is shown by the file dialog."""
    await press(window, Qt.Key.Key_E, CTRL, until=until, qtbot=qtbot)
    dialog = await until(lambda: next(iter(window.findChildren(QFileDialog)), None))
    name = dialog.findChild(QLineEdit)
    name.setText(str(file))  # as pasted: what is typed would open a list of names over the dialog
    qtbot.keyClick(name, Qt.Key.Key_Return)
    strip = window.findChild(MessageStrip)
    await until(lambda: strip.isVisible() and f" calls written to {file}." in strip.accessibleName())
    with file.open(newline="", encoding="utf-8-sig") as written:
        rows = list(csv.DictReader(written))
    assert 0 < len(rows) == matching(window)
    assert f"Done: {len(rows)} calls" in strip.accessibleName()
    assert {(row["account"], row["source"], row["outcome"]) for row in rows} == {("Office", "user", "answered")}
