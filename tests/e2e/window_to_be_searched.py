"""Opens the window in a process of its own and goes through success, faults and a bug; run by test_secrets_nowhere.py.

Arguments: base URL and home. The API key comes on standard input, and in a second line the faults. What can be read in
the window and copied out of it is printed.
"""

import asyncio
import json
import logging
import sys
import urllib.request
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from voipdesk import app as composition
from voipdesk.core.resources import resource
from voipdesk.gui import loop
from voipdesk.gui.dial.view import DialView
from voipdesk.gui.session import Session
from voipdesk.gui.theme import Theme
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.gui.widgets.message_strip import MessageStrip
from voipdesk.gui.widgets.saying import Saying
from voipdesk.services.call_log import CallLog

logging.basicConfig(level=logging.DEBUG)
sayings = []
"""What the card below the number says, one after the other."""
really_show = DialView.show_state


async def until(holds, seconds=20):
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    while not (answer := holds()):
        assert clock() < end, "it never came to be"
        await asyncio.sleep(0.01)
    return answer


def find(parent: QWidget, kind: type, name: str):
    return next(
        (w for w in parent.findChildren(kind) if w.isVisible() and name in {w.accessibleName(), text_of(w)}), None
    )


def text_of(widget: QWidget) -> str:
    return widget.text().replace("&", "") if isinstance(widget, QPushButton) else ""


async def use(window, base_url: str, key: str, faults: list[dict]) -> None:
    first = await until(lambda: find(window, ChoiceButton, "Connect a service"))
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    name = await until(lambda: find(window, QLineEdit, "Name"))
    QTest.keyClicks(name, "Office")
    for field, text in (("My number", "7040"), ("API key", key), ("Address of the service", base_url)):
        QTest.keyClicks(find(window, QLineEdit, field), text)
    QTest.mouseClick(find(window, QPushButton, "Test connection"), Qt.MouseButton.LeftButton)
    await until(lambda: any("are accepted" in label.text() for label in window.findChildren(QLabel)))
    QTest.mouseClick(find(window, QPushButton, "Save account"), Qt.MouseButton.LeftButton)
    await until(lambda: "call_log" in window.offered)
    window.go_to("call_log")
    view = window.findChild(MessageStrip)
    await until(lambda: any(label.text().startswith("60 calls") for label in window.findChildren(QLabel)))
    for fault in faults:
        order(base_url, [fault])
        window.go_to("call_log")
        window.activateWindow()
        await until(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_F5)
        await until(view.isVisible)
        show(view)
        await dial(window)
        order(base_url, [])
    raised = CallLog.page

    async def buggy(self, *args, **options):
        token = key  # a frame that holds it
        raise ValueError(f"{token} is '{token}', or {token[:12]}")

    CallLog.page = buggy
    window.go_to("call_log")
    QTest.keyClicks(find(window, QLineEdit, "Search the call log by name or number"), "a")
    report = await until(lambda: find(window, QPlainTextEdit, "Report"))
    print("REPORT", report.toPlainText())
    CallLog.page = raised


async def dial(window) -> None:
    window.go_to("dial")
    field = await until(lambda: find(window, QLineEdit, "Number to dial"))
    field.setText("+4930901820")
    sayings.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    await until(lambda: len(sayings) > 1 and not sayings[-1].busy)
    print("CARD", sayings[-1].text, sayings[-1].advice)


def show(strip: MessageStrip) -> None:
    print("STRIP", strip.accessibleName())
    strip._copy.click()
    print("COPIED", composition.QApplication.clipboard().text())
    strip._close.click()


def order(base_url: str, faults: list[dict]) -> None:
    request = urllib.request.Request(f"{base_url}/demo/faults", json.dumps(faults).encode())
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request).close()


async def run(session: Session, base_url: str, key: str, faults: list[dict]) -> int:
    opened = asyncio.ensure_future(session.run())
    await until(lambda: session.window.offered)
    await use(session.window, base_url, key, faults)
    session.window.close()
    return await opened


def show_state(view: DialView, saying: Saying | None) -> None:
    sayings.append(saying)
    really_show(view, saying)


def main() -> int:
    DialView.show_state = show_state
    base_url, home = sys.argv[1:]
    key, faults = sys.stdin.readline().strip(), json.loads(sys.stdin.readline())
    application = composition._application(dark=False)
    theme = Theme(application, lambda name: resource(f"icons/{name}.svg").read_bytes())
    session = Session(theme, Path(home))
    return loop.run(application, lambda: run(session, base_url, key, faults))


if __name__ == "__main__":
    sys.exit(main())
