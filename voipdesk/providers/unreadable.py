"""What is said of an answer that is none of the service's: a web page in between, nothing, or no data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import NotUnderstood
from voipdesk.core.language import _

if TYPE_CHECKING:
    from voipdesk.providers.exchange import Answer


def unreadable(answer: Answer) -> NotUnderstood:
    """Say why an answer is none of the service's; nothing of it is quoted, for it may hold passwords."""
    if answer.is_html:
        return web_page(answer)
    if not answer.body.strip():
        return no_data(_("{host} answered with nothing.", host=answer.host))
    return no_data(_("{host} answered with something that cannot be read.", host=answer.host))


def web_page(answer: Answer, details: str = "") -> NotUnderstood:
    """Say that a web page came."""
    return NotUnderstood(
        _("{host} answered with a web page, not with data.", host=answer.host),
        advice=_(
            "Open a web page in the browser: this network may ask you to log in first. If it does "
            "not, check the address in the account's settings."
        ),
        details=details,
    )


def no_data(message: str, details: str = "") -> NotUnderstood:
    """Say that what came is no data, in a sentence of its own."""
    advice = _("Try again in a few minutes; if it stays, check the address in the account's settings.")
    return NotUnderstood(message, advice=advice, details=details)
