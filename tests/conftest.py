"""What holds for every test: a home, settings and keyring of its own, a known time zone, no network but loopback."""

import gc
import ipaddress
import os
import signal
import socket
import sys
import time

import hypothesis
import pytest

import tests.measuring  # noqa: F401 - ends the measuring of what is started from here
from voipdesk.core.language import use_language

# Set before anything is imported that reads them. Subprocesses inherit them.
os.environ["TZ"] = "Europe/Amsterdam"  # never UTC, so that local time taken for UTC shows
time.tzset()
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What a shell starts in the background ignores it, and so would the programs that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Python collects garbage on whatever thread allocates: what a test leaves of Qt, a later one's server would delete.
gc.disable()

hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")


def _is_local(host: str | bytes | None) -> bool:
    name = host.decode() if isinstance(host, bytes) else host or "localhost"
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


def _keep_to_loopback(event: str, args: tuple) -> None:
    if event in ("socket.connect", "socket.sendto"):
        asked, address = args
        if asked.family not in (socket.AF_INET, socket.AF_INET6) or _is_local(address[0]):
            return
        host = address[0]
    elif event == "socket.getaddrinfo":
        host = args[0]
        if _is_local(host):
            return
        if (host.decode() if isinstance(host, bytes) else str(host)).endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    else:
        return
    pytest.fail(f"a test tried to reach {host}: only this machine is open to tests")


sys.addaudithook(_keep_to_loopback)  # sees what any library does, and cannot be taken out again


@pytest.fixture(scope="module", autouse=True)
def kept():
    """Set apart what outlives this file's tests, all modules and collected tests: looking through it is slow."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def garbage(kept):
    """Collect between tests, on this thread alone, as the program does; only what is new, for the sake of time."""
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def english():
    """Speak English again after a test that spoke something else: a process has one language."""
    yield
    use_language(system=[])


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """An empty home that this test's program and its subprocesses find everything under."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    for variable, name in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "XDG_RUNTIME_DIR": "run",
        "VOIPDESK_HOME": "voipdesk",
    }.items():
        path = folder / name
        path.mkdir(parents=True, mode=0o700)
        monkeypatch.setenv(variable, str(path))
    return folder
