"""A secret in memory."""

import pytest

from voipdesk.providers.secret_text import SecretText


def test_a_secret_does_not_show_itself():
    secret = SecretText("hunter-2222")
    assert "hunter" not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == "hunter-2222"


def test_a_secret_is_blanked_where_others_repeat_it():
    assert SecretText("hunter-2222").redact("the key hunter-2222 is wrong") == "the key ••• is wrong"


@pytest.mark.parametrize("secret", ["", "wrong"])
def test_a_secret_that_may_be_a_common_word_blanks_nothing(secret):
    assert SecretText(secret).redact("the key is wrong") == "the key is wrong"
