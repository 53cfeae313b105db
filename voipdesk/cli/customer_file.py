"""The file that `voipdesk customers create --from-file` reads: a JSON object under the service's own field names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from voipdesk.cli import terminal
from voipdesk.core.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 64 * 1024
"""More than any customer; a device or an endless pipe ends there."""


def read_fields(path: Path) -> dict[str, object]:
    """Read the fields; BadInput says what is wrong with the file, and quotes nothing of it: it may hold passwords."""
    return _decode(_read(path), path)


def _read(path: Path) -> bytes:
    try:
        with terminal.interruptible(), path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput(f"“{path}” cannot be read: {error.strerror or error}.") from None
    if len(content) > MOST_BYTES:
        raise BadInput(f"“{path}” is larger than {MOST_BYTES // 1024} KiB: too large for one customer.")
    return content


def _decode(content: bytes, path: Path) -> dict[str, object]:
    try:
        fields = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadInput(f"“{path}” is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise BadInput(f"“{path}” is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except RecursionError:
        raise BadInput(f"“{path}” is nested too deep.") from None
    except ValueError:  # a number of thousands of digits
        raise BadInput(f"“{path}” holds a number that cannot be.") from None
    if not isinstance(fields, dict):
        raise BadInput(f"“{path}” holds no JSON object.", advice='It begins with { and names the fields: {"name": …}.')
    return fields


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise BadInput("The file names a field twice: which one counts is not clear.")
    return fields


def _no_number(_name: str) -> object:
    raise ValueError


def text_field(fields: dict[str, object], key: str) -> str:
    """Give a field that must be text where it is there; "" where it is not."""
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise BadInput(f"The field “{key}” of the file is no text.", advice="Put it in quotation marks.")
    return value
