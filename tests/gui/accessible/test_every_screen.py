"""Every pane, form and dialog can be used without seeing it and without a mouse."""

import asyncio
import importlib
import pkgutil
import socket
from functools import partial

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

import voipdesk.gui
from tests.fakes.around import FakeAround
from tests.fakes.tel_links import FakeTelLinks
from tests.gui.accessible.walk import Walk
from voipdesk.core.accounts import Account
from voipdesk.core.sip_check import Cause, CheckReport, CheckStep, Outcome, StepKind, Verdict
from voipdesk.demo.server import DemoServer
from voipdesk.gui.contacts.view import ContactsView
from voipdesk.gui.customers.view import CustomersView
from voipdesk.gui.dial.number_choice import NumberChoice
from voipdesk.gui.session import Session
from voipdesk.gui.settings.surroundings import Surroundings
from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.gui.widgets.welcome import Welcome
from voipdesk.services.scripts import Scripts, ScriptTest
from voipdesk.services.sip_check import SipCheck
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences


@pytest.fixture(scope="module")
def demo_server():
    with DemoServer(seed=1, calls=60, limit=100_000, customers=20, yay_calls=20) as server:
        yield server


@pytest.fixture
def office(tmp_path, demo, secrets):
    """Accounts with every service there is."""
    home = tmp_path / "home"
    preferences = Preferences(Paths.find(home).settings_file)
    preferences.region = "GB"
    url, yay, apidaze = demo.base_url, demo.yay, demo.apidaze
    settings = {"reseller": yay.reseller, "user": yay.user, "base_url": url, "registrar": yay.registrar}
    kpn = {"client_id": apidaze.client_id, "base_url": apidaze.base_url, "token_url": apidaze.token_url}
    for account, key, secret in (
        (Account("office", "Office", "voipcloud", demo.my_number, {"base_url": url}), "api_key", demo.api_key),
        (Account("reseller", "Reseller", "yay", yay.my_number, settings), "password", yay.password),
        (Account("kpn", "Apidaze", "apidaze", settings=kpn), "client_secret", apidaze.client_secret),
    ):
        preferences.save_account(account)
        secrets.set_for_run(account.id, key, secret)
    return home


@pytest.fixture
async def open_session(theme, secrets, until):
    running = []

    async def open_session(home):
        surroundings = Surroundings(FakeTelLinks(), "voipdesk dial --selection --ask")
        session = Session(
            theme,
            home,
            demo_secrets=secrets,
            with_demo=True,
            surroundings=lambda: surroundings,
            around=FakeAround(),
        )
        running.append((session, asyncio.ensure_future(session.run())))
        await until(lambda: session.window.offered, 30)
        session.window.activateWindow()
        await until(session.window.isActiveWindow)
        await until(lambda: session._tasks.names <= {"call log: names"}, 30)
        return session

    yield open_session
    for session, ending in running:
        session.window.quit()
        await ending
        session.window.deleteLater()


@pytest.fixture
async def session(open_session, office):
    return await open_session(office)


def only_here(ask, host, *more, **options):
    """The names of a computer without a network."""
    if host in {"localhost", "127.0.0.1", "::1"}:
        return ask(host, *more, **options)
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


async def no_server(_check, _settings, *, register=False, tell=lambda _: None):
    """The check, where there is no network."""
    found = CheckStep(StepKind.RESOLVE, Verdict.PASSED, "The server is found.")
    slow = CheckStep(StepKind.REACH, Verdict.WARNED, "It answers slowly.", cause=Cause.NO_NETWORK)
    no = CheckStep(
        StepKind.ANSWER, Verdict.FAILED, "It does not answer.", "Check the address.", "a line", Cause.NO_ANSWER
    )
    steps = (found, slow, no, CheckStep(StepKind.SIGN_IN, Verdict.SKIPPED))
    for step in steps:
        tell(step)
    return CheckReport(Outcome.NOT_REACHED, "The server is not reached.", steps)


async def no_script(_scripts, _account, url):
    """The test of an address, where there is no network."""
    return ScriptTest(url, "<document/>", "<document/>\n", "", None, None, 5)


