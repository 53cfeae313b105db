"""Files of [sections] with key=value lines, changed in place: what is not meant stays as it is, byte by byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voipdesk.softphones.configuration import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEADING = re.compile(r"\s*\[([^\]\n]*)\]\s*")


class Sections:
    """The sections of a text; keys are as written, values without the blanks around them."""

    def __init__(self, text: str) -> None:
        self._parts: list[tuple[str, list[str]]] = [("", [])]
        for line in lines_of(text):
            if heading := _HEADING.fullmatch(line):
                self._parts.append((heading[1], [line]))
            else:
                self._parts[-1][1].append(line)

    def __str__(self) -> str:
        return "".join(line for _name, lines in self._parts for line in lines)

    def names(self) -> list[str]:
        """List the names of the sections, in their order."""
        return [name for name, _lines in self._parts[1:]]

    def values(self, section: str) -> dict[str, str]:
        """Give the values of a section by key, none where it is not there."""
        found = {}
        for line in self._lines(section):
            key, equals, value = line.partition("=")
            if equals and not key.lstrip().startswith(("#", ";")):
                found[key.strip()] = value.strip()
        return found

    def set(self, section: str, entries: Mapping[str, str], *, remove: tuple[str, ...] = ()) -> None:
        """Set keys of a section, one that is not there is added at the end; take the keys in `remove` out."""
        if section not in self.names():
            self._parts[-1][1][:] = [*self._parts[-1][1], *(["\n"] if str(self).strip() else [])]
            self._parts.append((section, [f"[{section}]\n"]))
        lines, left = self._lines(section), dict(entries)
        kept = []
        for line in lines:
            key = line.partition("=")[0].strip()
            if key in left:
                kept.append(f"{key}={left.pop(key)}\n")
            elif key not in remove and key not in entries:
                kept.append(line)
        end = len(kept)
        while end > 1 and not kept[end - 1].strip():
            end -= 1
        lines[:] = [*kept[:end], *(f"{key}={value}\n" for key, value in left.items()), *kept[end:]]

    def _lines(self, section: str) -> list[str]:
        return next((lines for name, lines in self._parts[1:] if name == section), [])
