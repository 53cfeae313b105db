"""The file that `voipdesk customers create --from-file` reads: a JSON object under the service's own field names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from voipdesk.cli import terminal
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

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
        raise BadInput(_("“{path}” cannot be read: {reason}.", path=path, reason=error.strerror or error)) from None
    if len(content) > MOST_BYTES:
        raise BadInput(
            _("“{path}” is larger than {most} KiB: too large for one customer.", path=path, most=MOST_BYTES // 1024)
        )
    return content


def _decode(content: bytes, path: Path) -> dict[str, object]:
    try:
        fields = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once_each, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BadInput(_("“{path}” is not UTF-8 text.", path=path)) from None
    except json.JSONDecodeError as error:
        raise BadInput(
            _(
                "“{path}” is not JSON: line {line}, column {column}: {reason}.",
                path=path,
                line=error.lineno,
                column=error.colno,
                reason=error.msg,
            )
        ) from None
    except RecursionError:
        raise BadInput(_("“{path}” is nested too deep.", path=path)) from None
    except ValueError:  # a number of thousands of digits
        raise BadInput(_("“{path}” holds a number that cannot be.", path=path)) from None
    if not isinstance(fields, dict):
        raise BadInput(
            _("“{path}” holds no JSON object.", path=path),
            advice=_('It begins with { and names the fields: {"name": …}.'),
        )
    return fields


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise BadInput(_("The file names a field twice: which one counts is not clear."))
    return fields


def _no_number(_name: str) -> object:
    raise ValueError


def text_field(fields: dict[str, object], key: str) -> str:
    """Give a field that must be text where it is there; "" where it is not."""
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise BadInput(_("The field “{key}” of the file is no text.", key=key), advice=_("Put it in quotation marks."))
    return value
