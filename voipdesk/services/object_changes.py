"""How two states of something differ: in words, and of a service's own object field by field, whatever its fields."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voipdesk.core.blanking import is_secret
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MOVES_BY_ITSELF = re.compile(r"(?:created|updated|modified)_(?:on|at)|balance")
"""Fields that change without anybody editing: stamps, and what calls cost."""
_IDS = ("uuid", "id")


@dataclass(frozen=True, slots=True)
class Change:
    """A difference in words: what, and its text before and after; a password is only said to have changed."""

    label: str
    before: str
    after: str
    is_password: bool = field(default=False, compare=False)


def password_change(label: str) -> Change:
    """Say of a password, in place of what it is, that it has changed."""
    return Change(label, "", _("changed"), is_password=True)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with other texts than before; repr hides them, since they may be secret."""

    path: tuple[str, ...]
    """Names from the outside in, and between them "#" with the id of an entry of a list."""
    before: str
    after: str

    def __repr__(self) -> str:
        return f"FieldChange({self.name!r})"

    @property
    def name(self) -> str:
        """The field's name in the service's words: users.email."""
        return ".".join(step for step in self.path if not step.startswith("#"))

    @property
    def secret(self) -> bool:
        """True for a password and the like, which must not be shown."""
        return is_secret(self.name.rpartition(".")[2])


def field_changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[FieldChange]:
    """Compare decoded JSON but for stamps and balances. Missing, null and "" are the same, and so are 3 and "3".

    Entries of a list are told apart by their ids; those without are compared in no order.
    """
    old, new = _texts(before), _texts(after)
    found = []
    for path in dict.fromkeys([*old, *new]):
        gone, came = old[path] - new[path], new[path] - old[path]
        if gone or came:
            found.append(FieldChange(path, ", ".join(gone.elements()), ", ".join(came.elements())))
    return found


def _texts(value: object) -> defaultdict[tuple[str, ...], Counter[str]]:
    found: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for path, text in _leaves(value, ()):
        found[path][text] += 1
    return found


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not _MOVES_BY_ITSELF.fullmatch(str(key)):
                yield from _leaves(inner, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner, (*path, *_entry(inner)))
    elif value is not None and value != "":
        yield path, yes_no(value) if isinstance(value, bool) else str(value)


def _entry(value: object) -> tuple[str, ...]:
    known = value if isinstance(value, dict) else {}
    return next(((f"#{known[key]}",) for key in _IDS if known.get(key)), ())


def yes_no(value: bool | None) -> str:
    """Write a truth value as people do; "" for one that is not known."""
    return "" if value is None else _("yes") if value else _("no")
