"""What the system says of an address that cannot be reached is put into words, each cause in its own."""

import errno
import os

import pytest

from voipdesk.core.sip_check import Cause
from voipdesk.core.sip_settings import Transport
from voipdesk.sip.connection import trouble_of
from voipdesk.sip.place import Place

PLACE = Place("2001:db8::1", 5060, Transport.UDP, "sip.example.com")


@pytest.mark.parametrize(
    ("number", "cause"),
    [
        (errno.ECONNREFUSED, Cause.WRONG_PORT),
        (errno.ECONNRESET, Cause.WRONG_PORT),
        (errno.ENETUNREACH, Cause.NO_NETWORK),
        (errno.EHOSTUNREACH, Cause.NO_NETWORK),
        (errno.EADDRNOTAVAIL, Cause.NO_NETWORK),
        (errno.EPERM, Cause.BLOCKED),
        (errno.EACCES, Cause.BLOCKED),
        (errno.ETIMEDOUT, Cause.NO_ANSWER),
    ],
)
def test_each_cause_is_told_with_the_address_and_what_to_do(number, cause):
    told = trouble_of(OSError(number, os.strerror(number)), PLACE)
    assert told.cause is cause
    assert "[2001:db8::1] port 5060" in told.message
    assert told.advice
    assert os.strerror(number) in told.details
