"""No secret of a service's object is shown."""

import pytest

from voipdesk.core.blanking import BLANK, blanked, is_secret


@pytest.mark.parametrize(
    "field",
    [
        "password",
        "user_password",
        "Password",
        "passwd",
        "client_secret",
        "api_key",
        "pin",
        "voicemail_pin",
        "passwords",
        "pin_code",
        "privateKey",
        "credentials",
    ],
)
def test_a_secret_is_known_by_its_fields_name(field):
    assert is_secret(field)


@pytest.mark.parametrize("field", ["user_name", "pinned", "spinning", "password_changed_on", "name", "extension"])
def test_other_fields_are_not_taken_for_secrets(field):
    assert not is_secret(field)


def test_secrets_are_blanked_however_deep_and_the_original_is_left_alone():
    raw = {
        "name": "a",
        "users": [{"name": "admin", "password": "p1"}],
        "password": None,
        "pin": "",
        "n": {"secret": {"x": 1}},
    }
    assert blanked(raw) == {
        "name": "a",
        "users": [{"name": "admin", "password": BLANK}],
        "password": None,
        "pin": "",
        "n": {"secret": BLANK},
    }
    assert raw["users"] == [{"name": "admin", "password": "p1"}]
