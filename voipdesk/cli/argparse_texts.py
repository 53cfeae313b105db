"""What argparse itself says, in the language spoken: "usage", "options", and what is wrong with a command line."""

from __future__ import annotations

import argparse

from voipdesk.core.language import N_, _, ngettext

TEXTS = (
    N_("usage: "),
    N_("%(heading)s:"),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("show program's version number and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("unexpected option string: %s"),
    N_("ignored explicit argument %r"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid %(type)s value: %(value)r"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
)
"""What the argparse of Python 3.11 to 3.13 says to people, for the catalogue; the rest it says to programmers."""


def translate() -> None:
    """Have argparse speak as the program does.

    It asks gettext's functions for its texts, and they know nothing but a catalogue of the whole process that Python
    brings in no language. It looks them up by their names whenever it speaks, so ours are put in their places.
    """
    vars(argparse).update(_=_spoken, ngettext=_counted)


def _spoken(text: str) -> str:
    return _(text)  # NON-NLS: marked in TEXTS


def _counted(one: str, many: str, number: int) -> str:
    marked = {"expected %s argument": ngettext("expected %s argument", "expected %s arguments", number)}
    return marked.get(one) or (one if number == 1 else many)
