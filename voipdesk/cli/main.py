"""Reads the command line, runs the command, and tells errors in a line or two with an exit code by their kind."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from voipdesk import __version__
from voipdesk.cli import argparse_texts, output
from voipdesk.core.errors import SecretMissing, VoipdeskError
from voipdesk.core.language import N_, _, use_language
from voipdesk.settings.language import chosen_language

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "accounts": N_("add, list, test and remove accounts"),
    "dial": N_("ring your phone and then call a number"),
    "sync": N_("read the services' call logs into the archive"),
    "calls": N_("list calls from the archive, or export them"),
    "status": N_("ask a service how it is"),
    "budget": N_("show how many requests are left"),
    "customers": N_("list, show, open and change customers, and move credit to them"),
    "stores": N_("list the stores that customers sign in to"),
    "contacts": N_("keep names for numbers, and import them from files"),
    "sip": N_("list, show, create, change and delete SIP accounts, and set up telephones with them"),
    "scripts": N_("list, change and try the scripts that tell a service what to do with a call"),
    "links": N_("open telephone links with voipdesk, or no longer"),
    "doctor": N_("see what this computer has for voipdesk, and what to do about the rest"),
    "demo": N_("serve a demo PBX on this computer"),
}
WITH_ACTIONS = {"accounts", "contacts", "customers", "stores", "sip", "scripts", "links"}
"""Commands whose actions take the options, not they themselves."""
INTERRUPTED = 130
PIPE_CLOSED = 141
_EXIT_CODES = N_(
    "exit codes: 0 done, 1 this computer could not, 2 wrong usage or input, 3 the service refused, "
    "4 over the request limit, 5 the service could not be reached or understood, 6 outcome unknown"
)


class Command(Protocol):
    """What each command's module offers; it is imported only when its name is on the command line."""

    def configure(self, parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
        """Add the command's options; `common` is the parent of every parser below it."""
        ...

    async def run(self, options: argparse.Namespace) -> int:
        """Do it and give the exit code; VoipdeskError ends it with its own."""
        ...


def main(argv: Sequence[str]) -> int:
    """Run a command and give the exit code; `argv` is without the program's name."""
    output.prepare()
    use_language(chosen_language(_home(argv)))
    argparse_texts.translate()
    options = _parser(argv).parse_args(argv)
    try:
        code = asyncio.run(_command(options.command).run(options))
        sys.stdout.flush()
    except VoipdeskError as error:
        return _told(error)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        output.drop()  # the reader has seen enough
        return PIPE_CLOSED
    except OSError as error:  # files, network and keyring fail as VoipdeskError: this is standard output's
        output.drop()
        output.complain(_("What was asked for cannot be printed: {reason}.", reason=error.strerror or error))
        return VoipdeskError.exit_code
    except Exception as error:
        if os.environ.get("VOIPDESK_TRACEBACK"):
            raise
        output.complain(
            _("A fault in the program: {place}.", place=output.where(error)),
            _("VOIPDESK_TRACEBACK=1 shows where from."),
        )
        return VoipdeskError.exit_code
    return code


def _home(argv: Sequence[str]) -> Path | None:
    """Find --home before the command line is read: what argparse says is said in the language of that home."""
    finder = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    finder.add_argument("--home", type=Path, nargs="?")
    with suppress(argparse.ArgumentError):
        return cast("Path | None", finder.parse_known_args(argv)[0].home)
    return None


def _told(error: VoipdeskError) -> int:
    with suppress(BrokenPipeError):
        sys.stdout.flush()
    advice = error.advice
    if isinstance(error, SecretMissing):
        advice = _("Give it for this run on standard input, with --secret-stdin.")
    if error.retry_at is not None:
        again = _("Try again at {time}.", time=f"{error.retry_at.astimezone():%H:%M:%S}")
        advice = f"{advice} {again}".strip()
    output.complain(error.message, advice)
    return error.exit_code


def _command(name: str) -> Command:
    return cast("Command", import_module(f"voipdesk.cli.{name}"))


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="voipdesk",
        description=_(
            "The desk for cloud telephony. Without a command, or with a tel: link, its window opens; "
            "--demo opens it on a demo PBX with a throw-away home."
        ),
        epilog=_(_EXIT_CODES),  # NON-NLS: marked where it is written
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"voipdesk {__version__}",  # NON-NLS: the program's name
        help=_("show program's version number and exit"),
    )
    _add_common(parser, default=None)
    common = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    _add_common(common, default=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, marked in COMMANDS.items():
        summary = _(marked)  # NON-NLS: marked in COMMANDS
        parents = [] if name in WITH_ACTIONS else [common]
        command = commands.add_parser(
            name, help=summary, description=_sentence(summary), parents=parents, allow_abbrev=False
        )
        if name in argv:
            _command(name).configure(command, common)
    return parser


def _add_common(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--home",
        type=Path,
        metavar="DIR",
        default=default,
        help=_("keep everything in this one folder (or set VOIPDESK_HOME)"),
    )
    parser.add_argument(
        "--secret-stdin",
        action="store_true",
        default=default or False,
        help=_("read the account's secret from standard input, for this run only"),
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
