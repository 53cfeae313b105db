"""What a start of the window is asked for, read without argparse: a second start has no time for it."""

from __future__ import annotations

import os

_FLAGS = frozenset({"--dark", "--hidden"})
_WITH_VALUE = frozenset({"--home", "--pane", "--size"})


class Start:
    """A start that an open window can take over: a link or number, or nothing; a pane; a home."""

    __slots__ = ("hidden", "home", "link", "pane")

    def __init__(self, link: str = "", pane: str = "", home: str = "", *, hidden: bool = False) -> None:
        self.link = link
        self.pane = pane
        self.home = home
        """"" for the home that the environment or the platform names."""
        self.hidden = hidden
        """At login: the window is not to come forward, whether it is open already or not."""


def read_start(arguments: list[str]) -> Start | None:
    """Read the window's arguments; None where they ask for a window of their own, or are for argparse to refuse.

    Behind "--" stands a link or number and nothing else, whatever it looks like.
    """
    given = {"--home": "", "--pane": ""}
    links: list[str] = []
    hidden = False
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, value = argument.partition("=")
        if argument == "--":
            links += waiting
        elif name in _WITH_VALUE:
            taken = value if equals else next(waiting, None)
            if taken is None:
                return None
            given[name] = taken
        elif not argument.startswith("-"):
            links.append(argument)
        elif argument not in _FLAGS:
            return None
        hidden = hidden or argument == "--hidden"
    if len(links) > 1:
        return None
    home = given["--home"] or os.environ.get("VOIPDESK_HOME", "")
    return Start(links[0] if links else "", given["--pane"], home, hidden=hidden and not links)
