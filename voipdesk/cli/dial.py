"""`voipdesk dial`: rings your phone and, once you answer, the number; says beforehand what will happen."""

from __future__ import annotations

import asyncio
import os
import subprocess
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.session import open_desk, unlock
from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from voipdesk.core.accounts import Account
    from voipdesk.core.dial import Dialled
    from voipdesk.core.number import Number
    from voipdesk.services.desk import Desk


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "number",
        nargs="*",
        metavar="NUMBER",
        help=_("a number as you would write it, a tel: link, or a contact's name"),
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--selection", action="store_true", help=_("the number in the text that is selected"))
    source.add_argument("--clipboard", action="store_true", help=_("the number in the text that was copied"))
    parser.add_argument("--account", metavar="NAME", help=_("the account; not needed when there is one"))
    parser.add_argument("--my-number", metavar="X", help=_("the phone that rings first (default: the account's)"))
    parser.add_argument("--region", metavar="GB", help=_("the country national numbers are read in, in two letters"))
    parser.add_argument("--yes", action="store_true", help=_("also dial a premium-rate number"))
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--dry-run", action="store_true", help=_("print what would be dialled, and send nothing"))
    instead.add_argument("--ask", action="store_true", help=_("fill the window's dial field instead, and dial there"))
    output.add_format(parser, "table", "json")


async def run(options: argparse.Namespace) -> int:
    """Dial once, or say what would be dialled."""
    text = await asyncio.to_thread(_text, options)
    if options.ask:
        await asyncio.to_thread(_show_in_window, options.home, text)
        output.note(_("It is in the window's dial field."))
        return 0
    async with open_desk(options) as desk:
        number = await _number(desk, text, options)
        _check(desk, number, confirmed=options.yes)
        account = _account(desk, options)
        mine = options.my_number or (account.my_number if account else "")
        if options.dry_run or account is None:
            _tell(options, number, mine, account, None)
            return 0
        if options.format == "table":
            output.note(_plan(number, mine))
        await unlock(desk, account, options)
        dialled = await desk.dial.dial(account, number, options.my_number, premium_confirmed=options.yes)
        _tell(options, number, mine, account, dialled)
    return 0


async def _number(desk: Desk, text: str, options: argparse.Namespace) -> Number:
    """Read a number, or the one number of the contact with this name."""
    region = _region(options.region)
    try:
        return desk.dial.read(text, region)
    except BadInput as error:
        if options.selection or options.clipboard:
            raise
        from voipdesk.cli.dial_contact import number_of

        name, written = await number_of(desk, text, error)
        output.note(f"{name}: {written}")
        return desk.dial.read(written, region)


def _text(options: argparse.Namespace) -> str:
    if bool(options.number) is (options.selection or options.clipboard):
        raise BadInput(_("Give a number, or --selection, or --clipboard; one of them."))
    if options.number:
        return " ".join(options.number)
    from voipdesk.desktop.selection import read_clipboard, read_selection

    return read_selection() if options.selection else read_clipboard()


def _show_in_window(home: Path | None, text: str) -> None:
    """Give the text to the open window, or open one with it."""
    from voipdesk.desktop.hand_over import hand_over, reason
    from voipdesk.desktop.message import Message
    from voipdesk.desktop.tel_links import launch_command

    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    place = str(home) if home is not None else os.environ.get("VOIPDESK_HOME", "")
    try:
        if not hand_over(place, Message(text, token=token)):
            command = [*launch_command(home), "--", text]
            null = subprocess.DEVNULL
            subprocess.Popen(command, stdin=null, stdout=null, stderr=null, start_new_session=True)  # noqa: S603 - ours
    except OSError as error:
        raise StorageFailed(_("The window cannot be reached: {reason}.", reason=reason(error))) from error


def _account(desk: Desk, options: argparse.Namespace) -> Account | None:
    """Find the account; only a dry run may go without."""
    if options.dry_run and options.account is None and not desk.accounts.list():
        return None
    return desk.accounts.get(options.account)


def _region(text: str | None) -> str | None:
    if text is not None and not (len(text) == 2 and text.isascii() and text.isalpha()):
        raise BadInput(_("“{text}” is no country.", text=text), advice=_("Write it in two letters, such as GB or AU."))
    return text.upper() if text else None


def _check(desk: Desk, number: Number, *, confirmed: bool) -> None:
    from voipdesk.services.dial import PremiumRate

    try:
        desk.dial.check(number, premium_confirmed=confirmed)
    except PremiumRate as error:
        raise PremiumRate(error.message, advice=_("To dial it all the same, add --yes.")) from None


def _plan(number: Number, mine: str) -> str:
    phone = mine or _("Your phone")
    called = f"{number.display} ({number.country})" if number.country else number.display
    if number.extension:
        return _(
            "{phone} rings; when you answer, the PBX calls {number}, and you dial the extension {extension} yourself.",
            phone=phone,
            number=called,
            extension=number.extension,
        )
    return _("{phone} rings; when you answer, the PBX calls {number}.", phone=phone, number=called)


def _tell(
    options: argparse.Namespace, number: Number, mine: str, account: Account | None, dialled: Dialled | None
) -> None:
    if options.format == "table":
        output.say(_plan(number, mine) if dialled is None else _taken(dialled))
        if dialled is None:
            output.say(_("Nothing was sent; {number} would be dialled.", number=number.dialled))
        return
    output.show_json(
        {
            "account": account.name if account else None,
            "my_number": mine or None,
            "dialled": number.dialled,
            "display": number.display,
            "country": number.english_country or None,
            "kind": number.kind.value,
            "extension": number.extension or None,
            "sent": dialled is not None,
            "call_id": (dialled.call_id or None) if dialled else None,
            "text": (dialled.text or None) if dialled else None,
        }
    )


def _taken(dialled: Dialled) -> str:
    taken = _("The service took the call: your phone is about to ring.")
    if not dialled.text:
        return taken
    said = _("It says: {text}.", text=dialled.text)
    return f"{taken} {said}"
