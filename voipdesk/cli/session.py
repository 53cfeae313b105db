"""A command's stay at the desk: open it, have the account's secret at hand, close it."""

from __future__ import annotations

import signal
import sys
from contextlib import asynccontextmanager
from getpass import getpass
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.errors import BadInput, KeyringFailed
from voipdesk.services.desk import Desk

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Sequence

    from voipdesk.core.accounts import Account, Field


@asynccontextmanager
async def open_desk(options: argparse.Namespace) -> AsyncIterator[Desk]:
    """Open the desk for a command, and close it whatever happens."""
    desk = await Desk.open(options.home)
    try:
        yield desk
    finally:
        await desk.close()


def read_secrets(fields: Sequence[Field], whose: str) -> dict[str, str]:
    """Ask for secrets: without echo on a terminal, else a line of standard input for each."""
    return {field.key: _read_secret(field, whose) for field in fields}


def _read_secret(field: Field, whose: str) -> str:
    if _on_a_terminal():
        secret = _prompt(f"{field.label} of {output.plain(whose)}: ")
    else:
        secret = sys.stdin.readline() if sys.stdin is not None else ""
    secret = secret.strip()
    if field.required and not secret:
        raise BadInput(f"{field.label} of “{whose}” is missing: nothing was entered.", advice=field.help)
    return secret


def _on_a_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _prompt(text: str) -> str:
    """Ask without echo. Meanwhile Ctrl-C ends the program at once: asyncio's own way would wait for the answer."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return getpass(text)
    except EOFError:
        return ""
    finally:
        signal.signal(signal.SIGINT, before)


async def unlock(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    """Have the account's secrets at hand for this run: from standard input if asked to, from the keyring, or a prompt.

    Without a terminal to ask on, what is missing is left for the request to complain about.
    """
    fields = [f for v in desk.accounts.vendors() if v.key == account.vendor for f in v.secrets if f.required]
    if not options.secret_stdin:
        if not _on_a_terminal():
            return
        fields = [field for field in fields if not await _is_known(desk, account, field)]
    for key, value in read_secrets(fields, account.name).items():
        desk.secrets.set_for_run(account.id, key, value)


async def _is_known(desk: Desk, account: Account, field: Field) -> bool:
    try:
        return bool(await desk.secrets.get(account.id, field.key))
    except KeyringFailed as error:
        output.note(str(error))
        return False
