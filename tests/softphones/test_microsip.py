"""The section is read back as Windows' GetPrivateProfileString reads it."""

from hypothesis import given

from tests.softphones.any_settings import ANY_SETTINGS, made
from voipdesk.softphones import microsip


def read(content):
    """Give the values by key: blanks around them go, then one pair of quotes."""
    assert content.startswith(b"\xff\xfe")
    head, *lines, last = content[2:].decode("utf-16-le").split("\r\n")
    assert (head, last) == ("[Account1]", "")
    found = {}
    for line in lines:
        assert not line.startswith(("[", ";"))
        assert "\n" not in line
        assert "\r" not in line
        key, equals, value = line.partition("=")
        assert equals
        assert key not in found
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        found[key] = value
    return found


@given(ANY_SETTINGS)
def test_any_account_is_read_back(settings):
    found = read(microsip.set_up(settings, with_password=True).content)
    assert found["password"] == settings.password
    assert (found["label"], found["displayName"]) == (settings.title, settings.display_name)
    assert (found["server"], found["domain"], found["proxy"]) == (
        settings.domain,
        settings.domain,
        settings.outbound_proxy,
    )
    assert (found["username"], found["authID"]) == (settings.username, settings.auth_username)
    assert found["transport"] == settings.transport
    assert (found["SRTP"] == "mandatory") == settings.srtp


def test_text_and_file_are_the_same():
    made_file = microsip.set_up(made(display_name="Zoë"), with_password=False)
    assert made_file.text.startswith("[Account1]\r\n")
    assert "displayName=Zoë\r\n" in made_file.text
    assert "hunter2" not in made_file.text
    assert read(made_file.content)["password"] == ""
    assert "Close MicroSIP first" in made_file.notes[0]
