"""A real Secret Service: gnome-keyring on a D-Bus session of its own, without a display to ask anybody on."""

import os
import signal
import subprocess
import sys
from types import TracebackType
from typing import Self

PASSWORD = "the login password"


class KeyringSession:
    """A session bus while it is entered; `environment` leads programs to it. The home is the one of the test.

    With `unlocked`, the login keyring is made or opened as signing in does it. Without, a keyring made before stays
    locked, and where there is none nobody can make one.
    """

    def __init__(self, *, unlocked: bool = True) -> None:
        self.environment: dict[str, str] = {}
        self._unlocked = unlocked
        self._keyring: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.environment = {key: value for key, value in os.environ.items() if key not in NOT_PASSED_ON}
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the daemons it starts talk a lot
            text=True,
            env=self.environment,
        )
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._bus.stdout.readline().strip()
        if self._unlocked:
            self._keyring = subprocess.Popen(
                ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self.environment,
            )
            self._keyring.stdin.write(PASSWORD.encode())
            self._keyring.stdin.close()
            while "true" not in self._bus_says("NameHasOwner"):
                assert self._keyring.poll() is None, "gnome-keyring ended at once"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._keyring:
            self._keyring.terminate()
            self._keyring.wait(timeout=30)
        elif owner := self._bus_says("GetConnectionUnixProcessID").split():
            os.kill(int(owner[-1]), signal.SIGTERM)  # one that the bus started when it was asked for
        self._bus.terminate()
        self._bus.wait(timeout=30)
        self._bus.stdout.close()

    def _bus_says(self, question: str) -> str:
        ask = [
            "dbus-send",
            "--session",
            "--print-reply=literal",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
        ]
        ask += [f"org.freedesktop.DBus.{question}", "string:org.freedesktop.secrets"]
        return subprocess.run(ask, env=self.environment, text=True, capture_output=True, check=False).stdout

    def run(self, program: str, *arguments: str) -> str:
        """Run Python in a process of the session and give what it printed; its errors are the test's."""
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(command, env=self.environment, text=True, capture_output=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


NOT_PASSED_ON = {"PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}
