"""What a server's answer to a sign-in means, in words for who does not know SIP, as surely as it can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import _, ngettext
from voipdesk.core.sip_check import Cause
from voipdesk.sip.digest import to_answer
from voipdesk.sip.message import shown
from voipdesk.sip.said_no import realms, refused, undecided

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.sip.client import Registered
    from voipdesk.sip.said_no import SaidNo

_DOMAIN_WORDS = ("domain", "relay", "realm", "tenant")
_USER_WORDS = ("unknown user", "user unknown", "user not found", "no such user", "user does not exist")  # NON-NLS
_PROOF_WORDS = ("auth", "credential", "password")
"""As in Asterisk's “403 Forbidden (Bad auth)”."""


def check_let_in(done: Registered, settings: SipSettings) -> None:
    """Return where the answer lets the account in; else raise SaidNo."""
    if done.is_accepted:
        return
    status = done.answer.status
    if status in {401, 407}:
        raise _asked_again(done, settings)
    if status in _TOLD:
        raise _TOLD[status](done, settings)
    if 300 <= status < 400:
        raise _moved(done)
    raise _other(done)


def other_realms(done: Registered, settings: SipSettings) -> list[str]:
    """Give those that are neither the domain's nor the outbound proxy's."""
    given = settings.host.lower(), settings.outbound_proxy.rpartition(":")[0].lower(), settings.outbound_proxy.lower()
    return [realm for realm in realms(done) if realm.lower() not in given]


def _compare() -> str:
    return _("Compare user name, password and domain with what the service has given, letter by letter.")


def _letters() -> str:
    return _("Capital and small letters count, and a blank at the end does, too.")


def _asked_again(done: Registered, settings: SipSettings) -> SaidNo:
    if not done.refused:
        text = _("The server asks for the password in a way that is not SIP's Digest.")
        return refused(done, Cause.UNSUPPORTED, text)
    if not to_answer(done.refused):
        ways = ", ".join(shown(one.algorithm or "MD5", 40) for one in done.refused[:5])
        return refused(
            done,
            Cause.UNSUPPORTED,
            _("The server asks for the password in a way that is not known here ({ways}).", ways=ways),
            advice=_("Ask the service which telephones it is for."),
        )
    if not settings.password:
        text = _("The server asks for a password, and none was given.")
        return undecided(done, Cause.NO_PASSWORD, text, advice=_("Give it, and check again."))
    if told := _told_in_words(done, settings):
        return told
    foreign = [realm for realm in other_realms(done, settings) if _is_another_domain(realm, settings.host)]
    if foreign:
        return refused(
            done,
            Cause.OTHER_REALM,
            _(
                "The server does not accept user name and password. It asked for them in the name of “{realm}”, not of "
                "“{host}”.",
                realm=foreign[0],
                host=settings.host,
            ),
            advice=" ".join((_compare(), _("The domain, or the authentication name, may be the wrong one."))),
        )
    return _user_or_password(done, settings)


def _user_or_password(done: Registered, settings: SipSettings) -> SaidNo:
    return refused(
        done,
        Cause.USER_OR_PASSWORD,
        _("The server does not accept the authentication name “{name}” with this password.", name=settings.auth_name)
        if settings.auth_username
        else _("The server does not accept the user name with this password."),
        advice=" ".join((_("It does not say which of the two is wrong."), _compare(), _letters())),
    )


def _told_in_words(done: Registered, settings: SipSettings) -> SaidNo | None:
    """Believe a server that says in words which of the two it is; most do not."""
    words = f"{done.answer.reason} {' '.join(done.answer.all('warning'))}".lower()
    if any(one in words for one in _USER_WORDS):
        return _unknown_user(done, settings)
    if "password" in words and "user" not in words:
        text = _("The server says that the password is wrong.")
        advice = " ".join((_("Enter or copy it once more."), _letters()))
        return refused(done, Cause.WRONG_PASSWORD, text, advice=advice)
    return None


def _is_another_domain(realm: str, host: str) -> bool:
    """Tell a domain that is no relative of the account's; many servers ask in the name of a program, or of a part."""
    ours, theirs = f".{host.lower()}", f".{realm.lower()}"
    return "." in realm and " " not in realm and not ours.endswith(theirs) and not theirs.endswith(ours)


