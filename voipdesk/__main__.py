"""The one door: a command given leads to the command line, a link or nothing to the window."""

from __future__ import annotations

import gc
import re
import sys

TYPE_CHECKING = False  # typing takes a tenth of the time in which a link is handed over
if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.desktop.hand_over import Claim
    from voipdesk.desktop.start import Start

_WITH_VALUE = {"--home", "--screenshot", "--size", "--pane"}
_FOR_THE_TERMINAL = {"-h", "--help", "--version"}
_LINK_OR_NUMBER = re.compile(r"(?:tel|callto|sips?):|[+(]?[0-9]", re.IGNORECASE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _opens_the_window(arguments):
        return _open_window(arguments)
    from voipdesk.cli.main import main as run_command

    return run_command(arguments)


def _opens_the_window(arguments: list[str]) -> bool:
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return True  # behind it there are no commands: a link from outside can be none
        if argument in _FOR_THE_TERMINAL:
            return False
        if argument in _WITH_VALUE:
            next(waiting, None)
        elif not argument.startswith("-"):
            return _LINK_OR_NUMBER.match(argument) is not None
    return True


def _open_window(arguments: list[str]) -> int:
    """Give what is asked for to the window that is open already, or open one."""
    from voipdesk.desktop.start import read_start

    gc.disable()  # a seventh of what loading takes; the window's loop collects garbage by itself
    start, claim = read_start(arguments), None
    if start is not None:
        try:
            claim = _claim(start)
        except OSError as error:
            print("voipdesk:", _problem(error, start.home), file=sys.stderr)  # noqa: T201 - no window
            if isinstance(error, TimeoutError):
                return 1
            # a window without the others is better than none
        else:
            if claim is None:
                return 0
    from voipdesk.app import main as open_window

    return open_window(arguments, claim)


def _problem(error: OSError, home: str) -> str:
    """Say what is wrong in the language of the home; who hands a link over has no time to look for it."""
    from pathlib import Path

    from voipdesk.core.language import _, use_language
    from voipdesk.desktop.hand_over import reason
    from voipdesk.settings.language import chosen_language

    use_language(chosen_language(Path(home) if home else None))
    if isinstance(error, TimeoutError):
        return _("The open window does not answer. End it, and try again.")
    return _("Other windows cannot be looked for: {reason}.", reason=reason(error))


def _claim(start: Start) -> Claim | None:
    from os import environ

    from voipdesk.desktop.hand_over import hand_over_or_claim
    from voipdesk.desktop.message import Message

    token = environ.get("XDG_ACTIVATION_TOKEN") or environ.get("DESKTOP_STARTUP_ID") or ""
    return hand_over_or_claim(start.home, None if start.hidden else Message(start.link, start.pane, token))


if __name__ == "__main__":
    sys.exit(main())
