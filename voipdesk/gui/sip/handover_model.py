"""What the hand-over page says: what to do at the phone, how long is left, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import span, when

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.core.handover import Fetched, Place

MODULE = 8
"""Pixels of a module of the code as it is made (softphones/qr.py)."""


def no_network() -> Saying:
    """Say that no phone can fetch it."""
    return Saying(
        Tone.WARNING,
        _("This computer is on no network, so no phone can reach it."),
        _("Join the Wi-Fi that the phone is in, and begin again. Programs on this computer can still fetch it."),
    )


def about_password(*, sent: bool) -> str:
    """Say what it means to send the password along, or not to."""
    if sent:
        return _("The phone signs in with nothing typed. The password goes over your network once, and unencrypted.")
    return _("The phone asks for the password, which has to be typed there.")


def steps(softphone: str) -> str:
    """Say what is to be done at the phone, in numbered lines."""
    return "\n".join(
        (
            _("1. Take the phone into the same network as this computer, usually its Wi-Fi."),
            _(
                "2. Open {name} on it. In its assistant or its settings, choose to fetch the configuration, and scan "
                "this code; where it has no scanner, type the address.",
                name=softphone,
            ),
            _("3. Wait until it says that it was fetched."),
        )
    )


def place_title(place: Place) -> str:
    """Say who may fetch it."""
    return _("This computer only") if place.this_computer_only else _("My network, at {host}", host=place.host)


def waiting(ends_at: datetime, present: datetime) -> Saying:
    """Say that nobody has fetched it yet, and how long it can be."""
    left = max(timedelta(0), ends_at - present)
    valid = _("Valid once, and for {span}.", span=span(left.total_seconds()))
    return Saying(Tone.FAINT, _("Waiting to be fetched …"), valid, busy=True)


def ended(fetched: Fetched | None) -> Saying:
    """Say what came of it."""
    if fetched is None:
        return Saying(Tone.WARNING, _("Nobody fetched it in time."), _("The address is no longer valid. Begin again."))
    if not fetched.whole:
        return Saying(
            Tone.WARNING,
            _("The connection to {by} broke before all of it was sent.", by=fetched.by),
            _("The address is no longer valid. Begin again."),
        )
    return Saying(
        Tone.GOOD,
        _("Fetched by {by} at {when}.", by=fetched.by, when=when(fetched.at)),
        _("The address is no longer valid. Was it not your phone? Then change the password at the service."),
    )


def stopped() -> Saying:
    """Say that it is no longer served."""
    return Saying(Tone.TEXT, _("Stopped: nobody has fetched it."), _("The address is no longer valid."))
