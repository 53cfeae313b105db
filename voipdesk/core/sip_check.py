"""The check whether a SIP account works: its steps, what each found, and what came of it all."""
# NON-NLS: the values are words for programs; what people see is marked all the same

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from voipdesk.core.language import N_, _


class StepKind(StrEnum):
    """The steps, in their order; those that do not apply are left out."""

    RESOLVE = "resolve"
    """The name of the SIP server is found in DNS."""
    REACH = "reach"
    """A connection to the server opens; UDP has none, so there the next step tells."""
    ENCRYPT = "encrypt"
    """TLS, and the judgement of the certificate; for the transport TLS alone."""
    ANSWER = "answer"
    """It answers OPTIONS: it speaks SIP."""
    SIGN_IN = "sign-in"
    """It accepts user name and password; asked without registering, so that no telephone in use is displaced."""
    REGISTER = "register"
    """This computer is registered as a telephone and taken out again; only where that was asked for."""

    @property
    def heading(self) -> str:
        """What the step is called on a screen, as something to do."""
        return _(_HEADINGS[self])  # NON-NLS: marked in its table


_HEADINGS = {
    StepKind.RESOLVE: N_("Find the server"),
    StepKind.REACH: N_("Reach the server"),
    StepKind.ENCRYPT: N_("Encrypt the connection"),
    StepKind.ANSWER: N_("Hear from it"),
    StepKind.SIGN_IN: N_("Sign in"),
    StepKind.REGISTER: N_("Register as a telephone"),
}


class Verdict(StrEnum):
    """What came of a step."""

    UNDER_WAY = "under way"
    """Only while the check runs."""
    PASSED = "passed"
    WARNED = "warned"
    """It works, and there is something to know."""
    FAILED = "failed"
    SKIPPED = "skipped"
    """Not tried, since a step before it failed."""

    @property
    def label(self) -> str:
        """The verdict as a word beside the step."""
        return _(_VERDICTS[self])  # NON-NLS: marked in its table


_VERDICTS = {
    Verdict.UNDER_WAY: N_("under way"),
    Verdict.PASSED: N_("passed"),
    Verdict.WARNED: N_("warned"),
    Verdict.FAILED: N_("failed"),
    Verdict.SKIPPED: N_("skipped"),
}


class Cause(StrEnum):
    """Why a step failed or warns, as far as the other side lets it be told."""

    NO_NAME_SERVICE = "no name service"
    """This computer's name server does not answer."""
    UNKNOWN_HOST = "unknown host"
    WRONG_DOMAIN = "wrong domain"
    """The server is there, and not responsible for the domain."""
    WRONG_PORT = "wrong port"
    """Nothing listens there, or something that does not speak SIP."""
    BLOCKED = "blocked"
    """Nothing comes back by this transport, and something does by another."""
    NO_ANSWER = "no answer"
    NO_NETWORK = "no network"
    TLS_EXPIRED = "certificate expired"
    TLS_NOT_YET_VALID = "certificate not yet valid"
    TLS_OTHER_NAME = "certificate of another name"
    TLS_SELF_SIGNED = "certificate self-signed"
    TLS_UNKNOWN_AUTHORITY = "certificate of an unknown authority"
    TLS_OTHER = "TLS trouble"
    UNKNOWN_USER = "unknown user"
    WRONG_PASSWORD = "wrong password"  # noqa: S105 - the name of a cause
    """The password alone: the server has said that it knows the user."""
    USER_OR_PASSWORD = "user name or password"  # noqa: S105 - the name of a cause
    """One of the two: the server says the same of both."""
    AUTH_NAME = "authentication name"
    """The name that goes with the password is not the one that goes with the account."""
    OTHER_REALM = "other realm"
    """The server asks for the password in the name of a domain that was not given, and does not accept it."""
    FORBIDDEN = "forbidden"
    MOVED = "moved"
    NOT_A_REGISTRAR = "not a registrar"
    NO_PASSWORD = "no password"  # noqa: S105 - the name of a cause
    OVERLOADED = "overloaded"
    UNSUPPORTED = "unsupported"
    """The server wants something that this check, or most telephones, cannot do."""
    NOT_UNDERSTOOD = "not understood"
    SERVER_FAULT = "server fault"
    TOO_SHORT = "too short"
    """The server refuses the time that was asked for, and every other that was tried."""
    LEFT_REGISTERED = "left registered"
    """This computer could not be taken out again; it ends by itself."""


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step; texts are sentences for someone who does not know SIP."""

    kind: StepKind
    verdict: Verdict
    text: str = ""
    """What was found."""
    advice: str = ""
    """What to do, "" where there is nothing."""
    details: str = ""
    """For support: addresses, answers as they came, lines separated by newlines; never a secret."""
    cause: Cause | None = None
    """None where it passed."""


class Outcome(StrEnum):
    """What came of the whole check."""

    WORKS = "works"
    REFUSED = "refused"
    """The server was reached and does not accept the account."""
    NOT_REACHED = "not reached"
    """The server was not found, not reached, or not safely."""
    UNDECIDED = "undecided"
    """It was reached, and did not say whether the account works."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """A check that has ended."""

    outcome: Outcome
    text: str
    """The whole in one sentence."""
    steps: tuple[CheckStep, ...]
    """All that apply, those not tried as SKIPPED."""
