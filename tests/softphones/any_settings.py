"""Settings with anything in them that SIP can carry, and passwords that break out of careless formats."""

import string

from hypothesis import strategies as st

from voipdesk.core.sip_settings import SipSettings, Transport

PASSWORDS = (
    "plain",
    "two words",
    " leading",
    "trailing ",
    'qu"ote',
    '"quoted"',
    "'quoted'",
    "it's",
    "se;mi;auth_user=x",
    "a>b<c</passwd>",
    "]]>&amp;&#10;",
    "pc%t%41%n",
    "ba\\sl\\n",
    "pä€ssü",
    "ha#sh ;x",
    "[x]",
    "e=q",
    "a&b,c:d@e",
    "x" * 64,
)
_TEXT = st.one_of(
    st.text("\"'\\;<>%&=#[](){},:@ \xa0üa", max_size=12),  # alone, or they would be lost among all that there is
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Cf"]), max_size=40),
)
_USER = st.text(string.ascii_letters + string.digits + "_.!~*'()&=+$,;?/-", min_size=1, max_size=20)
_HOST = st.sampled_from(["sip.example.com", "192.0.2.7", "[2001:db8::7]"])
_SERVER = st.builds("".join, st.tuples(_HOST, st.sampled_from(["", ":5070", ":65535"])))

ANY_SETTINGS = st.builds(
    SipSettings,
    username=_USER,
    domain=_SERVER,
    password=st.one_of(st.sampled_from(PASSWORDS), _TEXT.filter(bool)),
    display_name=_TEXT,
    label=_TEXT,
    auth_username=st.one_of(st.just(""), _TEXT),
    outbound_proxy=st.one_of(st.just(""), _SERVER),
    transport=st.sampled_from(Transport),
    srtp=st.booleans(),
)


def made(**values):
    return SipSettings(**{"username": "1001", "domain": "sip.example.com", "password": "hunter2"} | values)
