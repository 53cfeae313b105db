"""Settings are checked by what a vendor's fields declare."""

import pytest

from voipdesk.core.accounts import Account, Field, FieldKind, Vendor
from voipdesk.core.errors import BadInput
from voipdesk.providers.provider import check_settings, setting

VENDOR = Vendor(
    "acme",
    "Acme",
    (
        Field("word", "Word", FieldKind.SECRET, required=True),
        Field("url", "Address", FieldKind.URL, required=True, help="From the portal."),
        Field("size", "Size", FieldKind.NUMBER, default="5", minimum=1, maximum=9),
        Field("shape", "Shape", FieldKind.CHOICE, default="round", choices=("round", "square")),
        Field("zone", "Zone", FieldKind.TIME_ZONE),
        Field("note", "Note"),
        Field("low", "Least", FieldKind.AMOUNT),
        Field("path", "Path", FieldKind.PATH),
        Field("host", "Host", FieldKind.HOST),
    ),
)


def account(**settings: str) -> Account:
    return Account("1", "Acme", "acme", settings={"url": "https://acme.example", **settings})


def test_defaults_count_where_nothing_or_only_blanks_are_set():
    assert setting(VENDOR, account(), "size") == "5"
    assert setting(VENDOR, account(size=" "), "size") == "5"
    assert setting(VENDOR, account(size=" 7 "), "size") == "7"


def test_settings_that_can_be_right_pass():
    check_settings(VENDOR, account(size="9", shape="square", zone="Australia/Sydney", note="any thing"))
    for host in ("sip.example.com", "sip.example.com:5061", "192.0.2.1", "[2001:db8::1]:5060", "pbx_1"):
        check_settings(VENDOR, account(low="10.50", path="/voip/call-v2/x_~.y", host=host))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("url", "", "Address is missing"),
        ("url", "http://acme.example", "https://"),
        ("size", "0", "the least is 1"),
        ("size", "10", "the most is 9"),
        ("size", "-1", "no whole number"),
        ("size", "1_0", "no whole number"),
        ("size", "٣", "no whole number"),
        ("size", "9999999999", "no whole number"),
        ("shape", "oval", "round, square"),
        ("zone", "Mars/Olympus", "not known"),
        ("zone", "../etc/passwd", "not known"),
        ("zone", "/etc/passwd", "not known"),
        ("zone", "Australia", "not known"),
        ("zone", "a\x00b", "not known"),
        ("low", "ten", "Least: “ten” is no amount"),
        ("low", "-1", "no amount"),
        ("low", "1,000", "two ways"),
        ("path", "voip/call", "no path"),
        ("path", "/voip/call/", "no path"),
        ("path", "/voip/../admin", "no path"),
        ("path", "/voip?x=1", "no path"),
        ("path", "/voip call", "no path"),
        ("path", "//evil.example/x", "no path"),
        ("host", "sip:example.com", "no host name"),
        ("host", "example.com/x", "no host name"),
        ("host", "user@example.com", "no host name"),
        ("host", "exa mple", "no host name"),
        ("host", "example.com:port", "no host name"),
    ],
)
def test_settings_that_cannot_be_right_are_named(key, value, said):
    with pytest.raises(BadInput) as caught:
        check_settings(VENDOR, account(**{key: value}))
    assert said in str(caught.value)
    assert caught.value.field == key
