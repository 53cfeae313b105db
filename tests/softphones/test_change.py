"""An account added to a softphone's own configuration leaves all others as they were, byte by byte."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.softphones.any_settings import ANY_SETTINGS, made
from voipdesk.core.errors import BadInput
from voipdesk.softphones.configuration import AlreadySetUp
from voipdesk.softphones.registry import with_configuration
from voipdesk.softphones.sections import Sections

BARESIP = (
    b'# mine\n<sip:2000@other.example>;auth_pass=x\n"A" <sip:1001@sip.example.com:5070;transport=tcp>;auth_pass=old'
)
LINPHONE = (
    b"[misc]\nuuid=\xff\xfe\n\n[proxy_0]\nreg_proxy=<sip:other.example>\nreg_identity=<sip:2000@other.example>\n"
    b"[auth_info_0]\nusername=2000\ndomain=other.example\npasswd=x\n[sip]\ndefault_proxy=0\n"
    b'[proxy_1]\nreg_identity="A" <sip:1001@sip.example.com>\nreg_route=<sip:old>\nmine=1\n'
    b"[auth_info_1]\nusername=1001\ndomain=sip.example.com\nha1=old\nrealm=old\n\n[video]\nsize=vga\n"
)
TWINKLE = {
    "a.cfg": b"user_name=2000\nuser_domain=other.example\nauth_pass=x\n",
    "1001@sip.example.com.cfg": b"# mine\nuser_name=1001\nuser_domain=sip.example.com:5070\nauth_pass=old\nring=mine\n",
}
GNOME = b"[sip-00]\nUser=2000\nHost=other.example\n\n[mine]\nUser=1001\nHost=SIP.example.com\nProxy=old\nCanTel=true\n"
FILES = {
    "baresip": {"accounts": BARESIP},
    "linphone": {"linphonerc": LINPHONE},
    "twinkle": TWINKLE,
    "gnome-calls": {"sip-account.cfg": GNOME},
}
ANOTHER = made(username="3000", domain="third.example", password="hunter2")
SAME = made(password="hunter2", domain="sip.example.com")


def change(client, files, settings, *, with_password=True, replace=False):
    return with_configuration(client).change(files, settings, with_password=with_password, replace=replace)


@pytest.mark.parametrize("client", FILES)
def test_a_new_account_stands_beside_the_others(client):
    changed = change(client, FILES[client], ANOTHER)
    assert not changed.replaced
    assert b"3000" in changed.content
    before = FILES[client].get(changed.name, b"")
    rest = [line for line in changed.content.split(b"\n") if line]
    assert [line for line in before.split(b"\n") if line] == [line for line in rest if line in before.split(b"\n")][
        : len([line for line in before.split(b"\n") if line])
    ]
    assert (b"hunter2" in changed.content) == (client != "gnome-calls")
    assert b"hunter2" not in change(client, FILES[client], ANOTHER, with_password=False).content


@pytest.mark.parametrize("client", FILES)
def test_the_first_account_needs_no_file(client):
    changed = change(client, {}, ANOTHER)
    assert b"3000" in changed.content
    assert not changed.replaced
    assert change(client, {changed.name: b""}, ANOTHER).content == changed.content


@pytest.mark.parametrize("client", FILES)
def test_one_that_is_there_is_said_and_replaced_only_when_asked_for(client):
    with pytest.raises(AlreadySetUp, match="already has the account 1001@sip"):
        change(client, FILES[client], SAME)
    changed = change(client, FILES[client], SAME, replace=True)
    assert changed.replaced
    assert changed.name in FILES[client]
    assert b"old" not in changed.content
    again = change(client, {**FILES[client], changed.name: changed.content}, SAME, replace=True)
    assert again.content == changed.content
    for kept in (b"2000", b"# mine", b"ring=mine", b"mine=1", b"size=vga", b"CanTel=true", b"[mine]", b"uuid=\xff\xfe"):
        assert (kept in FILES[client][changed.name]) == (kept in changed.content)


def test_linphone_gets_the_next_number_and_keeps_which_account_is_its_first():
    sections = Sections(change("linphone", FILES["linphone"], ANOTHER).content.decode("utf-8", "replace"))
    assert sections.values("proxy_2")["reg_identity"] == "<sip:3000@third.example>"
    assert sections.values("auth_info_2")["passwd"] == "hunter2"
    assert sections.values("sip")["default_proxy"] == "0"
    first = Sections(change("linphone", {}, ANOTHER).content.decode())
    assert first.values("sip")["default_proxy"] == "0"
    assert first.values("proxy_0")["reg_identity"] == "<sip:3000@third.example>"


def test_linphone_signs_in_with_the_new_password_not_with_what_was_made_of_the_old():
    sections = Sections(change("linphone", FILES["linphone"], SAME, replace=True).content.decode("utf-8", "replace"))
    assert sections.values("auth_info_1") == {
        "username": "1001",
        "userid": "1001",
        "domain": "sip.example.com",
        "passwd": "hunter2",
    }
    assert "reg_route" not in sections.values("proxy_1")


def test_linphones_own_file_loses_a_blank_so_it_is_refused():
    with pytest.raises(BadInput, match="loses a blank"):
        change("linphone", {}, made(password="hunter2 "))


def test_twinkle_has_a_file_for_each_and_a_name_that_is_taken_is_not():
    other = {"1001@sip.example.com.cfg": b"user_name=9\nuser_domain=x\n"}
    changed = change("twinkle", other, SAME)
    assert changed.name == "1001@sip.example.com-2.cfg"


def test_a_group_of_gnome_calls_has_a_name_of_its_own():
    assert b"\n[sip-01]\n" in change("gnome-calls", FILES["gnome-calls"], ANOTHER).content
    assert change("gnome-calls", {}, ANOTHER).content.startswith(b"[sip-00]\n")


def test_what_is_set_up_by_file_is_said():
    with pytest.raises(BadInput, match="MicroSIP is not set up from here"):
        with_configuration("microsip")


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ["[proxy_0]", "[sip]", "default_proxy=0", "user_name=1001", "# x", "", "[auth_info_0]", "a=b=c"]
        ),
        st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12),
    ),
    max_size=12,
).map("\n".join)


@pytest.mark.parametrize("client", FILES)
@given(text=LINES, settings=ANY_SETTINGS)
def test_no_line_of_any_file_is_lost_and_no_value_becomes_a_line(client, text, settings):
    name = next(iter(FILES[client]))
    files = {name: text.encode()}
    try:
        changed = change(client, files, settings)
    except BadInput:
        return
    new = re.split("\n", changed.content.decode())
    if changed.name == name:
        left = iter(new)
        lost = [line for line in text.split("\n") if line and line not in left]
        assert set(lost) <= {"default_proxy=0"}
    added = len(new) - (text.count("\n") + 2 if changed.name == name else 1)
    assert added <= 24
    with pytest.raises(AlreadySetUp):
        change(client, {**files, changed.name: changed.content}, settings)