def _forbidden(done: Registered, settings: SipSettings) -> SaidNo:
    reason = done.answer.reason.lower()
    if any(word in reason for word in _DOMAIN_WORDS):
        return _wrong_domain(done, settings)
    if not done.answered:
        return refused(
            done,
            Cause.FORBIDDEN,
            _("The server refuses this account without asking for its password."),
            advice=_(
                "The account may be blocked, the domain may be another, or the service takes sign-ins only from "
                "certain addresses. Ask the service."
            ),
        )
    if told := _told_in_words(done, settings):
        return told
    if settings.auth_username:
        return refused(
            done,
            Cause.AUTH_NAME,
            _(
                "The server does not let “{auth_name}” sign in as “{username}”.",
                auth_name=settings.auth_name,
                username=settings.username,
            ),
            advice=_(
                "Compare user name and authentication name with what the service has given; where it names one only, "
                "leave the other empty."
            ),
        )
    if any(word in reason for word in _PROOF_WORDS):
        return _user_or_password(done, settings)
    return refused(
        done,
        Cause.FORBIDDEN,
        _("The server forbids this account to sign in."),
        advice=" ".join((_("It may be blocked; some services say the same of a wrong password."), _compare())),
    )


def _not_found(done: Registered, settings: SipSettings) -> SaidNo:
    if any(word in done.answer.reason.lower() for word in _DOMAIN_WORDS):
        return _wrong_domain(done, settings)
    return _unknown_user(done, settings)


def _unknown_user(done: Registered, settings: SipSettings) -> SaidNo:
    return refused(
        done,
        Cause.UNKNOWN_USER,
        _(
            "The server does not know the user “{username}” at “{host}”.",
            username=settings.username,
            host=settings.host,
        ),
        advice=" ".join((_compare(), _("The domain may be the wrong one, too."))),
    )


def _wrong_domain(done: Registered, settings: SipSettings) -> SaidNo:
    return refused(
        done,
        Cause.WRONG_DOMAIN,
        _("The server is not responsible for the domain “{domain}”.", domain=settings.domain),
        advice=_(
            "Compare the domain with what the service has given. It may belong into another field: a proxy is not "
            "always the domain."
        ),
    )


def _not_a_registrar(done: Registered, settings: SipSettings) -> SaidNo:
    return refused(
        done,
        Cause.NOT_A_REGISTRAR,
        _("This SIP server does not take sign-ins."),
        advice=_(
            "Compare the outbound proxy with what the service has given; it may have another server for telephones."
        )
        if settings.outbound_proxy
        else _("Compare the domain with what the service has given; it may have another server for telephones."),
    )


def _moved(done: Registered) -> SaidNo:
    elsewhere = shown(next(iter(done.contacts), ""), 120)
    return refused(
        done,
        Cause.MOVED,
        _("The server sends telephones to another one: {address}.", address=elsewhere)
        if elsewhere
        else _("The server sends telephones to another one."),
        advice=_(
            "The check does not follow, so that the password's digest goes nowhere that you have not named. If the "
            "service says so, too, give that server as domain or outbound proxy."
        ),
    )


def _busy(done: Registered, _settings: SipSettings) -> SaidNo:
    seconds = done.answer.number("retry-after")
    return undecided(
        done,
        Cause.OVERLOADED,
        _("The server has too much to do at the moment."),
        advice=ngettext("Try again in {n} second.", "Try again in {n} seconds.", seconds)
        if seconds
        else _("Try again later."),
    )


def _too_short(done: Registered, _settings: SipSettings) -> SaidNo:
    text = _("The server wants a telephone to stay registered for longer than this check does.")
    return undecided(done, Cause.TOO_SHORT, text)


def _no_answer_behind(done: Registered, _settings: SipSettings) -> SaidNo:
    return undecided(
        done,
        Cause.SERVER_FAULT,
        _("The server passes sign-ins on to another, which does not answer."),
        advice=_("Compare the domain with what the service has given. Else the fault is with the service."),
    )


def _bad_request(done: Registered, _settings: SipSettings) -> SaidNo:
    if done.expires is not None:
        return undecided(
            done,
            Cause.NOT_UNDERSTOOD,
            _("The server does not understand how this check signs in, so it does not tell whether the account works."),
            advice=_(
                "Try with a telephone. Where that is not let in either, tell the service what the server answered."
            ),
        )
    return undecided(
        done,
        Cause.NOT_UNDERSTOOD,
        _("The server does not answer the question whether the account is let in; some do not."),
        advice=_("Registering as a telephone for a moment would tell."),
    )


def _other(done: Registered) -> SaidNo:
    if done.answer.status < 500:
        text = _("The server does not let the account in: {answer}.", answer=done.answer)
        return refused(done, Cause.FORBIDDEN, text, advice=_compare())
    return undecided(
        done,
        Cause.SERVER_FAULT,
        _("The server has a fault of its own: {answer}.", answer=done.answer),
        advice=_("Try again later; if that does not help, tell the service what it answered."),
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
