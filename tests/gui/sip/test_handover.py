"""A SIP account handed to a phone, over a real address of this computer."""

import asyncio
from urllib.request import urlopen

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton

from tests.fakes.sip_service import FakeCustomers
from voipdesk.core.errors import StorageFailed
from voipdesk.core.handover import Place
from voipdesk.gui.sip import handover_presenter, registration_presenter
from voipdesk.gui.sip.presenter import SipPane
from voipdesk.services.sip_setup import SipSetup
from voipdesk.softphones.handover import Handover

HERE = Place("127.0.0.1", "Programs on this computer alone.", this_computer_only=True)
THERE = Place("192.0.2.7", "Everybody on the same network.")


class Setup(SipSetup):
    """Serves on this computer alone, whatever address is asked for."""

    def __init__(self):
        self.known = (HERE, THERE)
        self.asked = []
        self.codes = []
        self.lasts_s = 600.0
        self.error = None

    async def places(self):
        return self.known

    async def hand_over(self, softphone, settings, host, *, with_password=False):
        self.asked.append(host)
        if self.error:
            raise self.error
        made = self.export(softphone, settings, with_password=with_password, ending="xml")
        return await Handover.open(made, HERE.host, lasts_s=self.lasts_s)

    def qr_png(self, url):
        self.codes.append(url)
        return super().qr_png(url)


@pytest.fixture
def setup():
    return Setup()


@pytest.fixture
async def page(qtbot, service, managed, budget, check, setup, tasks, messages, theme, monkeypatch, until, find):
    """The hand-over's page, just opened for Linphone."""
    monkeypatch.setattr(registration_presenter, "APART_S", 0.0)
    monkeypatch.setattr(handover_presenter, "_EVERY_S", 0.05)
    pane = SipPane(service, FakeCustomers(), managed, budget, lambda: setup, lambda: check, tasks, messages, theme)
    qtbot.addWidget(pane.widget, before_close_func=lambda _widget: pane.close())
    pane.widget.resize(1000, 640)
    pane.widget.show()
    pane.widget.activateWindow()
    await until(pane.widget.isActiveWindow)
    pane.shown()
    await until(lambda: pane.view.browse.table.model().rowCount() and not tasks.names)
    pane.view.browse.table.pick("i0")
    pane.view.browse.sheet.set_up.click()
    await until(lambda: pane.view.page is pane.view.setup)
    pane.view.setup.programs.setCurrentRow(2)
    await open_page(pane, find, until)
    page = pane.view.handover
    page.pane = pane
    return page


async def open_page(pane, find, until):
    find(pane.widget, QPushButton, "Hand over to a phone…").click()
    await until(lambda: pane.view.page is pane.view.handover)


async def begin(page, find, until):
    find(page, QPushButton, "Show the code").click()
    return await until(lambda: page.url.isVisible() and page.url.text())


def fetched(url):
    with urlopen(url, timeout=10) as answer:
        return answer.read().decode()


async def is_gone(url):
    try:
        await asyncio.to_thread(fetched, url)
    except OSError:
        return True
    return False


async def test_it_is_fetched_once_and_said_by_whom(page, setup, find, until, tasks, messages):
    assert [b.text() for b in page.findChildren(QRadioButton)] == ["My network, at 192.0.2.7", "This computer only"]
    assert page.places.checkedId() == 0
    assert setup.asked == [], "nothing is served before it is said who may fetch it"
    url = await begin(page, find, until)
    assert setup.asked == ["192.0.2.7"]
    assert setup.codes == [url]
    assert not page._code.pixmap().isNull()
    assert "Valid once, and for " in page.state.accessibleName()
    assert page.stop.hasFocus()
    find(page, type(page.copy), "Copy the address").click()
    assert QApplication.clipboard().text() == url
    body = await asyncio.to_thread(fetched, url)
    assert "user.0" in body
    assert "pw-0" not in body
    await until(lambda: page.state.accessibleName().startswith("Fetched by 127.0.0.1 at "))
    assert not page.url.isVisible()
    assert page._code.pixmap().isNull()
    assert await is_gone(url)
    await until(lambda: not tasks.names)


async def test_the_password_goes_along_only_when_asked_and_that_is_said(page, find, until, tasks):
    assert not page.with_password.isChecked()
    page.with_password.setChecked(True)
    assert "unencrypted" in page._password_about.text()
    find(page, QRadioButton, "This computer only").click()
    body = await asyncio.to_thread(fetched, await begin(page, find, until))
    assert "pw-0" in body
    await until(lambda: not tasks.names)


@pytest.mark.parametrize("how", ["cancel", "escape", "leave", "search", "close"])
async def test_it_ends_when_it_is_cancelled_or_left(page, find, until, tasks, qtbot, how):
    url = await begin(page, find, until)
    if how == "cancel":
        find(page, QPushButton, "Cancel").click()
    elif how == "escape":
        qtbot.keyClick(page.stop, Qt.Key.Key_Escape)
    elif how == "leave":
        find(page, QPushButton, "Back").click()
        assert page.pane.view.page is page.pane.view.setup
        assert page.pane._handover._settings is None
    elif how == "search":
        page.pane.search()
        assert page.pane.view.page is page.pane.view.browse
    else:
        await tasks.cancel_all()
    await until(lambda: not tasks.names)
    assert await is_gone(url)
    if how in {"cancel", "escape"}:
        assert page.state.accessibleName().startswith("Stopped")
        find(page, QPushButton, "Begin again").click()
        await until(page.begin_button.isVisible)
        assert url != await begin(page, find, until)


async def test_it_ends_by_itself(page, setup, find, until, tasks):
    setup.lasts_s = 0.2
    url = await begin(page, find, until)
    await until(lambda: page.state.accessibleName().startswith("Nobody fetched it in time."))
    assert await is_gone(url)
    await until(lambda: not tasks.names)


async def test_it_goes_on_while_one_looks_at_another_pane(page, find, until, tasks):
    url = await begin(page, find, until)
    page.pane.hidden()
    assert "user.0" in await asyncio.to_thread(fetched, url)
    await until(lambda: page.state.accessibleName().startswith("Fetched by"))


async def test_an_address_that_is_gone_is_said(page, setup, find, until, tasks, messages):
    setup.error = StorageFailed("Nothing can be served at the address 192.0.2.7.", advice="Choose again.")
    find(page, QPushButton, "Show the code").click()
    await until(lambda: messages.current is not None and not tasks.names)
    assert messages.current.text.startswith("Nothing can be served")
    assert page.begin_button.isVisible()


async def test_without_a_network_it_is_said_that_no_phone_can_reach_it(page, setup, find, until):
    find(page, QPushButton, "Back").click()
    setup.known = (HERE,)
    await open_page(page.pane, find, until)
    await until(page.warning.isVisible)
    assert "no phone can reach it" in page.warning.accessibleName()
    assert page.places.checkedId() == 0


async def test_a_password_that_is_not_known_cannot_go_along(page, find, until):
    page.pane._handover._settings = page.pane._handover._settings.__class__("ann", "sip.kpn.example")
    page.again_asked.emit()
    await until(lambda: not page.with_password.isEnabled())
