"""A session with an account at every service there is, on a computer without a network."""

import asyncio
import socket
from functools import partial

import pytest
from PySide6.QtGui import QDesktopServices

from tests.fakes.around import FakeAround
from tests.fakes.tel_links import FakeTelLinks
from voipdesk.core.accounts import Account
from voipdesk.core.language import _
from voipdesk.core.sip_check import Cause, CheckReport, CheckStep, Outcome, StepKind, Verdict
from voipdesk.demo.server import DemoServer
from voipdesk.gui.call_log import reader
from voipdesk.gui.customers import details_presenter
from voipdesk.gui.notices import presenter as notices_presenter
from voipdesk.gui.session import Session
from voipdesk.gui.settings.surroundings import Surroundings
from voipdesk.gui.tray import presenter as tray_presenter
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
def at_once(monkeypatch):
    """Do at once what the program puts off, so as to do it once for much that comes together."""
    for module in (tray_presenter, notices_presenter):
        monkeypatch.setattr(module, "_TOGETHER_S", 0)
    monkeypatch.setattr(details_presenter, "SETTLE_S", 0)
    monkeypatch.setattr(details_presenter, "BALANCE_AFTER_S", 0)
    monkeypatch.setattr(reader, "_FOLLOW_EVERY_S", 0.01)


@pytest.fixture
async def open_session(theme, secrets, until, at_once):
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
    found = CheckStep(StepKind.RESOLVE, Verdict.PASSED, _("The server is found."))
    slow = CheckStep(StepKind.REACH, Verdict.WARNED, _("It answers slowly."), cause=Cause.NO_NETWORK)
    no = CheckStep(
        StepKind.ANSWER, Verdict.FAILED, _("It does not answer."), _("Check the address."), _("a line"), Cause.NO_ANSWER
    )
    steps = (found, slow, no, CheckStep(StepKind.SIGN_IN, Verdict.SKIPPED))
    for step in steps:
        tell(step)
    return CheckReport(Outcome.NOT_REACHED, _("The server is not reached."), steps)


async def no_script(_scripts, _account, url):
    """The test of an address, where there is no network."""
    return ScriptTest(url, "<document/>", "<document/>\n", "", None, None, 5)


@pytest.fixture
def no_network(monkeypatch):
    """Let what would ask another computer find none."""
    monkeypatch.setattr(socket, "getaddrinfo", partial(only_here, socket.getaddrinfo))
    monkeypatch.setattr(SipCheck, "run", no_server)
    monkeypatch.setattr(Scripts, "test", no_script)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
