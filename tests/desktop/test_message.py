"""What one start says to another, and how strictly it is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.core.number_search import LONGEST_SEARCHED
from voipdesk.desktop.message import LONGEST, LONGEST_TEXT, Message, is_whole, pack, unpack
from voipdesk.gui.desk_panes import ALWAYS, NEEDS
from voipdesk.gui.session import QUICK_DIAL


def test_a_message_arrives_as_it_was_sent():
    message = unpack(pack(Message("tel:+44 20\n7946 ü", "call_log", "gnome-shell/1-2_TIME3")))
    assert (message.link, message.pane, message.token) == ("tel:+44 20\n7946 ü", "call_log", "gnome-shell/1-2_TIME3")


@pytest.mark.parametrize("pane", ["", *NEEDS, *ALWAYS, QUICK_DIAL])
def test_whatever_a_start_may_ask_to_be_shown_arrives(pane):
    assert unpack(pack(Message("", pane))).pane == pane


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"voipdesk 1\0tel:1\0\0",
        b"voipdesk 1\0tel:1\0\0\0more",
        b"voipdesk 1\0tel:1\0\0\0\0",
        b"voipdesk 2\0tel:1\0\0\0",
        b"GET / HTTP/1.1\0\0\0\0",
        b"voipdesk 1\0tel:\xff\0\0\0",
        b"voipdesk 1\0tel:1\0../x\0\0",
        b"voipdesk 1\0tel:1\0sip\0to ken\0",
        b"voipdesk 1\0" + b"1" * (LONGEST_TEXT + 1) + b"\0\0\0",
        b"voipdesk 1\0tel:1\0\0\0" + b"\0" * LONGEST,
    ],
)
def test_anything_but_exactly_one_message_is_refused(data):
    assert unpack(data) is None


def test_it_is_known_when_enough_has_come():
    whole = pack(Message("tel:1"))
    assert [is_whole(whole[:n]) for n in (0, 5, len(whole) - 1, len(whole))] == [False, False, False, True]
    assert is_whole(b"x" * (LONGEST + 1))


def test_a_text_that_is_cut_is_too_long_to_be_searched():
    message = unpack(pack(Message("020 7946 0000 " + "ü" * 20_000)))
    assert len(message.link) == LONGEST_TEXT > LONGEST_SEARCHED


@given(st.text(), st.text(), st.text())
def test_whatever_is_packed_can_be_read_and_is_no_longer_than_allowed(link, pane, token):
    data = pack(Message(link, pane, token))
    assert len(data) <= LONGEST + 1
    message = unpack(data)
    assert message is not None
    assert message.link in link.replace("\0", "").encode("utf-8", "replace").decode()


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data):
    assert unpack(data) is None or unpack(b"x" + data) is None
