"""The line is read back as baresip's account.c and re_regex do: quotes end at the next quote, parameters at “;”."""

import re

import pytest
from hypothesis import given

from tests.softphones.any_settings import ANY_SETTINGS, PASSWORDS, made
from voipdesk.core.errors import BadInput
from voipdesk.softphones import baresip


def read(line):
    assert line.count("\n") == 1
    assert line.endswith("\n")
    match = re.fullmatch(r'(?:"([^"]*)"\s*)?<sip:([^@>;?]+)@([^>;?]+);transport=([a-z]+)>((?:;.*)?)\n', line)
    assert match, "not an account's line"
    rest, params = match[5], {}
    while rest:
        param = re.match(r';([a-z_]+)=(?:"([^"]*)"|([^";]*))(?=;|$)', rest)
        assert param, "a value broke out of its quotes"
        assert param[1] not in params
        params[param[1]] = param[2] if param[2] is not None else param[3]
        rest = rest[param.end() :]
    return {"name": match[1] or "", "user": match[2], "domain": match[3], "transport": match[4], **params}


@given(ANY_SETTINGS)
def test_any_account_is_read_back_or_refused(settings):
    try:
        made_file = baresip.set_up(settings, with_password=True)
    except BadInput:
        assert '"' in settings.password + settings.display_name + settings.auth_username or any(
            c in settings.username for c in ";?"
        )
        return
    found = read(made_file.text)
    assert (found["name"], found["user"], found["domain"]) == (
        settings.display_name,
        settings.username,
        settings.domain,
    )
    assert (found["auth_user"], found["auth_pass"]) == (settings.auth_name, settings.password)
    assert found["transport"] == settings.transport
    assert found.get("outbound", "").split(";")[0] == (settings.outbound_proxy and f"sip:{settings.outbound_proxy}")
    assert ("mediaenc" in found) == settings.srtp


def test_without_the_password_it_is_asked_for():
    made_file = baresip.set_up(made(), with_password=False)
    assert "auth_pass" not in made_file.text
    assert "hunter2" not in made_file.text
    assert not made_file.has_password
    assert "asks for it" in " ".join(made_file.notes)


def test_a_quote_is_refused_with_the_reason_and_what_to_do():
    with pytest.raises(BadInput, match='password: its file cannot hold the character "') as refused:
        baresip.set_up(made(password='a"b'), with_password=True)
    assert "leave it out" in refused.value.advice
    baresip.set_up(made(password='a"b'), with_password=False)


def test_more_than_a_line_is_refused():
    with pytest.raises(BadInput, match="longer than a line"):
        baresip.set_up(made(password="€" * 255, display_name="€" * 255), with_password=True)


@pytest.mark.parametrize("password", [p for p in PASSWORDS if '"' not in p])
def test_passwords_that_break_out_elsewhere_are_taken(password):
    assert read(baresip.set_up(made(password=password), with_password=True).text)["auth_pass"] == password
