"""A real Secret Service: gnome-keyring on a D-Bus session of its own, without a display to ask anybody on."""

import os
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
            subprocess.run(
                ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
                input=PASSWORD.encode(),
                env=self.environment,
                check=True,
                capture_output=True,
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bus.terminate()  # the keyring ends with its bus
        self._bus.wait(timeout=30)
        self._bus.stdout.close()

    def run(self, program: str, *arguments: str) -> str:
        """Run Python in a process of the session and give what it printed; its errors are the test's."""
        command = [sys.executable, "-c", program, *arguments]
        done = subprocess.run(command, env=self.environment, text=True, capture_output=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


NOT_PASSED_ON = {"PYTHON_KEYRING_BACKEND", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"}
