"""Showing what a service says in a shape that is not documented: a text, rows of key and value, or a table."""

from __future__ import annotations

from voipdesk.core.status import ServiceStatus
from voipdesk.providers.plain_text import plain

_MOST_ROWS = 200
_MOST_COLUMNS = 12
_DEEPEST = 4


def report(value: object, words: str = "") -> ServiceStatus:
    """Show text as text, an object as rows of key and value, a list as a table, beside the service's own words."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict) and value:
        return ServiceStatus(text=words, columns=("", ""), rows=tuple(_rows(value)[:_MOST_ROWS]))
    if isinstance(value, list) and value:
        keys = _keys(value)
        rows = tuple(_table_row(item, keys) for item in value[:_MOST_ROWS])
        return ServiceStatus(text=words, columns=tuple(plain(key, 80) for key in keys), rows=rows)
    return ServiceStatus(text=_cell(value) or words)


def _rows(value: dict[str, object], prefix: str = "", depth: int = 0) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, inner in list(value.items())[:_MOST_ROWS]:
        name = f"{prefix}{plain(str(key), 80)}"
        if isinstance(inner, dict) and inner and depth < _DEEPEST:
            rows += _rows(inner, f"{name} ▸ ", depth + 1)
        else:
            rows.append((name, _cell(inner)))
        if len(rows) >= _MOST_ROWS:
            break
    return rows


def _keys(items: list[object]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in items[:_MOST_ROWS]:
        if isinstance(item, dict):
            found.update(dict.fromkeys(item))
    return tuple(list(found)[:_MOST_COLUMNS]) or ("",)


def _table_row(item: object, keys: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(item, dict):
        return tuple(_cell(item.get(key)) for key in keys)
    return (_cell(item), *("" for _ in keys[1:]))


def _cell(value: object, depth: int = 0) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"  # NON-NLS: among the words of the service
        case dict() if depth < _DEEPEST:
            parts = (f"{key}: {_cell(inner, depth + 1)}" for key, inner in list(value.items())[:_MOST_COLUMNS])
            return plain(", ".join(parts))
        case list() if depth < _DEEPEST:
            return plain(", ".join(_cell(inner, depth + 1) for inner in value[:_MOST_COLUMNS]))
        case dict() | list():
            return "…"
        case _:
            return plain(str(value))
