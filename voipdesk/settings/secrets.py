"""Secrets: in the system keyring alone, or in memory for as long as the program runs."""

from __future__ import annotations

import asyncio
import json
import queue
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.errors import KeyringFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "voipdesk"
SYSTEM_KEYRINGS = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "kwallet", "libsecret", "macOS", "Windows")
)
"""The back ends that hand a secret to the operating system. Any other may write it to a file in plain text."""

NO_KEYRING = (
    "This computer has no keyring that the program can use, so secrets are kept only while it runs. "
    "Install and start one, such as GNOME Keyring, KWallet or KeePassXC."
)


class Secrets:
    """An account's secrets, by field. One keyring entry holds all fields of an account, under its id.

    The keyring may keep its caller waiting until the user unlocks it; it is asked on a daemon thread of its own, so
    that neither the window nor the program's end waits for that.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._backend = backend
        self._for_run: dict[tuple[str, str], str] = {}
        self._jobs: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def get(self, account_id: str, field: str) -> str:
        """Give a secret, "" when there is none; one given for this run comes first, and then asks no keyring."""
        if (account_id, field) in self._for_run:
            return self._for_run[account_id, field]
        entry = await self._ask(lambda keyring: _read(keyring, account_id))
        return entry.fields.get(field, "") if entry else ""

    async def set(self, account_id: str, field: str, value: str) -> bool:
        """Keep a secret: True in the keyring, False for this run only, since there is no keyring that works.

        Raises KeyringFailed when there is one that is locked or says no.
        """

        def store(keyring: KeyringBackend) -> bool:
            fields = _read(keyring, account_id, unreadable_as_empty=True).fields
            keyring.set_password(SERVICE, account_id, json.dumps({**fields, field: value}))
            return True

        try:
            kept = await self._ask(store) is True
        except _Unusable:
            kept = False
        if kept:
            self._for_run.pop((account_id, field), None)
        else:
            self.set_for_run(account_id, field, value)
        return kept

    async def remove(self, account_id: str) -> None:
        """Forget all secrets of an account; raises KeyringFailed when the keyring does not let go of them."""
        for key in [key for key in self._for_run if key[0] == account_id]:
            del self._for_run[key]

        def delete(keyring: KeyringBackend) -> None:
            if keyring.get_password(SERVICE, account_id) is not None:
                keyring.delete_password(SERVICE, account_id)

        await self._ask(delete)

    def set_for_run(self, account_id: str, field: str, value: str) -> None:
        """Keep a secret in memory, in front of what the keyring has."""
        self._for_run[account_id, field] = value

    async def available(self) -> str:
        """Tell in a sentence why there is no keyring; "" when there is one, be it locked."""
        try:
            return NO_KEYRING if await self._ask(lambda _: True) is None else ""
        except KeyringFailed as error:
            return str(error)

    async def _ask(self, question: Callable[[KeyringBackend], T]) -> T | None:
        """Put a question to the keyring on its thread; None when there is no keyring."""
        answer: Future[T | None] = Future()

        def job() -> None:
            if answer.set_running_or_notify_cancel():
                try:
                    answer.set_result(self._put_to_keyring(question))
                except BaseException as error:  # noqa: BLE001 - raised where it is awaited
                    answer.set_exception(error)

        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="keyring", daemon=True)
            self._thread.start()
        self._jobs.put(job)
        return await asyncio.wrap_future(answer)

    def _work(self) -> None:
        while True:
            self._jobs.get()()

    def _put_to_keyring(self, question: Callable[[KeyringBackend], T]) -> T | None:
        from keyring import errors

        try:
            if self._backend is None:
                self._backend = _system_keyring()
            return None if self._backend is None else question(self._backend)
        except KeyringFailed:
            raise
        except errors.NoKeyringError:
            return None
        except errors.InitError as error:
            raise _Unusable(
                "The system keyring could not be opened.",
                advice="Log in to the desktop, or make a default keyring in its password program.",
                details=type(error).__name__,
            ) from error
        except errors.KeyringLocked as error:
            raise KeyringFailed("The system keyring is locked.", advice="Unlock it, and try again.") from error
        except Exception as error:  # each platform's keyring has errors of its own
            # Only the name: what a keyring has to say may quote what it was given.
            raise KeyringFailed(
                "The system keyring does not work.",
                advice="Look whether the desktop's password program opens.",
                details=type(error).__name__,
            ) from error


class _Unusable(KeyringFailed):
    """There is a keyring service, but no keyring in it that could be opened, now or after unlocking."""


class _Entry:
    """The fields of an account's keyring entry, kept out of every repr."""

    __slots__ = ("fields",)

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields


def _read(keyring: KeyringBackend, account_id: str, *, unreadable_as_empty: bool = False) -> _Entry:
    text = keyring.get_password(SERVICE, account_id)
    if text is None:
        return _Entry({})
    try:
        fields = json.loads(text)
    except ValueError:
        fields = None
    if isinstance(fields, dict):
        return _Entry({str(key): str(value) for key, value in fields.items()})
    if unreadable_as_empty:
        return _Entry({})
    # Without the cause: a JSON error carries the whole text along.
    raise KeyringFailed(
        "The keyring's entry for this account cannot be read.", advice="Enter the secret again."
    ) from None


def _system_keyring() -> KeyringBackend | None:
    """Choose the keyring that the user configured or the best of the system's; None when there is none to trust."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    chosen = keyring.get_keyring()
    # A chain would hand the secret on to whichever member takes it, so its members are looked at one by one.
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    return next((backend for backend in candidates if type(backend).__module__ in SYSTEM_KEYRINGS), None)
