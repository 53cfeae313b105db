"""Requests are written strictly; whatever comes is read as a whole message or refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.core.errors import BadInput
from voipdesk.sip.message import (
    HEAD_LONGEST,
    Message,
    NotSip,
    Request,
    address,
    answer_to,
    divided,
    parameters,
    parse,
    shown,
)

OK = b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\nCSeq: 1 REGISTER\r\n"


def test_a_request_has_its_headers_in_their_order_and_no_body():
    request = Request("OPTIONS", "sip:example.com", (("Via", "v"), ("To", "<sip:é@example.com>")))
    assert request.encode().decode() == (
        "OPTIONS sip:example.com SIP/2.0\r\nVia: v\r\nTo: <sip:é@example.com>\r\nContent-Length: 0\r\n\r\n"
    )


@pytest.mark.parametrize("value", ["a\r\nEvil: 1", "a\nb", "a\0b", "a\rb"])
def test_no_value_begins_a_line_of_its_own(value):
    with pytest.raises(BadInput):
        Request("OPTIONS", "sip:example.com", (("To", value),)).encode()
    with pytest.raises(BadInput):
        Request("OPTIONS", value, ()).encode()


def test_an_answer_is_read_with_folded_lines_short_names_and_lists():
    message = parse(
        b"SIP/2.0 423 Interval  Too Brief\r\nv: SIP/2.0/UDP a;branch=1,\r\n SIP/2.0/UDP b\r\nMIN-EXPIRES :  120 \r\n"
        b'm: "A, B" <sip:a@x;q=1,2>;expires=5\r\nContact: <sip:b@x>\r\n\r\nbody'
    )
    assert (message.status, message.reason, message.method) == (423, "Interval  Too Brief", "")
    assert message.listed("via") == ["SIP/2.0/UDP a;branch=1", "SIP/2.0/UDP b"]
    assert message.number("min-expires") == 120
    assert [address(one) for one in message.listed("contact")] == ["sip:a@x;q=1,2", "sip:b@x"]
    assert parameters(message.listed("contact")[0]) == {"expires": "5"}
    assert str(message) == "423 Interval Too Brief"


def test_a_request_that_comes_is_told_from_an_answer_and_can_be_answered():
    message = parse(b"INVITE sip:me@here SIP/2.0\r\nVia: a\r\nVia: b\r\nTo: <sip:me@here>\r\nCSeq: 1 INVITE\r\n\r\n")
    assert (message.status, message.method) == (0, "INVITE")
    assert answer_to(message, 480, "Temporarily Unavailable", tag="t").decode() == (
        "SIP/2.0 480 Temporarily Unavailable\r\nVia: a\r\nVia: b\r\nTo: <sip:me@here>;tag=t\r\nCSeq: 1 INVITE\r\n"
        "Content-Length: 0\r\n\r\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02",
        b"HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"SIP/2.0 20 OK\r\n\r\n",
        b"SIP/2.0 2000 OK\r\n\r\n",
        b"SIP/3.0 200 OK\r\n\r\n",
        b"SIP/2.0 200 OK\r\nno colon\r\n\r\n",
        b"SIP/2.0 200 OK\nVia: x\n\n",
        OK + b"X: a\x00b\r\n\r\n",
        OK + b"X: " + b"a" * HEAD_LONGEST + b"\r\n\r\n",
        OK + b"X: 1\r\n" * 300,
    ],
)
def test_what_is_not_sip_or_too_much_of_it_is_refused(data):
    with pytest.raises(NotSip):
        parse(data)


def test_bytes_that_are_not_utf_8_come_back_as_they_were_and_are_shown_as_blanks():
    message = parse(b"SIP/2.0 200 \xff\xfe\r\nX: \xe9\r\n\r\n")
    assert message.first("x").encode("utf-8", "surrogateescape") == b"\xe9"
    assert str(message) == "200"


@pytest.mark.parametrize(("value", "number"), [("60", 60), ("60;x", 60), ("", None), ("-1", None), ("9" * 30, None)])
def test_a_number_is_sensible_or_none(value, number):
    assert Message({"expires": (value,)}).number("expires") == number


def test_a_list_is_divided_outside_of_quotes_and_brackets_only():
    assert divided('a, "b, \\", c" <d,e>,, f', ",") == ["a", '"b, \\", c" <d,e>', "f"]


def test_what_is_shown_is_one_line_of_a_bounded_length():
    assert shown("a\r\n\x1b[31mb\u202e" + "c" * 300, 20) == "a [31mb ccccccccccc…"


@given(st.binary(max_size=2000))
def test_whatever_comes_is_read_or_refused(data):
    with contextlib.suppress(NotSip):
        parse(data)


@given(
    st.integers(100, 699),
    st.lists(
        st.tuples(
            st.from_regex(r"X-[A-Za-z0-9-]{1,12}", fullmatch=True),
            st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60),
        ),
        max_size=20,
    ),
)
def test_what_was_written_is_what_is_read(status, headers):
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    message = parse(f"SIP/2.0 {status} Whatever\r\n{lines}\r\n".encode())
    assert message.status == status
    for name in {name.lower() for name, _ in headers}:
        assert message.all(name) == tuple(value.strip() for other, value in headers if other.lower() == name)


@given(st.text(max_size=200))
def test_any_value_can_be_divided_and_searched_for_parameters(text):
    assert all(part for part in divided(text, ","))
    parameters(text)
    address(text)
    assert len(shown(text, 50)) <= 50
