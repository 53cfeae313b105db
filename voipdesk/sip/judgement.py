"""What a server's answer to a sign-in means, in words for who does not know SIP, as surely as it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.sip_check import Cause
from voipdesk.sip.digest import to_answer
from voipdesk.sip.message import shown
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.sip.client import Registered

_COMPARE = "Compare user name, password and domain with what the service has given, letter by letter."
_DOMAIN_WORDS = ("domain", "relay", "realm", "tenant")
_LETTERS = "Capital and small letters count, and a blank at the end does, too."


class SaidNo(Trouble):
    """The server answered, and does not let the account in, or does not say whether."""

    def __init__(
        self, cause: Cause, message: str, *, advice: str = "", details: str = "", is_decided: bool = True
    ) -> None:
        super().__init__(cause, message, advice=advice, details=details)
        self.is_decided = is_decided
        """Whether it is sure that the account does not work."""


def check_let_in(done: Registered, settings: SipSettings) -> None:
    """Return where the answer lets the account in; else raise SaidNo."""
    status = done.answer.status
    if 200 <= status < 300:
        return
    if status in {401, 407}:
        raise _asked_again(done, settings)
    if status in _TOLD:
        raise _TOLD[status](done, settings)
    if 300 <= status < 400:
        raise _moved(done)
    raise _other(done)


def realms(done: Registered) -> list[str]:
    """Give the names in which the password was asked for and answered."""
    return list(dict.fromkeys(shown(one.shown_realm, 80) for one in done.answered))


def other_realms(done: Registered, settings: SipSettings) -> list[str]:
    """Give those that are neither the domain's nor the outbound proxy's."""
    given = settings.host.lower(), settings.outbound_proxy.rpartition(":")[0].lower(), settings.outbound_proxy.lower()
    return [realm for realm in realms(done) if realm.lower() not in given]


def _asked_again(done: Registered, settings: SipSettings) -> SaidNo:
    if not done.refused:
        return _no(done, Cause.UNSUPPORTED, "The server asks for the password in a way that is not SIP's Digest.")
    if not to_answer(done.refused):
        ways = ", ".join(shown(one.algorithm or "MD5", 40) for one in done.refused[:5])
        return _no(
            done,
            Cause.UNSUPPORTED,
            f"The server asks for the password in a way that is not known here ({ways}).",
            advice="Ask the service which telephones it is for.",
        )
    if not settings.password:
        text = "The server asks for a password, and none was given."
        return _undecided(done, Cause.NO_PASSWORD, text, advice="Give it, and check again.")
    foreign = [realm for realm in other_realms(done, settings) if _is_another_domain(realm, settings.host)]
    if foreign:
        return _no(
            done,
            Cause.OTHER_REALM,
            f"The server does not accept user name and password. It asked for them in the name of “{foreign[0]}”, "
            f"not of “{settings.host}”.",
            advice=f"{_COMPARE} The domain, or the authentication name, may be the wrong one.",
        )
    name = f"the authentication name “{settings.auth_name}”" if settings.auth_username else "the user name"
    return _no(
        done,
        Cause.USER_OR_PASSWORD,
        f"The server does not accept {name} with this password.",
        advice=f"It does not say which of the two is wrong. {_COMPARE} {_LETTERS}",
    )


def _is_another_domain(realm: str, host: str) -> bool:
    """Tell a domain that is no relative of the account's; many servers ask in the name of a program, or of a part."""
    ours, theirs = f".{host.lower()}", f".{realm.lower()}"
    return "." in realm and " " not in realm and not ours.endswith(theirs) and not theirs.endswith(ours)


def _forbidden(done: Registered, settings: SipSettings) -> SaidNo:
    reason = done.answer.reason.lower()
    if any(word in reason for word in _DOMAIN_WORDS):
        return _wrong_domain(done, settings)
    if not done.answered:
        return _no(
            done,
            Cause.FORBIDDEN,
            "The server refuses this account without asking for its password.",
            advice="The account may be blocked, the domain may be another, or the service takes sign-ins only from "
            "certain addresses. Ask the service.",
        )
    if settings.auth_username or "auth" in reason:
        return _no(
            done,
            Cause.AUTH_NAME,
            f"The server does not let “{settings.auth_name}” sign in as “{settings.username}”.",
            advice="Compare user name and authentication name with what the service has given; "
            "where it names one only, leave the other empty.",
        )
    return _no(
        done,
        Cause.FORBIDDEN,
        "The server forbids this account to sign in.",
        advice=f"It may be blocked; some services say the same of a wrong password. {_COMPARE}",
    )


