"""Answers to challenges are those of the RFCs' own examples; what is asked is read as servers write it."""

import hashlib

import pytest

from voipdesk.sip.digest import Challenge, Credentials, challenges, to_answer
from voipdesk.sip.message import Message

RFC_7616 = {
    "realm": "http-auth@example.org",
    "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
    "qop": ("auth", "auth-int"),
}
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


def response(credentials: Credentials, challenge: Challenge, cnonce: str, uri: str = "/dir/index.html") -> str:
    header, value = credentials.answer(challenge, "GET", uri, cnonce=cnonce)
    assert header == "Authorization"
    return value.split('response="')[1].partition('"')[0]


@pytest.mark.parametrize(
    ("algorithm", "expected"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
        ("sha-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_it_is_the_one_of_rfc_7616(algorithm, expected):
    challenge = Challenge(**RFC_7616, algorithm=algorithm, header="Authorization")
    assert response(Credentials("Mufasa", "Circle of Life"), challenge, CNONCE) == expected


def test_it_is_the_one_of_rfc_2617():
    challenge = Challenge("testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093", "Authorization", qop=("auth",))
    assert (
        response(Credentials("Mufasa", "Circle Of Life"), challenge, "0a4f113b") == "6629fae49393a05397450978507c4ef1"
    )


def test_sha_512_256_is_the_hash_of_that_name_and_not_half_of_sha_512():
    challenge = Challenge("r", "n", "Authorization", algorithm="SHA-512-256", qop=("auth",))

    def hashed(text: str) -> str:
        return hashlib.new("sha512_256", text.encode()).hexdigest()

    expected = hashed(f"{hashed('ü:r:p')}:n:00000001:c:auth:{hashed('GET:sip:r')}")
    assert response(Credentials("ü", "p"), challenge, "c", "sip:r") == expected


def test_without_qop_it_is_the_older_kind_and_names_no_count():
    value = Credentials("u", "p").answer(Challenge("r", "n", "Authorization"), "REGISTER", "sip:r")[1]
    secret, request = (hashlib.md5(text).hexdigest() for text in (b"u:r:p", b"REGISTER:sip:r"))
    expected = hashlib.md5(f"{secret}:n:{request}".encode()).hexdigest()
    assert value == f'Digest username="u", realm="r", nonce="n", uri="sip:r", response="{expected}"'


def test_a_session_s_secret_has_both_nonces_in_it():
    challenge = Challenge("r", "n", "Authorization", algorithm="MD5-sess", qop=("auth",))
    found = response(Credentials("u", "p"), challenge, "c", "sip:r")
    secret = hashlib.md5(hashlib.md5(b"u:r:p").hexdigest().encode() + b":n:c").hexdigest()
    request = hashlib.md5(b"GET:sip:r").hexdigest()
    assert found == hashlib.md5(f"{secret}:n:00000001:c:auth:{request}".encode()).hexdigest()


def test_only_auth_int_is_answered_with_the_hash_of_no_body():
    challenge = Challenge("r", "n", "Authorization", qop=("auth-int",))
    found = response(Credentials("u", "p"), challenge, "c", "sip:r")
    secret, body = hashlib.md5(b"u:r:p").hexdigest(), hashlib.md5(b"").hexdigest()
    request = hashlib.md5(f"GET:sip:r:{body}".encode()).hexdigest()
    assert found == hashlib.md5(f"{secret}:n:00000001:c:auth-int:{request}".encode()).hexdigest()


def test_each_use_of_a_nonce_is_counted_and_has_a_random_of_its_own():
    credentials, challenge = Credentials("u", "p"), Challenge("r", "n", "Authorization", qop=("auth",))
    first, second = (credentials.answer(challenge, "REGISTER", "sip:r")[1] for _ in range(2))
    assert "nc=00000001" in first
    assert "nc=00000002" in second
    assert first.split("cnonce=")[1] != second.split("cnonce=")[1]


def test_a_name_with_quotes_does_not_break_out():
    value = Credentials('a"b\\c', "p").answer(Challenge("r", "n", "Authorization"), "REGISTER", "sip:r")[1]
    assert value.startswith(r'Digest username="a\"b\\c", realm="r"')


def test_the_password_is_not_shown_by_accident():
    assert "hunter2" not in repr(Credentials("u", "hunter2"))


def asked(*values: str, status: int = 401) -> list[Challenge]:
    name = "www-authenticate" if status == 401 else "proxy-authenticate"
    return challenges(Message({name: values}, status=status))


def test_a_challenge_is_read_as_servers_write_them():
    (found,) = asked(
        'digest Realm="a \\"b\\", c", NONCE="x=,y" , opaque="", algorithm=md5 ,qop="auth,auth-int",stale=TRUE, other=1'
    )
    assert found == Challenge(
        'a \\"b\\", c', "x=,y", "Authorization", algorithm="md5", qop=("auth", "auth-int"), opaque="", stale=True
    )
    assert found.shown_realm == 'a "b", c'
    assert asked('Digest realm="r",nonce="n"', status=407)[0].header == "Proxy-Authorization"


@pytest.mark.parametrize(
    "value",
    ["", 'Basic realm="r"', "Digest", 'Digest realm="r"', 'Digest nonce="n"', 'Digest realm="r, nonce="n"',
     'Digest realm="r" nonce="n"', 'Digest realm="r", nonce="n", algorithm="M D5"', 'Digest realm="r", nonce="n", "x"'],
)  # fmt: skip
def test_what_is_no_whole_challenge_is_left_out(value):
    assert asked(value) == []


def test_the_first_that_can_be_answered_is_chosen_for_each_realm():
    offered = [f'Digest realm="a", nonce="{name}", algorithm={name}' for name in ("AKAv1-MD5", "SHA-256", "MD5")]
    found = asked(*offered, 'Digest realm="b", nonce="n"')
    assert [(one.realm, one.algorithm) for one in to_answer(found)] == [("a", "SHA-256"), ("b", "")]


def test_a_quality_of_protection_that_is_not_known_is_not_answered():
    assert to_answer(asked('Digest realm="r", nonce="n", qop="token"')) == []
