"""The command line run in this process, on a demo PBX, with a keyring in memory."""

import io
from collections.abc import Callable

import pytest

from tests.demo_server import demo  # noqa: F401 - a fixture, asked for by its name
from tests.e2e.program import Ended
from tests.fakes import languages
from tests.fakes.keyring_backend import FakeKeyring
from voipdesk.cli.main import main
from voipdesk.demo.server import DemoServer
from voipdesk.settings import secrets

Run = Callable[..., Ended]


@pytest.fixture(scope="module")
def demo_server():
    """A small reseller: what is tested here is the way, not the amount."""
    with DemoServer(seed=1, calls=2_000, customers=200, yay_calls=500) as server:
        yield server


@pytest.fixture
def keyring(monkeypatch):
    """The keyring that the program finds; set to None for a computer without one."""
    found = {"keyring": FakeKeyring()}
    monkeypatch.setattr(secrets, "system_keyring", lambda: found["keyring"])
    return found


@pytest.fixture
def run(capsys, monkeypatch, keyring) -> Run:
    """Run a command as typed; `stdin` is what is piped into it."""

    def run(*argv: str, stdin: str = "") -> Ended:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        capsys.readouterr()
        try:
            code = main(argv)
        except SystemExit as ended:
            code = ended.code
        return Ended(code, *capsys.readouterr())

    return run


@pytest.fixture
def foreign():
    """Another language: what is translated stands in ⟦brackets⟧."""
    with languages.foreign():
        yield


@pytest.fixture
def office(run, demo) -> Run:  # noqa: F811 - the fixture
    """A home with one account, Office, on the demo PBX; its key is in the keyring."""
    added = run(
        "accounts", "add", "voipcloud", "--name", "Office", "--base-url", demo.base_url, "--my-number", "7040",
        stdin=demo.api_key,
    )  # fmt: skip
    assert (added.code, added.err) == (0, "")
    return run


@pytest.fixture
def reseller(run, demo) -> Run:  # noqa: F811 - the fixture
    """A home with one account, Reseller, at the demo's Yay.com; its password is in the keyring."""
    added = run(
        "accounts", "add", "yay", "--name", "Reseller", "--base-url", demo.base_url, "--my-number", "1001",
        "--reseller", demo.yay.reseller, "--user", demo.yay.user, "--registrar", "sip.example.com",
        stdin=demo.yay.password,
    )  # fmt: skip
    assert (added.code, added.err) == (0, "")
    return run


@pytest.fixture
def voice(run, demo) -> Run:  # noqa: F811 - the fixture
    """A home with one account, Voice, at the demo's Apidaze; its client secret is in the keyring."""
    added = run(
        "accounts", "add", "apidaze", "--name", "Voice", "--client-id", demo.apidaze.client_id,
        "--base-url", demo.apidaze.base_url, "--token-url", demo.apidaze.token_url, stdin=demo.apidaze.client_secret,
    )  # fmt: skip
    assert (added.code, added.err) == (0, "")
    return run
