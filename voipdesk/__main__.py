"""The one door: a command given leads to the command line, a link or nothing to the window."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WITH_VALUE = {"--home", "--screenshot", "--size", "--pane"}
_FOR_THE_TERMINAL = {"-h", "--help", "--version"}
_LINK_OR_NUMBER = re.compile(r"(?:tel|callto|sips?):|[+(]?[0-9]", re.IGNORECASE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and give its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if _opens_the_window(arguments):
        from voipdesk.app import main as open_window

        return open_window(arguments)
    from voipdesk.cli.main import main as run_command

    return run_command(arguments)


def _opens_the_window(arguments: list[str]) -> bool:
    waiting = iter(arguments)
    for argument in waiting:
        if argument in _FOR_THE_TERMINAL:
            return False
        if argument in _WITH_VALUE:
            next(waiting, None)
        elif not argument.startswith("-"):
            return _LINK_OR_NUMBER.match(argument) is not None
    return True


if __name__ == "__main__":
    sys.exit(main())
