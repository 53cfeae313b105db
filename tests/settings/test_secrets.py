"""Secrets in a keyring: one contract for a fake and for a real Secret Service, and what a keyring can do wrong."""

import asyncio
import json
import os
import subprocess
import sys
import threading

import pytest
from keyring.backends.SecretService import Keyring as SecretService
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordSetError

from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.keyring_session import KeyringSession
from voipdesk.core.errors import KeyringFailed
from voipdesk.settings import system_keyring as doors
from voipdesk.settings.secrets import Secrets, _read

PLANTED = "pl4nted-s3cret-ß☎"


class KeyringContract:
    """What holds for every keyring; `backend` is one that is unlocked and empty."""

    async def test_a_secret_is_given_back_by_account_and_field(self, backend):
        secrets = Secrets(backend)
        assert await secrets.set("a", "key", PLANTED) is True
        assert await secrets.set("a", "user", "ann") is True
        assert await secrets.set("b", "key", "other") is True
        again = Secrets(backend)
        assert [await again.get(*place) for place in (("a", "key"), ("a", "user"), ("b", "key"))] == [
            PLANTED,
            "ann",
            "other",
        ]

    async def test_a_secret_nobody_set_is_empty(self, backend):
        secrets = Secrets(backend)
        assert await secrets.get("a", "key") == ""
        await secrets.set("a", "key", PLANTED)
        assert await secrets.get("a", "other") == ""

    async def test_a_secret_can_be_changed(self, backend):
        secrets = Secrets(backend)
        await secrets.set("a", "key", "first")
        await secrets.set("a", "key", "second")
        assert await secrets.get("a", "key") == "second"

    async def test_removing_takes_all_of_one_account_and_nothing_of_another(self, backend):
        secrets = Secrets(backend)
        for place in (("a", "key"), ("a", "user"), ("b", "key")):
            await secrets.set(*place, PLANTED)
        await secrets.remove("a")
        await secrets.remove("a")
        assert [await secrets.get(*place) for place in (("a", "key"), ("a", "user"), ("b", "key"))] == ["", "", PLANTED]

    async def test_it_is_available(self, backend):
        assert await Secrets(backend).available() == ""

    async def test_an_entry_that_is_not_ours_is_said_so_and_can_be_replaced(self, backend):
        for strange in ("just a password", "[1]"):
            backend.set_password("voipdesk", "a", strange)
            secrets = Secrets(backend)
            with pytest.raises(KeyringFailed, match=r"cannot be read. Enter the secret again") as failed:
                await secrets.get("a", "key")
            assert strange not in repr(failed.value.__context__) + repr(failed.value.__cause__)
            assert await secrets.set("a", "key", PLANTED) is True
            assert await secrets.get("a", "key") == PLANTED


class TestFakeKeyring(KeyringContract):
    @pytest.fixture
    def backend(self):
        return FakeKeyring()


class TestSecretService(KeyringContract):
    @pytest.fixture
    def backend(self, monkeypatch):
        with KeyringSession() as session:
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.environment["DBUS_SESSION_BUS_ADDRESS"])
            yield SecretService()


ASK = """
import asyncio, sys
from voipdesk.core.errors import KeyringFailed
from voipdesk.settings.secrets import Secrets

async def main():
    secrets = Secrets()
    for step in sys.argv[1:]:
        verb, _, value = step.partition("=")
        try:
            match verb:
                case "set": print(await secrets.set("a", "key", value))
                case "get": print(await secrets.get("a", "key"))
                case "remove": print(await secrets.remove("a"))
                case "available": print(await secrets.available())
        except KeyringFailed as error:
            print(error.message)

asyncio.run(main())
"""


