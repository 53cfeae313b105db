"""A command's stay at the desk: open it, have the account's secret at hand, close it."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.core.errors import BadInput, KeyringFailed
from voipdesk.core.language import _
from voipdesk.services.desk import Desk

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator, Iterator, Sequence

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
    if terminal.on_a_terminal():
        secret = terminal.ask_hidden(_("{field} of {account}: ", field=field.label, account=whose))
    else:
        secret = sys.stdin.readline() if sys.stdin is not None else ""
    secret = secret.strip()
    if field.required and not secret:
        raise BadInput(
            _("{field} of “{account}” is missing: nothing was entered.", field=field.label, account=whose),
            advice=field.help,
        )
    return secret


def account_with(desk: Desk, name: str | None, capability: type, what: str) -> Account:
    """Find the account by name, or the only one whose service has a capability.

    BadInput when there is none; it says `what` its service lacks, in the plural and in the language spoken.
    """
    able = [account for account in desk.accounts.list() if desk.accounts.offers(account, capability)]
    account = able[0] if name is None and len(able) == 1 else desk.accounts.get(name)
    if account not in able:
        raise BadInput(_("The service of “{account}” has no {what} here.", account=account.name, what=what))
    return account


@contextmanager
def acting(unknown: str) -> Iterator[None]:
    """While a request that acts is under way, let Ctrl-C say what is not known then."""
    try:
        yield
    except asyncio.CancelledError:
        output.note(unknown)
        raise


async def unlock(desk: Desk, account: Account, options: argparse.Namespace) -> None:
    """Have the account's secrets at hand for this run: from standard input if asked to, from the keyring, or a prompt.

    Without a terminal to ask on, what is missing is left for the request to complain about.
    """
    fields = [f for v in desk.accounts.vendors() if v.key == account.vendor for f in v.secrets if f.required]
    if not options.secret_stdin:
        if not terminal.on_a_terminal():
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
