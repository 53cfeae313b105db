"""Opens the window of a reseller in a process of its own: success, faults and a bug; run by test_yay_secrets.py.

Arguments: base URL and home. On standard input come the account's password, a customer of a store and one with SIP
users (name and id each), and the faults, a line each. All that can be read in the window is printed.
"""

import asyncio
import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from tests.e2e.window import texts
from tests.e2e.window_to_be_searched import find, order, show, until
from voipdesk import app as composition
from voipdesk.core.accounts import Account
from voipdesk.core.resources import resource
from voipdesk.gui import loop
from voipdesk.gui.customers.view import CustomersView
from voipdesk.gui.session import Session
from voipdesk.gui.sip.browse import BrowsePage
from voipdesk.gui.theme import Theme
from voipdesk.gui.widgets.message_strip import MessageStrip
from voipdesk.services.sip import Sip
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets


async def use(window, base_url, password, store, phones, faults):
    window.go_to("customers")
    view = await until(lambda: window.findChild(CustomersView))
    customers = view.browse.customers
    await until(lambda: customers.model.total)
    customers.table.pick(store["id"])
    await until(lambda: (edit := find(view, QPushButton, "Edit…")) and edit.isEnabled())
    tell(window)
    find(view, QPushButton, "Edit…").click()
    await until(lambda: view.page is view.edit)
    view.edit._fields["phone"].set_value("+442079460123")
    tell(window)
    find(view, QPushButton, "Review changes").click()
    tell(window)
    find(view, QPushButton, "Save").click()
    await until(lambda: view.page is view.browse)
    tell(window)
    window.go_to("sip")
    sip = await until(lambda: window.findChild(BrowsePage))
    await until(lambda: sip.table.model().rowCount())
    sip.acting.picked.emit(phones["name"])
    await until(lambda: any(phones["name"] in text for text in texts(sip.whose)) and sip.table.model().rowCount())
    sip.table.selectRow(0)
    tell(window)
    for fault in faults:
        order(base_url, [fault])
        for pane in ("sip", "customers"):
            await ask_again(window, pane)
    order(base_url, [])
    really_list = Sip.list

    async def buggy(self, *args, **options):
        held = password  # a frame that holds it
        raise ValueError(f"{held} is '{held}', or {held[:12]}")

    Sip.list = buggy
    window.go_to("sip")
    QTest.keyClick(window, Qt.Key.Key_F5)
    report = await until(lambda: find(window, QPlainTextEdit, "Report"))
    print("REPORT", report.toPlainText())
    Sip.list = really_list


async def ask_again(window, pane):
    """Press F5 in a pane, and tell what is said of what went wrong."""
    window.go_to(pane)
    window.activateWindow()
    await until(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F5)
    strip = window.findChild(MessageStrip)
    view = window.findChild(BrowsePage)
    if pane == "sip":
        await asyncio.sleep(0.2)
        await until(view._refresh.isEnabled)
    else:
        await until(strip.isVisible)
    tell(window)
    if strip.isVisible():
        show(strip)


def tell(window):
    print("TEXTS", json.dumps(sorted(texts(window)), ensure_ascii=False))


async def run(session, *arguments):
    opened = asyncio.ensure_future(session.run())
    await until(lambda: "customers" in session.window.offered)
    await use(session.window, *arguments)
    session.window.close()
    return await opened


def main() -> int:
    base_url, home = sys.argv[1:]
    password = sys.stdin.readline().strip()
    store, phones, faults = (json.loads(sys.stdin.readline()) for _ in range(3))
    secrets = Secrets()
    settings = {"reseller": "demo-reseller", "user": "api-user", "base_url": base_url}
    Preferences(Paths.find(Path(home)).settings_file).save_account(Account("r", "Reseller", "yay", "1001", settings))
    secrets.set_for_run("r", "password", password)
    application = composition._application(dark=False)
    theme = Theme(application, lambda name: resource(f"icons/{name}.svg").read_bytes())
    session = Session(theme, Path(home), demo_secrets=secrets)
    return loop.run(application, lambda: run(session, base_url, password, store, phones, faults))


if __name__ == "__main__":
    sys.exit(main())
