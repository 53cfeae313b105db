"""A server that answered and does not let the account in, or does not say whether, with its own words for support."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.sip.message import shown
from voipdesk.sip.trouble import Trouble

if TYPE_CHECKING:
    from voipdesk.core.sip_check import Cause
    from voipdesk.sip.client import Registered


class SaidNo(Trouble):
    """The server answered, and does not let the account in, or does not say whether."""

    def __init__(
        self, cause: Cause, message: str, *, advice: str = "", details: str = "", is_decided: bool = True
    ) -> None:
        super().__init__(cause, message, advice=advice, details=details)
        self.is_decided = is_decided
        """Whether it is sure that the account does not work."""


def refused(done: Registered, cause: Cause, message: str, *, advice: str = "") -> SaidNo:
    """Say that the account does not work."""
    return SaidNo(cause, message, advice=advice, details=_said(done))


def undecided(done: Registered, cause: Cause, message: str, *, advice: str = "") -> SaidNo:
    """Say that it is not known whether it works."""
    return SaidNo(cause, message, advice=advice, details=_said(done), is_decided=False)


def _said(done: Registered) -> str:
    """Give the server's own words."""
    lines = [_("It answered: {answer}", answer=done.answer)]
    lines += [f"{name}: {shown(value)}" for name in ("warning", "server") for value in done.answer.all(name)[:2]]
    lines += [_("It asked for the password in the name of “{realm}”.", realm=realm) for realm in realms(done)[:3]]
    return "\n".join(lines)


def realms(done: Registered) -> list[str]:
    """Give the names in which the password was asked for and answered."""
    return list(dict.fromkeys(shown(one.shown_realm, 80) for one in done.answered))
