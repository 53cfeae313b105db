"""Reading the XML that a script's address answers with: whether it is well formed, and indented to be looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _, shown_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.dom.minidom import Document, Element, Node

LARGEST = 1 << 20
"""Characters that are read; a script has a few thousand."""
_INDENT = "  "
_DEEPEST = 100
"""Elements within elements that are indented; a script has five."""
_PROBLEMS = {
    2: N_("Syntax error"),
    3: N_("No element found"),
    4: N_("Not well-formed (invalid token)"),
    5: N_("Unclosed token"),
    6: N_("Partial character"),
    7: N_("Mismatched tag"),
    8: N_("Duplicate attribute"),
    9: N_("Junk after document element"),
    11: N_("Undefined entity"),
    14: N_("Reference to invalid character number"),
    17: N_("XML or text declaration not at start of entity"),
    18: N_("Unknown encoding"),
    19: N_("Encoding specified in XML declaration is incorrect"),
    20: N_("Unclosed CDATA section"),
    27: N_("Unbound prefix"),
    30: N_("XML declaration not well-formed"),
}
"""Expat's own words for what goes wrong, by its codes; what is rare is left in its words alone."""


@dataclass(frozen=True, slots=True)
class ScriptXml:
    """What came of reading a text as XML."""

    indented: str
    """The text with each element on a line of its own; "" where it is not well formed."""
    problem: str = ""
    """Why it is not well formed, without a full stop; "" where it is."""
    line: int | None = None
    """Where the problem is, from 1; None where it has no place."""
    column: int | None = None
    """From 1."""


def read_xml(text: str) -> ScriptXml:
    """Read a stranger's text as XML; no entity is expanded and nothing outside of it is read. For a thread.

    An element that has text beside its elements is shown as it is, since blanks count there.
    """
    from xml.parsers.expat import ExpatError

    from defusedxml.common import DefusedXmlException
    from defusedxml.minidom import parseString

    if not text.strip():
        return ScriptXml("", _("The answer is empty"))
    if len(text) > LARGEST:
        return ScriptXml("", _("The answer is longer than {number} characters", number=shown_number(LARGEST)))
    try:
        document = parseString(text.removeprefix("\ufeff"))
    except ExpatError as error:
        return ScriptXml("", _problem(error.code), error.lineno, error.offset + 1)
    except DefusedXmlException:
        return ScriptXml("", _("It declares entities or refers to texts elsewhere, which can do harm and is not read"))
    except (ValueError, LookupError):  # half a character, or an encoding that there is not
        return ScriptXml("", _("It cannot be read in the encoding that it names"))
    if _too_deep(document):
        return ScriptXml(text.strip())
    declaration = re.match(r"\ufeff?<\?xml\b[^>]*\?>", text)
    lines = [declaration[0].removeprefix("\ufeff")] if declaration else []
    return ScriptXml("\n".join([*lines, *(line for node in document.childNodes for line in _lines(node, 0))]))


def _lines(node: Node, depth: int) -> Iterator[str]:
    from xml.dom.minidom import Element
    from xml.sax.saxutils import quoteattr

    if not isinstance(node, Element) or not _can_be_indented(node):
        if written := node.toxml().strip():
            yield _INDENT * depth + written
        return
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in node.attributes.items())
    yield f"{_INDENT * depth}<{node.tagName}{attributes}>"
    for child in node.childNodes:
        yield from _lines(child, depth + 1)
    yield f"{_INDENT * depth}</{node.tagName}>"


def _can_be_indented(element: Element) -> bool:
    """Tell whether an element has elements, and no text but blanks."""
    from xml.dom.minidom import Element, Text

    children = element.childNodes
    return any(isinstance(child, Element) for child in children) and not any(
        isinstance(child, Text) and child.data.strip() for child in children
    )


def _too_deep(document: Document) -> bool:
    level: list[Node] = [document]
    for _depth in range(_DEEPEST):
        level = [child for node in level for child in node.childNodes]
        if not level:
            return False
    return True


def _problem(code: int) -> str:
    from xml.parsers.expat import ErrorString

    if code in _PROBLEMS:
        return _(_PROBLEMS[code])  # NON-NLS: marked in its table
    reason = ErrorString(code)
    return f"{reason[:1].upper()}{reason[1:]}"
