"""What the hand-over page says: what to do at the phone, how long is left, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying
from voipdesk.gui.words import span, when

if TYPE_CHECKING:
    from datetime import datetime

    from voipdesk.core.handover import Fetched, Place

MODULE = 8
"""Pixels of a module of the code as it is made (softphones/qr.py)."""
NO_NETWORK = Saying(
    Tone.WARNING,
    "This computer is on no network, so no phone can reach it.",
    "Join the Wi-Fi that the phone is in, and begin again. Programs on this computer can still fetch it.",
)
SENT_ALONG = "The phone signs in with nothing typed. The password goes over your network once, and unencrypted."
LEFT_OUT = "The phone asks for the password, which has to be typed there."
STEPS = (
    "1. Take the phone into the same network as this computer, usually its Wi-Fi.\n"
    "2. Open {name} on it. In its assistant or its settings, choose to fetch the configuration, and scan this code; "
    "where it has no scanner, type the address.\n"
    "3. Wait until it says that it was fetched."
)


def place_title(place: Place) -> str:
    """Say who may fetch it."""
    return "This computer only" if place.this_computer_only else f"My network, at {place.host}"


def waiting(ends_at: datetime, present: datetime) -> Saying:
    """Say that nobody has fetched it yet, and how long it can be."""
    left = max(timedelta(0), ends_at - present)
    return Saying(
        Tone.FAINT, "Waiting to be fetched …", f"Valid once, and for {span(left.total_seconds())}.", busy=True
    )


def ended(fetched: Fetched | None) -> Saying:
    """Say what came of it."""
    if fetched is None:
        return Saying(Tone.WARNING, "Nobody fetched it in time.", "The address is no longer valid. Begin again.")
    if not fetched.whole:
        return Saying(
            Tone.WARNING,
            f"The connection to {fetched.by} broke before all of it was sent.",
            "The address is no longer valid. Begin again.",
        )
    return Saying(
        Tone.GOOD,
        f"Fetched by {fetched.by} at {when(fetched.at)}.",
        "The address is no longer valid. Was it not your phone? Then change the password at the service.",
    )


STOPPED = Saying(Tone.TEXT, "Stopped: nobody has fetched it.", "The address is no longer valid.")
