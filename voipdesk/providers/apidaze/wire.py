"""Answers of Apidaze behind KPN's gateway (KPN API Store, Apidaze Voice – VoIP Innovations 1.1.1; no I/O).

Success is an HTTP status of 2xx, with whatever body: a list or an object where one thing was asked for, or nothing; but
Apidaze itself may say `{"failure": …}` in a 202. Answers hold passwords: nothing is quoted but a refusal's words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from voipdesk.core.errors import BadInput, NotUnderstood, Refused
from voipdesk.core.language import _
from voipdesk.providers.apidaze.wire_refusal import failure
from voipdesk.providers.json_fields import is_deeper, text_of
from voipdesk.providers.json_repair import BROKEN, decode
from voipdesk.providers.plain_text import plain
from voipdesk.providers.unreadable import unreadable

if TYPE_CHECKING:
    from voipdesk.core.errors import VoipdeskError
    from voipdesk.providers.exchange import Answer

LONGEST = 255
"""Characters of a field that is sent."""
_DEEPEST = 40
"""Objects within objects; the service's have two."""


def item_path(path: str, item_id: str) -> str:
    """Give the path of one item; raise BadInput for an id that would lead elsewhere."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._~-]{0,99}", item_id):
        raise BadInput(_("“{id}” cannot be an id of the service.", id=item_id[:40]), advice=_("Read the list again."))
    return f"{path}/{quote(item_id, safe='')}"


def check_sendable(subject: str, value: str) -> str:
    """Give a field's text, or raise BadInput for one that a form cannot carry as it is meant."""
    if not value.isprintable() or len(value) > LONGEST:
        raise BadInput(
            _(
                "{subject} cannot be sent: it has characters that cannot be seen, or more than {n} characters.",
                subject=subject,
                n=LONGEST,
            )
        )
    return value


def read_done(answer: Answer) -> object:
    """Read what came of something that was asked for: JSON, or None for nothing; raise what the answer says.

    What is no JSON says nothing either, as long as it is no web page, which is somebody else's.
    """
    if not 200 <= answer.status < 300:
        raise failure(answer)
    if answer.is_html:
        raise unreadable(answer)
    try:
        value = decode(answer.body) if answer.body.strip() else None
    except BROKEN:
        return None
    if isinstance(value, dict) and (said := text_of(value.get("failure"))):
        raise Refused(_("{host} could not do it: {said}.", host=answer.host, said=plain(said)))
    return None if is_deeper(value, _DEEPEST) else value


def read_value(answer: Answer) -> object:
    """Read JSON that must be there; raise what the answer says, or NotUnderstood."""
    value = read_done(answer)
    if value is None:
        raise unreadable(answer)
    return value


def read_objects(answer: Answer) -> list[dict[str, object]]:
    """Read a list of objects: a list, one object in place of a list of one, or an object around a list."""
    value = read_value(answer)
    if isinstance(value, dict) and "id" not in value:
        lists = [inner for inner in value.values() if isinstance(inner, list)]
        value = lists[0] if len(lists) == 1 else value or []
    if isinstance(value, dict):
        value = [value]
    found = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
    if not isinstance(value, list) or len(found) < len(value) or any(not text_of(item.get("id")) for item in found):
        raise something_else(answer)
    return found


def read_object(answer: Answer) -> dict[str, object]:
    """Read one object, or a list of just one; else NotUnderstood."""
    found = one_object(read_value(answer))
    if found is None:
        raise something_else(answer)
    return found


def one_object(value: object) -> dict[str, object] | None:
    """Give the one object that a value is, alone or in a list; None where it is none."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else None


def something_else(answer: Answer) -> VoipdeskError:
    """Say that an answer is about something else."""
    return NotUnderstood(
        _("{host} answered with something else than was asked for.", host=answer.host),
        advice=_("Check the address in the account's settings."),
    )
