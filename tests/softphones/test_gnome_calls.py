"""The file is read back by the rules of GLib's key files: a backslash escapes, blanks before a value are lost."""

import re
import shlex

import pytest
from hypothesis import given

from tests.softphones.any_settings import ANY_SETTINGS, PASSWORDS, made
from voipdesk.core.errors import BadInput
from voipdesk.softphones import gnome_calls

ESCAPES = {"\\s": " ", "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}


def read(text):
    head, *lines, last = text.split("\n")
    assert re.fullmatch(r"\[[a-z0-9-]+\]", head)
    assert last == ""
    found = {}
    for line in lines:
        key, equals, value = line.partition("=")
        assert equals
        assert re.fullmatch(r"[A-Za-z]+", key)
        assert key not in found
        found[key] = re.sub(r"\\.", lambda m: ESCAPES[m[0]], value.lstrip(" \t"))
    return found


@given(ANY_SETTINGS)
def test_any_account_is_read_back_or_refused(settings):
    try:
        made_file = gnome_calls.set_up(settings, with_password=True)
    except BadInput:
        assert (
            settings.auth_username
            or '"' in settings.display_name
            or {*";?,"} & {*settings.username}
            or (":" in settings.password)
        )
        return
    found = read(made_file.text)
    assert (found["User"], found["Host"], found["Port"]) == (settings.username, settings.host, str(settings.port or 0))
    assert found["DisplayName"] == (settings.display_name or settings.username)
    assert found.get("Proxy", "") == settings.outbound_proxy
    assert found["Protocol"] == settings.transport.upper()
    assert (found["MediaEncryption"] == "2") == settings.srtp


@pytest.mark.parametrize("password", PASSWORDS)
def test_the_password_is_never_in_it_and_it_is_said_where_it_goes(password):
    made_file = gnome_calls.set_up(made(password=password), with_password=":" not in password)
    assert password not in made_file.text
    assert password not in " ".join(made_file.notes)
    assert not made_file.has_password
    assert "keyring" in made_file.notes[-1]


def test_the_command_for_the_keyring_holds_any_user_name():
    note = gnome_calls.set_up(made(username="$(id)'x"), with_password=False).notes[-1]
    words = shlex.split(note[note.index("secret-tool store") :])
    assert words[:2] == ["secret-tool", "store"]
    assert words[3:] == ["server", "sip.example.com", "username", "$(id)'x", "protocol", "sip"]
