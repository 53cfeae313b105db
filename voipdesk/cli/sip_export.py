"""`voipdesk sip export`: makes what a softphone is set up with, on the screen or as a file for the user alone."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.sip_by_hand import add_options, read_settings
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.softphones import SetUpFile

CLIENTS = ("sheet", "zoiper", "linphone", "microsip", "baresip", "twinkle", "gnome-calls")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_options(parser)
    parser.add_argument("--client", required=True, choices=CLIENTS, help=_("the softphone; sheet is for any"))
    parser.add_argument(
        "--as", dest="ending", default="", metavar="ENDING", help=_("txt, html or xml, where the softphone has several")
    )
    parser.add_argument(
        "--with-password", action="store_true", help=_("put the password in; without it, it is typed in")
    )
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help=_("write to a file for you alone, or into a folder (- is the screen)"),
    )
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


async def run(options: argparse.Namespace) -> int:
    """Make it, and say what is left to do."""
    from voipdesk.services.sip_setup import SipSetup

    settings = await read_settings(options, password=options.with_password)
    made = SipSetup().export(
        options.client, settings, with_password=options.with_password, ending=options.ending or _ending(options)
    )
    if options.output is None or str(options.output) == "-":
        _show(made)
    else:
        path = options.output / made.name if options.output.is_dir() else options.output
        await asyncio.to_thread(write, path, made.content, overwrite=options.force)
        output.note(_("Written: {file}", file=path))
    for note in made.notes:
        output.note(note)
    return 0


def _ending(options: argparse.Namespace) -> str:
    """Take the format from the file's name, where it is one of the softphone's."""
    from voipdesk.services.sip_setup import SipSetup

    formats = next(one.formats for one in SipSetup().softphones() if one.key == options.client)
    ending = options.output.suffix[1:].lower() if options.output else ""
    return ending if ending in formats else ""


def write(path: Path, content: bytes, *, overwrite: bool) -> None:
    """Write a file for the user alone; BadInput, naming the option, where one is there already. Blocks."""
    from voipdesk.core.errors import BadInput
    from voipdesk.services.private_file import write_private

    try:
        write_private(path, content, overwrite=overwrite)
    except BadInput as error:
        if path.is_file() or path.is_symlink():
            raise BadInput(error.message, advice=_("Choose another name, or overwrite it with --force.")) from error
        raise


def _show(made: SetUpFile) -> None:
    """Print it: for people as text, for a pipe byte by byte, as a program would read it from the file."""
    if sys.stdout.isatty():
        for line in made.text.splitlines():
            output.say(line)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.content)
