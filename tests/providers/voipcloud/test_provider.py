"""VoIPcloud as a vendor."""

from datetime import timedelta

import pytest

from tests.fakes.request_budget import FakeBudget
from voipdesk.core.accounts import Account, CanTest
from voipdesk.core.budget import Limit
from voipdesk.core.call_log import HasCallLog, Source
from voipdesk.core.dial import CanDial
from voipdesk.core.errors import BadInput, SecretMissing
from voipdesk.core.status import HasStatus
from voipdesk.providers.registry import providers

PROVIDER = providers()["voipcloud"]


def account(my_number="1010", **settings):
    return Account("1", "Office", "voipcloud", my_number, {"base_url": "https://au.voipcloud.online", **settings})


def test_its_secrets_and_settings_are_told_apart():
    assert [f.key for f in PROVIDER.vendor.secrets] == ["api_key"]
    assert [f.key for f in PROVIDER.vendor.settings] == [
        "base_url",
        "api_version",
        "post_encoding",
        "time_zone",
        "request_limit",
        "request_window_s",
    ]
    assert [f.key for f in PROVIDER.vendor.fields if f.fixed] == ["api_version"]


def test_the_limit_is_a_setting():
    assert PROVIDER.limit(account()) == Limit(100, timedelta(minutes=15))
    assert PROVIDER.limit(account(request_limit="7", request_window_s="60")) == Limit(7, timedelta(minutes=1))


def test_a_client_has_the_capabilities_that_were_announced():
    client = PROVIDER.connect(account(), {"api_key": "some-key"}, FakeBudget())
    assert PROVIDER.capabilities(account()) == {CanTest, CanDial, HasCallLog, HasStatus}
    assert all(isinstance(client, capability) for capability in (CanDial, HasCallLog, HasStatus))
    assert PROVIDER.call_sources(account()) == (Source.USER, Source.QUEUE, Source.RING_GROUP)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"base_url": "http://au.voipcloud.online"}, "https://"),
        ({"base_url": "https://au.voipcloud.online/api/integration/v1"}, "before /api/integration"),
        ({"api_version": "v3"}, "v1, v2"),
        ({"time_zone": "Nowhere"}, "not known"),
        ({"my_number": "ann"}, "your own number"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(settings, words):
    for use in (PROVIDER.check, lambda a: PROVIDER.connect(a, {"api_key": "k"}, FakeBudget())):
        with pytest.raises(BadInput) as caught:
            use(account(**settings))
        assert words in str(caught.value)
        assert [caught.value.field] == list(settings)


@pytest.mark.parametrize("key", ["ab cd", "clé", "a\nb", "\x00"])
def test_a_key_no_header_can_carry_is_refused_without_being_shown(key):
    with pytest.raises(BadInput) as caught:
        PROVIDER.connect(account(), {"api_key": key}, FakeBudget())
    assert key not in str(caught.value)
    assert caught.value.field == "api_key"


def test_no_key_is_a_missing_secret():
    with pytest.raises(SecretMissing) as caught:
        PROVIDER.connect(account(), {}, FakeBudget())
    assert caught.value.field == "api_key"


def test_a_key_is_taken_without_the_blanks_it_was_copied_with():
    PROVIDER.connect(account(time_zone="Australia/Sydney"), {"api_key": " some-key\n"}, FakeBudget())
