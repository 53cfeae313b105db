"""What Yay.com's refusals say: the meaning of a status code, and the service's words (no I/O)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from voipdesk.core.blanking import BLANK, is_secret
from voipdesk.core.errors import NotAuthorised, NotFound, NotUnderstood, OverBudget, Refused, Unreachable
from voipdesk.core.language import _
from voipdesk.providers.json_repair import BROKEN, decode
from voipdesk.providers.plain_text import plain, with_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import msgspec

    from voipdesk.core.errors import VoipdeskError
    from voipdesk.providers.exchange import Answer

_PHRASES = frozenset(status.phrase.lower() for status in HTTPStatus)
"""That say nothing which the code does not: Not Found."""
_DEEPEST = 6
_MOST_LEAVES = 12
_WHERE = frozenset({"", "result", "error", "errors", "message", "messages", "detail", "details", "reason"})
"""Keys that say nothing of what the text under them is about."""


def failure(code: int, answer: Answer, words: str) -> VoipdeskError:
    """Say what a status code that is no success means."""
    host = answer.host
    match code:
        case 401 | 403:
            return _not_let_in(host, words)
        case 404 if answer.is_html:
            return NotFound(
                _("There is no such service under this address of {host}.", host=host),
                advice=_("Check the address in the account's settings."),
            )
        case 404:
            return NotFound(
                with_words(_("{host} has not what was asked for.", host=host), words),
                advice=_("It may be gone: read the list again."),
            )
        case 405:
            return NotFound(
                with_words(_("{host} has no such command.", host=host), words),
                advice=_("Check the address in the account's settings."),
            )
        case 429:
            return OverBudget(_("{host} takes no more requests for now (too many requests).", host=host))
        case 400 | 422:
            return Refused(with_words(_("{host} refused the request as wrong.", host=host), words))
        case 408:
            return Unreachable(
                with_words(_("{host} gave up on the request (code 408).", host=host), words),
                advice=_("Try again in a few minutes."),
            )
        case _ if code < 100:  # no code of HTTP's: an error that says nothing, whatever HTTP says
            return NotUnderstood(
                with_words(
                    _("{host} reports an error without saying which (code {code}).", host=host, code=code), words
                ),
                advice=_("Try again in a few minutes; if it stays, ask the service's support."),
            )
        case _ if code >= 500:
            return Unreachable(
                with_words(_("{host} has a fault of its own (code {code}).", host=host, code=code), words),
                advice=_("Try again in a few minutes."),
            )
        case _:
            return Refused(
                with_words(_("{host} refused the request with the code {code}.", host=host, code=code), words)
            )


def _not_let_in(host: str, words: str) -> NotAuthorised:
    if words:
        message = _(
            "{host} does not let this account in: either reseller, user or password is wrong, or this computer's "
            "public address is not on the whitelist (the service says: {words}).",
            host=host,
            words=words,
        )
    else:
        message = _(
            "{host} does not let this account in: either reseller, user or password is wrong, or this computer's "
            "public address is not on the whitelist.",
            host=host,
        )
    advice = _("Check the three in the account's settings, and the list of IP addresses in the dashboard.")
    return NotAuthorised(message, advice=advice)


def no_command(path: str) -> NotFound:
    """Say that a path from the account's settings is not the right one."""
    return NotFound(
        _("This account's API has no such command at {path}.", path=path),
        advice=_("Change the path in the account's settings."),
    )


def said(fields: Mapping[str, msgspec.Raw]) -> str:
    """Give the service's own words in one line: its message and the texts in its result, no value of a secret field."""
    texts = [text for _, text in complaints(fields)]
    return plain("; ".join(dict.fromkeys(texts))).rstrip(".")


def complaints(fields: Mapping[str, msgspec.Raw]) -> list[tuple[tuple[str, ...], str]]:
    """Give the service's words as (path of keys, text); where they are about a field, the text names it."""
    found: list[tuple[tuple[str, ...], str]] = []
    for key in ("status_message", "result"):
        try:
            value = decode(bytes(fields[key])) if fields.get(key) else None
        except BROKEN:
            continue
        for path, text in _leaves(value, ()):
            about = next((name for name in reversed(path) if name.lower() not in _WHERE), "")
            shown = BLANK if any(map(is_secret, path)) else plain(text).rstrip(".")
            if shown and shown.lower() not in _PHRASES:
                found.append((path, f"{plain(about, 40)}: {shown}" if about else shown))
            if len(found) >= _MOST_LEAVES:
                return found
    return found


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict) and len(path) < _DEEPEST:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list) and len(path) < _DEEPEST:
        for inner in value[:_MOST_LEAVES]:
            yield from _leaves(inner, (*path, ""))
