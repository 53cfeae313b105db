"""Real softphones, each with a home of its own, which find there what voipdesk made for them."""

import os
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.fakes.registrar import Registrar, free_ports

WAIT_S = 40.0
ENDS_WITHIN_S = 10
BARESIP_CONFIG = """sip_listen 127.0.0.1:{port}
net_interface 127.0.0.1
module_path /usr/lib/baresip/modules
module g711.so
module uuid.so
module_app account.so
module_app menu.so
"""
LINPHONERC = """[sip]
sip_port={port}
sip_tcp_port={port}
register_only_when_network_is_up=0
verify_server_certs=0
[misc]
config-uri={uri}
"""
TWINKLE_SYS = "sip_port={0}\nrtp_port={1}\nvalidate_audio_dev=no\n"


def wait_until_registered(registrar: Registrar, users: Iterable[str], *processes: subprocess.Popen) -> None:
    """Look into the registrar's own table until all are in it; AssertionError says who is not."""
    until, left = time.monotonic() + WAIT_S, set(users)
    while left := set(users) - {one.user for one in registrar.registered()}:
        assert time.monotonic() < until, f"not registered: {sorted(left)}\n{registrar.log[-2000:]}"
        assert all(process.poll() is None for process in processes), "a softphone has ended"
        time.sleep(0.05)


def home_of(folder: Path) -> dict[str, str]:
    """Make a home in a folder, and the environment that leads there."""
    places = {"XDG_CONFIG_HOME": ".config", "XDG_DATA_HOME": ".local/share", "XDG_CACHE_HOME": ".cache"}
    for place in places.values():
        (folder / place).mkdir(parents=True, exist_ok=True)
    (folder / ".local/share/linphone").mkdir(exist_ok=True)  # or Linphone does not register
    return {**os.environ, "HOME": str(folder), **{name: str(folder / place) for name, place in places.items()}}


@contextmanager
def running(*command: str | Path, env: Mapping[str, str], quits: bool = False):
    """Run a program; one that `quits` ends when it reads that."""
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        if not quits:
            process.terminate()
        try:
            process.communicate("quit\n" if quits and process.poll() is None else None, timeout=ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:  # Twinkle at times never ends; what it was started for is done
            process.kill()
            process.communicate()


@contextmanager
def baresip(folder: Path, more: str = ""):
    """Baresip, on what is in the folder's .baresip, with more lines in its configuration."""
    own = folder / ".baresip"
    own.mkdir(exist_ok=True)
    (own / "config").write_text(BARESIP_CONFIG.format(port=free_ports(1)[0]) + more)
    (own / "contacts").write_text("")
    with running("baresip", "-4", "-f", own, env=home_of(folder)) as process:
        yield process


@contextmanager
def linphone(folder: Path, uris: Iterable[str]):
    """A linphonec for each address that it fetches its settings from."""
    with ExitStack() as stack:
        processes = []
        for place, uri in enumerate(uris):
            home = folder / f"linphone-{place}"
            home.mkdir()
            environment = home_of(home)
            (home / "linphonerc").write_text(LINPHONERC.format(port=free_ports(1)[0], uri=uri))
            command = ("linphonec", "-c", home / "linphonerc")
            processes.append(stack.enter_context(running(*command, env=environment, quits=True)))
        yield processes
        for process in processes:  # all at once: each takes its time
            process.stdin.write("quit\n")
            process.stdin.flush()


@contextmanager
def linphone_at_home(folder: Path):
    """A linphonec on the settings that it finds by itself."""
    with running("linphonec", env=home_of(folder), quits=True) as process:
        yield process


@contextmanager
def twinkle(folder: Path, profiles: Iterable[str]):
    """Twinkle, on profiles in the folder's .twinkle."""
    own = folder / ".twinkle"
    own.mkdir(exist_ok=True)
    (folder / ".asoundrc").write_text("pcm.!default { type null }\nctl.!default { type null }\n")
    (own / "twinkle.sys").write_text(TWINKLE_SYS.format(*free_ports(2)))
    with running("twinkle-console", *profiles, env=home_of(folder), quits=True) as process:
        yield process


@contextmanager
def gnome_calls(environment: Mapping[str, str]):
    """GNOME Calls, on a display of its own and the session bus of the environment."""
    read, write = os.pipe()
    display = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            shown = {"DISPLAY": f":{number.readline().strip()}", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "1"}
        with running("gnome-calls", "-p", "sip", env={**environment, **shown}) as process:
            yield process
    finally:
        display.terminate()
        display.wait(timeout=30)
