"""The one tree of expected errors: what happened, what to do, and when to try again.

VoipdeskError
├── BadInput            what the user gave cannot be used            exit code 2
│   └── SecretMissing   the account's secret is not at hand
├── Refused             the service answered no                      exit code 3
│   ├── NotAuthorised   the key, or this computer's address
│   └── NotFound        the tenant or the data asked for
├── OverBudget          no request is left, or the service said so   exit code 4
├── Unreachable         no answer came                               exit code 5
│   └── NotUnderstood   an answer came that is not the service's
├── OutcomeUnknown      it was sent and its answer was lost          exit code 6
│   └── AnswerLate      nobody waits for the answer any more
└── StorageFailed       this computer could not read or write        exit code 1
    └── KeyringFailed   the system keyring is absent, locked or broken
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime


class VoipdeskError(Exception):
    """Something expected went wrong; `message` and `advice` are sentences for the user, in plain text.

    `retry_at` (aware, UTC) is when another try makes sense, None where time alone changes nothing.
    `details` is for support: it may name request and answer, and never holds a secret.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, advice: str = "", retry_at: datetime | None = None, details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.retry_at = retry_at
        self.details = details

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class BadInput(VoipdeskError):
    """What the user gave cannot be used as it is."""

    exit_code = 2
    field = ""
    """The key of the one setting or field of a form that it is about; a form says it there. `about_field` tells it."""


class SecretMissing(BadInput):
    """The account's secret is neither in the keyring nor given for this run."""


class Refused(VoipdeskError):
    """The service understood the request and said no."""

    exit_code = 3


class NotAuthorised(Refused):
    """The service does not accept the credentials, or not from this computer's address."""


class NotFound(Refused):
    """The service does not know the tenant or the data asked for."""


class OverBudget(VoipdeskError):
    """No request may be sent now: the account's limit is used up, or the service said "too many"."""

    exit_code = 4


class Unreachable(VoipdeskError):
    """No answer came from the service, and nothing was done there."""

    exit_code = 5


class NotUnderstood(Unreachable):
    """An answer came that the service's documentation does not know, such as a log-in page in between."""


class OutcomeUnknown(VoipdeskError):
    """A request that acts was sent and its answer was lost: it may have been carried out."""

    exit_code = 6


class AnswerLate(OutcomeUnknown):
    """A request that acts was sent and no answer came in time: it may have been, or may still be, carried out."""


class StorageFailed(VoipdeskError):
    """A file or database on this computer could not be read or written."""


class KeyringFailed(StorageFailed):
    """The system keyring is absent, locked or broken."""


@contextmanager
def about_field(key: str) -> Iterator[None]:
    """Note on the BadInput that is raised in here which field it is about, unless it is noted already."""
    try:
        yield
    except BadInput as error:
        error.field = error.field or key
        raise
