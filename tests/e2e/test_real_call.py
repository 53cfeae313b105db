"""Once the whole way, for real: two telephones set up by voipdesk, a press on Call, and each hears the other."""

from contextlib import ExitStack

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from tests.e2e.program import Program
from tests.e2e.talking_phone import talking_phone
from tests.e2e.window import CTRL, press, row, texts, totals
from tests.fakes.registrar import Registrar
from tests.softphones.phones import wait_until_registered
from voipdesk.core.accounts import Account
from voipdesk.demo.server import DemoServer
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets

MINE, THEIRS = "7040", "7042"
PASSWORDS = {MINE: "désk; 1", THEIRS: "two words"}
TONES = {MINE: 440, THEIRS: 1000}


class Switchboard:
    """The demo's telephones are those of a registrar."""

    def __init__(self, registrar: Registrar) -> None:
        self._registrar = registrar

    def connect(self, extension: str, number: str) -> None:
        self._registrar.bring_together(extension, number)


@pytest.fixture(scope="module")
def registrar():
    with Registrar(PASSWORDS) as running:
        yield running


@pytest.fixture(scope="module")
def demo_server(registrar):
    """A small office that stands on real telephones."""
    with DemoServer(seed=1, calls=300, telephones=Switchboard(registrar)) as server:
        yield server


@pytest.fixture
def two_phones(registrar, tmp_path):
    """Real telephones, signed in with what voipdesk made for them."""
    program = Program()
    with ExitStack() as stack:
        running = {}
        for user, password in PASSWORDS.items():
            file = tmp_path / f"{user}.txt"
            made = program(
                "sip", "export", "--user", user, "--domain", registrar.domain, "--proxy", registrar.address,
                "--client", "baresip", "--with-password", "--output", str(file), stdin=f"{password}\n",
            )  # fmt: skip
            assert made.code == 0, made.err
            running[user] = stack.enter_context(talking_phone(tmp_path / user, file.read_bytes(), TONES[user]))
        wait_until_registered(registrar, PASSWORDS)
        yield running


@pytest.fixture
def secrets(home, demo):
    """The secrets of a home that has the office's account."""
    secrets = Secrets()
    preferences = Preferences(Paths.find(home / "voipdesk").settings_file)
    preferences.save_account(Account("office", "Office", "voipcloud", MINE, {"base_url": demo.base_url}))
    secrets.set_for_run("office", "api_key", demo.api_key)
    return secrets


async def test_a_press_on_call_lets_two_people_talk_and_the_call_is_in_the_log(
    two_phones, secrets, demo, open_window, until, find, qtbot
):
    window, ending = await open_window(secrets)
    await press(window, Qt.Key.Key_D, CTRL, until=until, qtbot=qtbot)
    field = await until(lambda: find(window, QLineEdit, "Number to dial"))
    qtbot.keyClicks(field, THEIRS)
    await until(lambda: any(text.startswith("Will dial") for text in texts(window)), 30)
    qtbot.mouseClick(find(window, QPushButton, "Call"), Qt.MouseButton.LeftButton)
    await until(lambda: "Your phone is ringing." in texts(window), 30)
    await until(lambda: two_phones[MINE].hears(TONES[THEIRS]), 60)
    await until(lambda: two_phones[THEIRS].hears(TONES[MINE]), 60)
    assert not two_phones[MINE].hears(TONES[MINE])

    demo.tick(120)
    window.go_to("call_log")
    await until(lambda: totals(window).startswith("30"), 60)
    await press(window, Qt.Key.Key_F5, until=until, qtbot=qtbot)
    await until(lambda: totals(window).startswith("301 calls"), 60)
    await until(lambda: THEIRS in row(window, 0))
    window.close()
    assert await ending == 0
