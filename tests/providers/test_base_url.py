"""An account's base URL must not lead the key over the wire in the clear, nor to another place."""

import pytest

from voipdesk.core.errors import BadInput
from voipdesk.providers.base_url import check_base_url, host_of, is_loopback


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://au.voipcloud.online", "https://au.voipcloud.online"),
        (" https://au.voipcloud.online/ ", "https://au.voipcloud.online"),
        ("https://portal.example:8443/pbx/", "https://portal.example:8443/pbx"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://localhost:1", "http://localhost:1"),
        ("HTTPS://Portal.Example", "HTTPS://Portal.Example"),
    ],
)
def test_a_safe_address_is_kept(given, kept):
    assert check_base_url(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "",
        "au.voipcloud.online",
        "ftp://au.voipcloud.online",
        "http://au.voipcloud.online",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://2130706433",
        "https://",
        "https://user@au.voipcloud.online",
        "https://user:word@au.voipcloud.online",
        "https://@au.voipcloud.online",
        "https://au.voipcloud.online?x=1",
        "https://au.voipcloud.online?",
        "https://au.voipcloud.online#top",
        "https://au.voipcloud.online:99999",
        "https://au.voipcloud.online:port",
        "https://[::1",
        "https://au.voip cloud.online",
        "https://au.voipcloud.online\\@evil.example",
        "https://au.voipcloud.online/\u202e",
        "https://au.voip\tcloud.online",
    ],
)
def test_an_unsafe_address_is_refused(given):
    with pytest.raises(BadInput) as caught:
        check_base_url(given)
    assert caught.value.advice


def test_the_host_is_named_without_port():
    assert host_of("https://Portal.Example:8443/x") == "portal.example"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.255.0.1", "::1"])
def test_this_computer_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhost.", "0.0.0.0", "10.0.0.1", "128.0.0.1", "::2", "example.com", ""])
def test_others_are_not_loopback(host):
    assert not is_loopback(host)
