"""A keyring in memory, and what a keyring can do instead of answering."""

import threading

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class FakeKeyring(KeyringBackend):
    """Holds entries by service and user; raises `broken` when that is set; waits while `unlocked` is cleared."""

    priority = 1

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.broken: Exception | None = None
        self.unlocked = threading.Event()
        self.unlocked.set()
        self.asked = threading.Event()
        self.threads: set[str] = set()

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if (service, username) not in self.entries:
            raise PasswordDeleteError(username)
        del self.entries[service, username]

    def _answer(self) -> None:
        self.threads.add(threading.current_thread().name)
        self.asked.set()
        self.unlocked.wait(timeout=30)
        if self.broken is not None:
            raise self.broken
