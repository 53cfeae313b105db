"""What refusals of Apidaze and of KPN's gateway before it say: the meaning of a status code, and the words (no I/O).

Sources: KPN API Store, "Return codes", its error object `{transactionId, status, name, message, info}`; Apigee's faults
`{"fault": {"faultstring", "detail": {"errorcode"}}}`.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from voipdesk.core.blanking import is_secret
from voipdesk.core.errors import NotAuthorised, NotFound, OverBudget, Refused, Unreachable, VoipdeskError
from voipdesk.core.language import N_, _
from voipdesk.providers.json_repair import BROKEN, decode
from voipdesk.providers.plain_text import plain, with_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voipdesk.providers.exchange import Answer

_PHRASES = frozenset({"", *(status.phrase.lower() for status in HTTPStatus)})
"""That say nothing which the code does not: Not Found."""
_NO_WORDS = frozenset({"transactionid", "status", "code", "errorcode", "id"})
"""Keys whose values are for support or for programs."""
_TOKEN_FAULTS = ("invalidaccesstoken", "accesstokenexpired", "accesstokennotapproved", "invalidtoken")
_DEEPEST = 5
_MOST = 8
_LATER = N_("Try again in a few minutes.")
_CHECK_ADDRESS = N_("Check the address in the account's settings.")

_MEANINGS: Mapping[int, tuple[type[VoipdeskError], str, str]] = {
    400: (Refused, N_("{host} refused the request as wrong."), ""),
    401: (
        NotAuthorised,
        N_("{host} gave this application a token and does not take it."),
        N_("In the API store, see that the application is approved and has the product Apidaze Voice."),
    ),
    403: (
        NotAuthorised,
        N_("{host} does not allow this application to do that."),
        N_("In the API store, see what the application's product allows."),
    ),
    404: (NotFound, N_("{host} has not what was asked for."), N_("It may be gone: read the list again.")),
    405: (Refused, N_("{host} has no such command."), _CHECK_ADDRESS),
    408: (Unreachable, N_("{host} gave up on the request (code {status})."), _LATER),
    409: (Refused, N_("{host} cannot do that as things stand."), N_("Look at what is there already.")),
    412: (Refused, N_("{host} cannot do that as things stand."), N_("Look at what is there already.")),
    422: (Refused, N_("{host} refused the request as wrong."), ""),
    429: (OverBudget, N_("{host} takes no more requests for now (too many requests)."), ""),
    500: (Unreachable, N_("{host} has a fault of its own (code {status})."), _LATER),
    502: (Unreachable, N_("{host} got no proper answer from the service behind it (code {status})."), _LATER),
    503: (Unreachable, N_("{host} is out of service for the moment (code {status})."), _LATER),
    504: (Unreachable, N_("{host} gave up on the service behind it (code {status})."), _LATER),
}
_OTHERS = {
    False: (Refused, N_("{host} refused the request with the code {status}."), ""),
    True: (Unreachable, N_("{host} has a fault of its own (code {status})."), _LATER),
}


def rejects_token(answer: Answer) -> bool:
    """Tell whether the gateway let a request not through for its token: 401, whatever stands in it."""
    return answer.status == 401


def failure(answer: Answer) -> VoipdeskError:
    """Say what a status code that is no success means."""
    host, status, words, fault = answer.host, answer.status, said(answer), _fault(answer)
    if status >= 500 and any(name in fault for name in _TOKEN_FAULTS):
        if words:
            message = _("{host} no longer takes the token: {words}. Nothing was done.", host=host, words=words)
        else:
            message = _("{host} no longer takes the token. Nothing was done.", host=host)
        return NotAuthorised(message, advice=_("Try again."))
    if is_no_service(answer):
        # No NotFound, which is for the thing asked for: a wrong address must not look like its end.
        return Refused(
            with_words(_("There is no such service under this address of {host}.", host=host), words),
            advice=_("Check the address in the account's settings."),
        )
    kind, sentence, advice = _MEANINGS.get(status) or _OTHERS[status >= 500]
    sentence, advice = _(sentence, host=host, status=status), _(advice)  # NON-NLS: marked in their table
    return kind(with_words(sentence, words), advice=advice)


def is_no_service(answer: Answer) -> bool:
    """Tell whether a 404 is of the address of the whole service, not of a thing in it."""
    return answer.status == 404 and (answer.is_html or "applicationnotfound" in _fault(answer))


def said(answer: Answer) -> str:
    """Give the service's own words in one line, no value of a secret field."""
    texts = (plain(text).rstrip(".") for key, text in _leaves(_value(answer)) if key.lower() not in _NO_WORDS)
    return plain("; ".join(dict.fromkeys(text for text in texts if _says_something(text))))


def _says_something(text: str) -> bool:
    return text.lower().replace("_", " ") not in _PHRASES and not text.lower().startswith(("http://", "https://"))


def _fault(answer: Answer) -> str:
    """Give all that an answer says, squeezed to letters, to look for a fault's name in."""
    return "".join(c for _, text in _leaves(_value(answer)) for c in text.lower() if c.isalnum())


def _value(answer: Answer) -> object:
    try:
        return decode(answer.body) if not answer.is_html else None
    except BROKEN:
        return None


def _leaves(value: object, key: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if not is_secret(key):
            yield key, value[:1_000]
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        pairs = value.items() if isinstance(value, dict) else ((key, inner) for inner in value)
        for name, inner in list(pairs)[:_MOST]:
            yield from _leaves(inner, str(name), depth + 1)
