"""XML that is written: elements of text, where no value can become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'  # NON-NLS


def element(name: str, text: str, attributes: Mapping[str, str] | None = None) -> str:
    """Give an element that holds a text; name and attributes' names are ours."""
    given = "".join(f" {key}={quoteattr(value)}" for key, value in (attributes or {}).items())
    return f"<{name}{given}>{escape(text)}</{name}>"
