"""Settings are checked by what a vendor's fields declare."""

import pytest

from tests.fakes.languages import dutch
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


def test_a_refused_setting_is_told_in_the_language_spoken_the_article_its_own():
    address = Field("url", "Address", FieldKind.URL, required=True, help="Ask.", subject="The address")
    vendor = Vendor("acme", "Acme", (address, Field("size", "Size", FieldKind.NUMBER, minimum=2)))
    texts = {
        "The address": "Het adres",
        "{subject} must begin with https://.": "{subject} moet beginnen met https://.",
        "Size": "Grootte",
        "{label} is {value}; the least is {minimum}.": "{label} is {value}; het minste is {minimum}.",
    }
    with dutch(texts):
        with pytest.raises(BadInput, match=r"^Het adres moet beginnen met https"):
            check_settings(vendor, account(url="ftp://acme.example"))
        with pytest.raises(BadInput, match=r"^Grootte is 1; het minste is 2\."):
            check_settings(vendor, account(size="1"))


def test_the_settings_file_has_one_decimal_sign_in_every_language():
    with dutch():
        check_settings(VENDOR, account(low="10.125"))
        with pytest.raises(BadInput, match="two ways"):
            check_settings(VENDOR, account(low="10,125"))
