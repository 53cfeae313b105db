"""Asking a service: one request, its answer read, a large one in a thread, and errors that repeat no secret."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from voipdesk.core.errors import AnswerLate, OutcomeUnknown, OverBudget, Unreachable, VoipdeskError
from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.providers.exchange import Answer, Request

T = TypeVar("T")

_SMALL = 64 * 1024
"""Bytes that are read in under a millisecond, so not worth a thread."""
_STILL_AT_IT = frozenset({408, 502, 503, 504})
"""What a server in between says when it waits no longer; the one behind it may still carry the request out."""


class Sender(Protocol):
    """What a request is sent with: Http, or what signs in before it."""

    async def send(self, request: Request) -> Answer:
        """Send a request, and give its whole answer; see Http."""
        ...

    async def too_many(self, answer: Answer) -> OverBudget:
        """Close the budget after "too many requests", and give the error to raise."""
        ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is said when the answer to a request that acts does not tell whether it was carried out; "" for nothing.

    Both are marked by `N_`, for a doubt is declared before the language is known.
    """

    sentence: str
    advice: str


CARRIED_OUT = Doubt(
    N_("Whether it was carried out is not known."), N_("It may have been carried out: look before you try again.")
)
"""Of what is changed at a service."""
PLACED = Doubt(
    N_("Whether the call was placed is not known."), N_("Your phone may be ringing: look before you dial again.")
)
"""Of a call."""


def _no_details(request: Request, answer: Answer) -> str:  # noqa: ARG001 (what others are given)
    return ""


async def ask(
    http: Sender,
    request: Request,
    read: Callable[[Answer], T],
    *,
    redact: Callable[[str], str],
    doubt: Doubt,
    details: Callable[[Request, Answer], str] = _no_details,
) -> T:
    """Send a request and read its answer; raise what `send` and `read` raise, rewritten by `redact`.

    "Too many requests" closes the budget. Where `read` finds that a request that acts has no answer of the service's
    own, the error is OutcomeUnknown, or AnswerLate where the service may still be at it. `details` are put in place of
    the reader's, where they are given.
    """
    answer = await http.send(request)
    try:
        return read(answer) if len(answer.body) <= _SMALL else await asyncio.to_thread(read, answer)
    except OverBudget:
        fault: VoipdeskError = await http.too_many(answer)
    except VoipdeskError as error:
        fault = error
    fault.details = details(request, answer) or fault.details
    fault.message, fault.advice, fault.details = redact(fault.message), redact(fault.advice), redact(fault.details)
    fault.args = (fault.message,)
    if request.acts and isinstance(fault, Unreachable):
        lost = AnswerLate if answer.status in _STILL_AT_IT else OutcomeUnknown
        sentence, advice = _(doubt.sentence), _(doubt.advice)  # NON-NLS: marked where they are declared
        raise lost(f"{fault.message} {sentence}".strip(), advice=advice, details=fault.details)
    raise fault.with_traceback(None)  # the frames of the readers hold the answer, which may repeat a secret