async def test_every_screen_can_be_used_without_eyes_and_without_a_mouse(session, demo, monkeypatch, until, find):
    monkeypatch.setattr(socket, "getaddrinfo", partial(only_here, socket.getaddrinfo))
    monkeypatch.setattr(SipCheck, "run", no_server)
    monkeypatch.setattr(Scripts, "test", no_script)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    walk = Walk(session, until)
    await review_of_a_customer(session.window, demo, walk, until, find)
    await a_contact(session.window, walk, until)
    for pane in session.window.offered:
        await walk.pane(pane)
    await several_numbers(session.window, walk, until, find)
    await walk.shortcuts()
    await until(lambda: session._beside)
    session._beside.quick_dial()
    await walk.look_over_it()
    walk.mistakes_expected = True
    session._show_bug(ValueError("a mistake"))
    await walk.look_over_it()
    assert walk.screens > len(session.window.offered)
    assert set(walk.findings) == set()
    assert not_shown(walk) - NOT_REACHED == set(), "give the walk a way to these"


async def test_the_first_start_can_be_used_without_eyes_and_without_a_mouse(open_session, tmp_path, until):
    session = await open_session(tmp_path / "empty")
    walk = Walk(session, until)
    await walk.look(session.window)
    assert Welcome in walk.seen
    assert set(walk.findings) == set()


async def review_of_a_customer(window, demo, walk, until, find):
    """The way to a form with users, and to the changes before they are saved: something must be changed for that."""
    window.go_to("customers")
    view = await until(lambda: window.findChild(CustomersView))
    table = view.browse.customers.table
    await until(lambda: table.model().rowCount())
    name = next(name for name in demo.yay.names() if demo.yay.customer(name)["users"])
    table.pick(demo.yay.uuid(name))
    await until(lambda: find(view, QPushButton, "Edit…").isEnabled())
    view.browse.details.edit.click()
    await until(lambda: view.page is view.edit)
    await walk.look(window)
    find(view.edit, QLineEdit, "Phone").setText("1")
    view.edit.done_button.click()
    await until(lambda: view.page is view.review)
    await walk.look(window)
    view.review.back_button.click()
    view.edit.back_button.click()
    await walk.settled()


async def a_contact(window, walk, until):
    """The way to a contact's details: one must have been entered."""
    window.go_to("contacts")
    view = await until(lambda: window.findChild(ContactsView))
    await walk.settled()
    view.browse.new.click()
    view.edit.name.line.setText("Ann Lee")
    view.edit.done_button.click()
    await until(view.browse.details.edit.isVisible)
    await walk.look(window)


async def several_numbers(window, walk, until, find):
    """The way to a choice of numbers: a text that holds more than one."""
    window.go_to("dial")
    field = await until(lambda: find(window, QLineEdit, "Number to dial"))
    field.setText("020 7946 0123 or 020 7946 0958")
    await until(lambda: any(choice.isVisible() for choice in window.findChildren(NumberChoice)))
    await walk.look(window)


NOT_REACHED = {
    "voipdesk.gui.contacts.columns_page.ColumnsPage",  # a file is to be chosen first
    "voipdesk.gui.contacts.preview_page.PreviewPage",
    "voipdesk.gui.dial.suggestions.Suggestions",  # the number field stays the one that is acted on
    "voipdesk.gui.sip.domain_field.DomainField",  # where there are several domains
    "voipdesk.gui.sip.handover_page.HandoverPage",  # needs a network
    "voipdesk.gui.widgets.faces.BusyBar",  # comes and goes
    "voipdesk.gui.widgets.progress_line.ProgressLine",
}
"""What comes up by more than pressing things; tests of their own show it."""


def not_shown(walk):
    """Our own widgets that the walk and the first start did not come to."""
    ours = {Welcome, ChoiceButton}
    missed = set()
    for found in pkgutil.walk_packages(voipdesk.gui.__path__, "voipdesk.gui."):
        for kind in vars(importlib.import_module(found.name)).values():
            if isinstance(kind, type) and issubclass(kind, QWidget) and kind.__module__ == found.name:
                missed |= {kind} - ours - walk.seen
    return {f"{kind.__module__}.{kind.__name__}" for kind in missed if not kind.__name__.startswith("_")}
