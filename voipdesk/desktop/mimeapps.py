"""mimeapps.list: which program opens what (freedesktop.org, “Association between MIME types and applications” 1.0.1).

Pure functions on the file's text. What is there stays as it is, in its order: the first program of a list that is
installed is the one that opens it, so that one put in front of the others can be taken away again without a trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

DEFAULTS = "[Default Applications]"  # NON-NLS


def first_of(text: str, kind: str) -> str:
    """Give the program that comes first for a MIME type, "" when none is named."""
    for line in _section(text.splitlines(), DEFAULTS):
        key, _, value = line.partition("=")
        if key.strip() == kind:
            return _programs(value)[0] if _programs(value) else ""
    return ""


def with_first(text: str, kinds: Iterable[str], program: str) -> str:
    """Put a program in front for some MIME types."""
    lines = without(text, kinds, program).splitlines()
    if DEFAULTS not in map(str.strip, lines):
        lines.append(DEFAULTS)
    for kind in kinds:
        begin = [line.strip() for line in lines].index(DEFAULTS) + 1
        place = next((n for n in range(begin, _end(lines, begin)) if _key(lines[n]) == kind), None)
        if place is None:
            lines.insert(_last_entry(lines, begin), f"{kind}={program};")
        else:
            key, _, value = lines[place].partition("=")
            lines[place] = f"{key}={program};{value}"
    return "\n".join(lines) + "\n"


def without(text: str, kinds: Iterable[str], program: str) -> str:
    """Take a program away from some MIME types, with the lines and the heading that only stood there for it."""
    wanted = set(kinds)
    lines: list[str] = []
    changed = False
    inside = False
    for line in text.splitlines():
        if line.strip().startswith("["):
            inside = line.strip() == DEFAULTS
        if inside and _key(line) in wanted and program in _programs(line.partition("=")[2]):
            changed = True
            key, _, value = line.partition("=")
            rest = value.replace(f"{program};", "", 1) if f"{program};" in value else value.replace(program, "", 1)
            if rest.strip(" ;"):
                lines.append(f"{key}={rest}")
        else:
            lines.append(line)
    if not changed:
        return text
    if lines and lines[-1].strip() == DEFAULTS:
        lines.pop()
    return "\n".join(lines) + "\n" if lines else ""


def _programs(value: str) -> list[str]:
    return [name.strip() for name in value.split(";") if name.strip()]


def _key(line: str) -> str:
    return line.partition("=")[0].strip()


def _section(lines: list[str], heading: str) -> list[str]:
    stripped = [line.strip() for line in lines]
    if heading not in stripped:
        return []
    begin = stripped.index(heading) + 1
    return lines[begin : _end(lines, begin)]


def _end(lines: list[str], begin: int) -> int:
    return next((n for n in range(begin, len(lines)) if lines[n].strip().startswith("[")), len(lines))


def _last_entry(lines: list[str], begin: int) -> int:
    end = _end(lines, begin)
    while end > begin and not lines[end - 1].strip():
        end -= 1
    return end
