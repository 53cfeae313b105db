"""The profile is read back as Twinkle's user.cpp does: split at the first “=”, both sides trimmed, # is a comment."""

import pytest
from hypothesis import given

from tests.softphones.any_settings import ANY_SETTINGS, made
from voipdesk.core.errors import BadInput
from voipdesk.core.sip_settings import Transport
from voipdesk.softphones import twinkle


def read(text):
    found = {}
    for line in text.split("\n")[:-1]:
        assert not line.lstrip().startswith("#")
        key, equals, value = line.partition("=")
        assert equals
        assert key.strip() not in found
        found[key.strip()] = value.strip(" ")
    return found


@given(ANY_SETTINGS)
def test_any_account_is_read_back_or_refused(settings):
    try:
        found = read(twinkle.set_up(settings, with_password=True).text)
    except BadInput:
        blank = settings.password != settings.password.strip(" ")
        assert blank or "\\" in settings.display_name or settings.srtp or settings.transport is Transport.TLS
        return
    assert (found["user_name"], found["user_domain"]) == (settings.username, settings.domain)
    assert (found["auth_name"], found["auth_pass"]) == (settings.auth_name, settings.password)
    assert found.get("user_display", "") == settings.display_name
    assert found.get("outbound_proxy", "") == settings.outbound_proxy
    assert ("all_requests_to_proxy" in found) == bool(settings.outbound_proxy)
    assert found["sip_transport"] == settings.transport


@pytest.mark.parametrize(("values", "reason"), [({"transport": "tls"}, "TLS"), ({"srtp": True}, "TLS")])
def test_encryption_is_refused(values, reason):
    with pytest.raises(BadInput, match=reason):
        twinkle.set_up(made(**values), with_password=False)


def test_a_blank_at_the_passwords_end_is_refused_where_the_password_is_written():
    with pytest.raises(BadInput, match="begins or ends with a blank"):
        twinkle.set_up(made(password=" hunter2"), with_password=True)
    made_file = twinkle.set_up(made(password=" hunter2"), with_password=False)
    assert "hunter2" not in made_file.text
    assert "auth_pass" not in made_file.text
    assert "asks for it" in " ".join(made_file.notes)
