"""Secrets: in the system keyring alone, or in memory for as long as the program runs."""

from __future__ import annotations

import asyncio
import contextlib
import json
import queue
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.errors import KeyringFailed
from voipdesk.core.language import _
from voipdesk.settings.system_keyring import KeyringUnusable, system_keyring, translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

    Jobs = queue.SimpleQueue[Callable[[], None] | None]

T = TypeVar("T")

SERVICE = "voipdesk"


class Secrets:
    """An account's secrets, by field. One keyring entry holds all fields of an account, under its id.

    The keyring may keep its caller waiting until the user unlocks it; it is asked on a daemon thread of its own, so
    that neither the window nor the program's end waits for that.
    """

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._backend = backend
        self._for_run: dict[tuple[str, str], str] = {}
        self._jobs: Jobs | None = None
        """What the thread is to do; None as long as there is no thread."""
        self._trouble = ""
        """Why the keyring could not be opened when it was last wanted."""

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
        except KeyringUnusable as error:
            kept, self._trouble = False, str(error)
        if kept:
            self._for_run.pop((account_id, field), None)
        else:
            self.set_for_run(account_id, field, value)
        return kept

    async def remove(self, account_id: str) -> None:
        """Forget all secrets of an account; KeyringFailed when the keyring does not let go of them."""
        for key in [key for key in self._for_run if key[0] == account_id]:
            del self._for_run[key]

        def delete(keyring: KeyringBackend) -> None:
            if keyring.get_password(SERVICE, account_id) is not None:
                keyring.delete_password(SERVICE, account_id)

        # In one that cannot be opened nothing was kept, and the account must still be possible to remove.
        with contextlib.suppress(KeyringUnusable):
            await self._ask(delete)

    def set_for_run(self, account_id: str, field: str, value: str) -> None:
        """Keep a secret in memory, in front of what the keyring has."""
        self._for_run[account_id, field] = value

    async def available(self) -> str:
        """Tell in a sentence why secrets last for this run only; "" when there is a keyring, be it locked."""
        try:
            return self._trouble if await self._ask(lambda _: True) else _no_keyring()
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

        if self._jobs is None:
            self._jobs = queue.SimpleQueue()
            threading.Thread(target=_work, args=[self._jobs], name="keyring", daemon=True).start()
        self._jobs.put(job)
        return await asyncio.wrap_future(answer)

    def close(self) -> None:
        """Let the thread end when it has put what was asked; another is begun when more is."""
        if self._jobs is not None:
            self._jobs.put(None)
            self._jobs = None

    def _put_to_keyring(self, question: Callable[[KeyringBackend], T]) -> T | None:
        with translated():
            if self._backend is None:
                self._backend = system_keyring()
            return None if self._backend is None else question(self._backend)


def _work(jobs: Jobs) -> None:
    while (job := jobs.get()) is not None:
        job()


def _no_keyring() -> str:
    return _(
        "This computer has no keyring that the program can use, so secrets are kept only while it runs. "
        "Install and start one, such as GNOME Keyring, KWallet or KeePassXC."
    )


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
        _("The keyring's entry for this account cannot be read."), advice=_("Enter the secret again.")
    ) from None