def test_a_secret_outlives_the_program_and_signing_out_and_stands_in_no_file_in_plain_text(home):
    with KeyringSession() as session:
        assert session.run(ASK, f"set={PLANTED}") == "True"
        assert session.run(ASK, "get") == PLANTED
    with KeyringSession() as session:
        assert session.run(ASK, "get") == PLANTED
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert [path.name for path in kept if path.suffix == ".keyring"] == ["login.keyring"]
    needles = [PLANTED.encode(), json.dumps(PLANTED).strip('"').encode(), b"pl4nted"]
    assert [path for path in kept for needle in needles if needle in path.read_bytes()] == []


def test_a_locked_keyring_is_said_to_be_locked_and_nothing_is_kept_elsewhere():
    with KeyringSession() as session:
        session.run(ASK, f"set={PLANTED}")
    locked = "The system keyring is locked."
    with KeyringSession(unlocked=False) as session:
        assert session.run(ASK, "available", "get", "set=x", "get", "remove").split("\n") == [locked] * 4


def test_a_service_without_a_keyring_keeps_secrets_for_the_run():
    with KeyringSession(unlocked=False) as session:
        answers = session.run(ASK, "get", f"set={PLANTED}", "get", "available", "remove", "get").split("\n")
        assert session.run(ASK, "get").startswith("The system keyring could not be opened")
    assert answers[1:3] == ["False", PLANTED]
    for trouble in (answers[0], answers[3], answers[5]):
        assert trouble.startswith("The system keyring could not be opened, so secrets are kept only while")
    assert answers[4] == "None"


@pytest.mark.parametrize(
    "backend", ["", "keyring.backends.fail.Keyring", "keyring.backends.null.Keyring", "tests.fakes.plaintext.Keyring"]
)
def test_without_a_keyring_of_the_system_a_secret_lasts_for_the_run_and_reaches_no_file(home, backend):
    environment = {
        k: v for k, v in os.environ.items() if k not in ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND")
    }
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    if backend:
        environment["PYTHON_KEYRING_BACKEND"] = backend

    def run(*steps: str) -> list[str]:
        command = [sys.executable, "-c", ASK, *steps]
        return subprocess.run(command, env=environment, text=True, capture_output=True, check=True).stdout.split("\n")[
            :-1
        ]

    available, was_set, got, removed, gone = run("available", f"set={PLANTED}", "get", "remove", "get")
    assert available.startswith("This computer has no keyring that the program can use, so secrets are kept only while")
    assert (was_set, got, removed, gone) == ("False", PLANTED, "None", "")
    assert run("get") == [""]
    assert [path for path in home.rglob("*") if path.is_file() and b"pl4nted" in path.read_bytes()] == []


class Chain:
    """Stands for keyring's chain of all back ends, one of which would write plain text."""

    def __init__(self, *backends):
        self.backends = backends


def test_of_a_chain_only_a_keyring_of_the_system_is_asked(monkeypatch):
    chosen = SecretService()
    monkeypatch.setattr("keyring.backends.chainer.ChainerBackend", Chain)
    monkeypatch.setattr("keyring.get_keyring", lambda: Chain(FakeKeyring(), chosen))
    assert doors.system_keyring() is chosen
    monkeypatch.setattr("keyring.get_keyring", lambda: Chain(FakeKeyring()))
    assert doors.system_keyring() is None


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (KeyringLocked("Failed to unlock"), "The system keyring is locked. Unlock it, and try again."),
        (
            PasswordSetError(PLANTED),
            "The system keyring does not work. Look whether the desktop's password program opens.",
        ),
        (ConnectionResetError(PLANTED), "The system keyring does not work. Look whether the desktop's password"),
    ],
)
async def test_a_keyring_that_says_no_is_an_error_with_advice_and_without_the_secret(broken, says):
    keyring = FakeKeyring()
    keyring.broken = broken
    secrets = Secrets(keyring)
    for attempt in (secrets.get("a", "key"), secrets.set("a", "key", PLANTED), secrets.remove("a")):
        with pytest.raises(KeyringFailed) as failed:
            await attempt
        assert says in str(failed.value)
        assert PLANTED not in str(failed.value) + failed.value.details
    keyring.broken = None
    assert await secrets.get("a", "key") == ""


