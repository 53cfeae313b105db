"""Passwords kept for another program in the Secret Service, where it looks for them by attributes of its own."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from voipdesk.core.errors import KeyringFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Mapping


async def keep_for_program(label: str, attributes: Mapping[str, str], password: str) -> None:
    """Keep a password, in place of one with the same attributes; KeyringFailed when it cannot be.

    The user may be asked to unlock the keyring: neither the window nor the program's end waits for that.
    """
    answer: Future[None] = Future()

    def job() -> None:
        if answer.set_running_or_notify_cancel():
            try:
                _keep(label, attributes, password)
                answer.set_result(None)
            except BaseException as error:  # noqa: BLE001 - raised where it is awaited
                answer.set_exception(error)

    threading.Thread(target=job, name="secret service", daemon=True).start()  # NON-NLS
    await asyncio.wrap_future(answer)


def _keep(label: str, attributes: Mapping[str, str], password: str) -> None:
    import secretstorage

    try:
        connection = secretstorage.dbus_init()
        try:
            collection = secretstorage.get_default_collection(connection)
            if collection.is_locked() and collection.unlock():
                raise KeyringFailed(_("The keyring was not unlocked, so the password is not in it."), advice=_advice())
            collection.create_item(label, dict(attributes), password.encode(), replace=True)
        finally:
            connection.close()
    except KeyringFailed:
        raise
    except Exception as error:
        # D-Bus and the service have errors of their own. Only the name: a text may quote what the keyring was given.
        raise KeyringFailed(
            _("The password could not be put into the keyring."), advice=_advice(), details=type(error).__name__
        ) from error


def _advice() -> str:
    return _("Log in to the desktop and unlock its keyring, or enter the password in the program itself.")