def _not_found(done: Registered, settings: SipSettings) -> SaidNo:
    if any(word in done.answer.reason.lower() for word in _DOMAIN_WORDS):
        return _wrong_domain(done, settings)
    return _no(
        done,
        Cause.UNKNOWN_USER,
        f"The server does not know the user “{settings.username}” at “{settings.host}”.",
        advice=f"{_COMPARE} The domain may be the wrong one, too.",
    )


def _wrong_domain(done: Registered, settings: SipSettings) -> SaidNo:
    return _no(
        done,
        Cause.WRONG_DOMAIN,
        f"The server is not responsible for the domain “{settings.domain}”.",
        advice="Compare the domain with what the service has given. It may belong into another field: "
        "a proxy is not always the domain.",
    )


def _not_a_registrar(done: Registered, settings: SipSettings) -> SaidNo:
    what = "outbound proxy" if settings.outbound_proxy else "domain"
    return _no(
        done,
        Cause.NOT_A_REGISTRAR,
        "This SIP server does not take sign-ins.",
        advice=f"Compare the {what} with what the service has given; it may have another server for telephones.",
    )


def _moved(done: Registered) -> SaidNo:
    elsewhere = shown(next(iter(done.contacts), ""), 120)
    return _no(
        done,
        Cause.MOVED,
        f"The server sends telephones to another one{f': {elsewhere}' if elsewhere else ''}.",
        advice="The check does not follow, so that the password's digest goes nowhere that you have not named. "
        "If the service says so, too, give that server as domain or outbound proxy.",
    )


def _busy(done: Registered, _: SipSettings) -> SaidNo:
    seconds = done.answer.number("retry-after")
    when = f" in {seconds} seconds" if seconds else " later"
    return _undecided(
        done, Cause.OVERLOADED, "The server has too much to do at the moment.", advice=f"Try again{when}."
    )


def _too_short(done: Registered, _: SipSettings) -> SaidNo:
    return _undecided(
        done, Cause.TOO_SHORT, "The server wants a telephone to stay registered for longer than this check does."
    )


def _no_answer_behind(done: Registered, _: SipSettings) -> SaidNo:
    return _undecided(
        done,
        Cause.SERVER_FAULT,
        "The server passes sign-ins on to another, which does not answer.",
        advice="Compare the domain with what the service has given. Else the fault is with the service.",
    )


def _bad_request(done: Registered, _: SipSettings) -> SaidNo:
    return _undecided(
        done,
        Cause.NOT_UNDERSTOOD,
        "The server does not answer the question whether the account is let in; some do not.",
        advice="Registering as a telephone for a moment would tell.",
    )


def _other(done: Registered) -> SaidNo:
    if done.answer.status < 500:
        return _no(done, Cause.FORBIDDEN, f"The server does not let the account in: {done.answer}.", advice=_COMPARE)
    return _undecided(
        done,
        Cause.SERVER_FAULT,
        f"The server has a fault of its own: {done.answer}.",
        advice="Try again later; if that does not help, tell the service what it answered.",
    )


_TOLD = {
    400: _bad_request,
    403: _forbidden,
    404: _not_found,
    405: _not_a_registrar,
    408: _no_answer_behind,
    410: _not_found,
    416: _wrong_domain,
    423: _too_short,
    429: _busy,
    480: _no_answer_behind,
    501: _not_a_registrar,
    503: _busy,
    504: _no_answer_behind,
    604: _not_found,
}


def _no(done: Registered, cause: Cause, message: str, *, advice: str = "") -> SaidNo:
    return SaidNo(cause, message, advice=advice, details=_said(done))


def _undecided(done: Registered, cause: Cause, message: str, *, advice: str = "") -> SaidNo:
    return SaidNo(cause, message, advice=advice, details=_said(done), is_decided=False)


def _said(done: Registered) -> str:
    """Give the server's own words."""
    lines = [f"It answered: {done.answer}"]
    lines += [f"{name}: {shown(value)}" for name in ("warning", "server") for value in done.answer.all(name)[:2]]
    lines += [f"It asked for the password in the name of “{realm}”." for realm in realms(done)[:3]]
    return "\n".join(lines)
