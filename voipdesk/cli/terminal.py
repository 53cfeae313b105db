"""Asking on a terminal: a secret without echo, a yes in full; Ctrl-C at a question ends the program at once."""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from getpass import getpass
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterator


def on_a_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin is not None and sys.stdin.isatty()


def ask_hidden(question: str) -> str:
    """Ask without echo; "" where the input ends."""
    with interruptible():
        try:
            return getpass(output.plain(question))
        except EOFError:
            return ""


def ask(question: str) -> str:
    """Ask beside the results, for a line; "" where the input ends."""
    with interruptible():
        sys.stderr.write(output.plain(question))
        sys.stderr.flush()
        return sys.stdin.readline().strip()


def check_can_ask(*, yes: bool) -> None:
    """Raise BadInput where a yes is needed that was not given as --yes, and there is no terminal to ask on."""
    if not yes and not on_a_terminal():
        raise BadInput(
            _("This asks for a yes, and there is no terminal to ask on: nothing was sent."),
            advice=_("Add --yes to do it without being asked."),
        )


def check_says_yes(question: str) -> None:
    """Ask, beside the results; BadInput unless the answer is a “yes” in full, in English or in the language spoken."""
    with interruptible():
        sys.stderr.write(_("{question} Type yes: ", question=output.plain(question)))
        sys.stderr.flush()
        answer = sys.stdin.readline()
    if answer.strip().lower() not in {"yes", pgettext("typed as an answer, in small letters", "yes")}:
        raise BadInput(_("The answer was not yes: nothing was sent."))


@contextmanager
def interruptible() -> Iterator[None]:
    """Let Ctrl-C end the program at once: asyncio's own way would wait for the answer, or for a pipe."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
