import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.languages import dutch
from voipdesk.core.errors import BadInput
from voipdesk.core.sip import SipAccount
from voipdesk.core.sip_settings import SipSettings, Transport, settings_of


def made(**values):
    return SipSettings(**{"username": "1001", "domain": "sip.example.com"} | values)


@pytest.mark.parametrize(
    ("domain", "host", "port"),
    [
        ("sip.example.com", "sip.example.com", None),
        ("SIP_1.example:5070", "SIP_1.example", 5070),
        ("192.0.2.7:1", "192.0.2.7", 1),
        ("[2001:db8::7]", "[2001:db8::7]", None),
        ("[2001:db8::7]:65535", "[2001:db8::7]", 65535),
    ],
)
def test_a_domain_is_a_host_with_a_port_or_without(domain, host, port):
    settings = made(domain=f" {domain} ")
    assert (settings.domain, settings.host, settings.port) == (domain, host, port)
    assert made(outbound_proxy=domain).outbound_proxy == domain


@pytest.mark.parametrize(
    "domain",
    [
        *("sip example.com", "sip.example.com/x", "example.com;transport=tcp", "sip:example.com", "a@b", "<a>", "a..b"),
        *("a:", "a:0", "a:65536", "a:99999999999999", "a:５", "a:1:2", "[::1", "[::1]x", "[fe80::1%eth0]", "[1.2.3.4]"),
        *("-a.example", "münchen.example", "a" * 64, ".".join(["abcdefgh"] * 29), "%", '"', "."),
    ],
)  # fmt: skip
def test_what_is_no_domain_is_refused(domain):
    with pytest.raises(BadInput, match="domain"):
        made(domain=domain)
    with pytest.raises(BadInput, match="outbound proxy") as refused:
        made(outbound_proxy=domain)
    assert refused.value.field == "outbound_proxy"


@pytest.mark.parametrize("username", ["a b", "a@b", "a<b", 'a"b', "a%41", "ä", "a:b", "a#b", "a\\b", "[a]", "^"])
def test_a_user_name_that_no_sip_address_carries_is_refused(username):
    with pytest.raises(BadInput, match="user name"):
        made(username=username)


def test_user_name_and_domain_are_needed():
    with pytest.raises(BadInput, match="The user name is missing") as refused:
        made(username=" ")
    assert refused.value.field == "username"
    with pytest.raises(BadInput, match="The domain is missing") as refused:
        made(domain="")
    assert refused.value.field == "domain"


@pytest.mark.parametrize("bad", ["\n", "\r", "\0", "\t", "\x7f", "\x85", "\u2028", "\u2029", "\ud800", "\uffff"])
@pytest.mark.parametrize("field", ["password", "display_name", "label", "auth_username", "username", "domain"])
def test_no_field_has_a_line_break_or_what_cannot_be_typed(field, bad):
    with pytest.raises(BadInput) as refused:
        made(**{field: f"se{bad}cret"})
    assert refused.value.field == field
    assert "secret" not in str(refused.value)
    assert field != "password" or "cret" not in str(refused.value)


def test_what_turns_text_around_is_for_passwords_alone():
    assert made(password="a\u202eb").password == "a\u202eb"
    with pytest.raises(BadInput, match="reverses"):
        made(display_name="a\u202eb")


def test_too_long_is_refused():
    made(password="x" * 255)
    with pytest.raises(BadInput, match="longer than 255"):
        made(password="x" * 256)


def test_blanks_around_stay_with_the_password_alone():
    settings = made(username=" 1001 ", password=" p ", display_name=" Ann ", auth_username=" 1001 ", label=" L ")
    assert (settings.username, settings.password, settings.display_name) == ("1001", " p ", "Ann")
    assert (settings.auth_username, settings.auth_name, settings.label) == ("", "1001", "L")
    assert made(auth_username="other").auth_name == "other"


def test_it_is_called_by_its_label_else_by_whose_it_is_else_by_its_address():
    assert made(label="Desk", display_name="Ann").title == "Desk"
    assert made(display_name="Ann").title == "Ann"
    assert made(domain="sip.example.com:5070").title == "1001@sip.example.com"


def test_a_password_is_in_no_repr():
    assert "hunter2" not in repr(made(password="hunter2"))


def test_a_transport_is_one_of_three():
    assert made(transport="tls").transport is Transport.TLS
    with pytest.raises(ValueError, match="sctp"):
        made(transport="sctp")


def test_a_services_account_becomes_settings():
    account = SipAccount("1", "1001", "pw", "Ann\nLee\u202e", domain="sip.example.com", outbound_proxy="192.0.2.1:4060")
    settings = settings_of(account)
    assert settings == made(password="pw", display_name="Ann Lee", outbound_proxy="192.0.2.1:4060")
    other = settings_of(account, domain="pbx.example", outbound_proxy="p.example", transport=Transport.TCP)
    assert (other.domain, other.outbound_proxy, other.transport) == ("pbx.example", "p.example", Transport.TCP)


def test_one_that_is_to_be_encrypted_uses_tls_unless_told_otherwise():
    account = SipAccount("1", "1001", domain="sip.example.com", encrypted=True)
    assert (settings_of(account).transport, settings_of(account).srtp) == (Transport.TLS, True)
    assert settings_of(account, transport=Transport.TCP).transport is Transport.TCP


@given(st.text(), st.text(), st.text(), st.text())
def test_any_text_is_taken_or_refused_in_a_sentence(username, domain, password, name):
    try:
        settings = SipSettings(username, domain, password, name)
    except BadInput:
        return
    assert settings.password == password
    assert all(c.isprintable() or c == "\xa0" or not c.isspace() for c in settings.address + settings.title)


def test_a_sentence_about_a_field_has_the_article_of_its_language():
    texts = {
        "The domain": "Het domein",
        "{subject} “{text}” is not a host name or address.": "{subject} “{text}” is geen hostnaam of adres.",
    }
    with dutch(texts), pytest.raises(BadInput, match=r"^Het domein “a b” is geen hostnaam"):
        made(domain="a b")