@pytest.mark.parametrize("broken", [InitError("no collection"), NoKeyringError("no service")])
async def test_a_keyring_that_cannot_be_opened_makes_a_secret_last_for_the_run_and_lets_accounts_go(broken):
    keyring = FakeKeyring()
    keyring.broken = broken
    secrets = Secrets(keyring)
    assert await secrets.available() == ""
    assert await secrets.set("a", "key", PLANTED) is False
    assert await secrets.get("a", "key") == PLANTED
    assert "could not be opened" in await secrets.available()
    await secrets.remove("a")
    keyring.broken = None
    assert await secrets.get("a", "key") == ""


async def test_a_keyring_that_cannot_even_be_looked_for_is_said_so(monkeypatch):
    def fail():
        raise RuntimeError("broken plug-in")

    monkeypatch.setattr("voipdesk.settings.secrets.system_keyring", fail)
    assert "does not work" in await Secrets().available()


async def test_a_secret_for_this_run_comes_first_and_asks_no_keyring():
    keyring = FakeKeyring()
    secrets = Secrets(keyring)
    secrets.set_for_run("a", "key", "typed")
    keyring.asked.clear()
    assert await secrets.get("a", "key") == "typed"
    assert not keyring.asked.is_set()
    assert await secrets.set("a", "key", "kept") is True
    assert await secrets.get("a", "key") == "kept"


async def test_the_keyring_is_asked_on_a_daemon_thread_of_its_own():
    keyring = FakeKeyring()
    secrets = Secrets(keyring)
    await secrets.set("a", "key", "x")
    await secrets.get("a", "key")
    assert keyring.threads == {"keyring"}
    assert [thread.daemon for thread in threading.enumerate() if thread.name == "keyring"].count(False) == 0


async def test_the_thread_ends_when_the_secrets_are_closed_and_they_can_be_asked_again():
    keyring = FakeKeyring()
    secrets = Secrets(keyring)
    before = set(threading.enumerate())
    await secrets.set("a", "key", "x")
    (thread,) = set(threading.enumerate()) - before
    secrets.close()
    secrets.close()
    await asyncio.to_thread(thread.join, 30)
    assert not thread.is_alive()
    assert await secrets.get("a", "key") == "x"
    secrets.close()


async def test_a_waiting_keyring_holds_nobody_up_and_a_cancelled_question_is_not_asked():
    keyring = FakeKeyring()
    keyring.unlocked.clear()
    secrets = Secrets(keyring)
    waiting = asyncio.create_task(secrets.get("a", "key"))
    await asyncio.to_thread(keyring.asked.wait, 30)
    dropped = asyncio.create_task(secrets.set("a", "key", PLANTED))
    await asyncio.sleep(0)
    for task in (waiting, dropped):
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    keyring.unlocked.set()
    assert await secrets.get("a", "key") == ""


def test_the_program_ends_though_the_keyring_waits():
    program = """
import asyncio
from tests.fakes.keyring_backend import FakeKeyring
from voipdesk.settings.secrets import Secrets

async def main():
    keyring = FakeKeyring()
    keyring._answer = lambda: (keyring.asked.set(), keyring.unlocked.clear(), keyring.unlocked.wait())
    asking = asyncio.create_task(Secrets(keyring).get("a", "key"))
    while not keyring.asked.is_set():
        await asyncio.sleep(0.01)

asyncio.run(main())
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, timeout=30, env=environment)


async def test_no_repr_shows_a_secret():
    secrets = Secrets(FakeKeyring())
    secrets.set_for_run("a", "key", PLANTED)
    await secrets.set("b", "key", PLANTED)
    assert PLANTED not in repr(secrets)
    assert PLANTED not in repr(await secrets._ask(lambda keyring: _read(keyring, "b")))


def test_making_the_secrets_loads_no_keyring():
    program = (
        "import sys; from voipdesk.settings.secrets import Secrets; Secrets(); assert 'keyring' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
