"""Apidaze as a vendor: its settings, its limit, what its clients can do."""

import asyncio
from datetime import timedelta

import pytest

from tests.fakes.request_budget import FakeBudget
from voipdesk.core.accounts import Account, CanTest
from voipdesk.core.budget import Limit
from voipdesk.core.errors import BadInput, SecretMissing
from voipdesk.core.scripts import HasScripts
from voipdesk.core.sip import CanManageSipAccounts, HasSipAccounts, HasSipRegistration
from voipdesk.providers.registry import providers

PROVIDER = providers()["apidaze"]
OFFERED = {CanTest, HasSipAccounts, CanManageSipAccounts, HasSipRegistration, HasScripts}


def account(**settings):
    return Account("1", "KPN", "apidaze", "", {"client_id": "planted-id", **settings})


def test_its_fields_are_in_the_order_of_the_form():
    assert [field.key for field in PROVIDER.vendor.fields] == [
        *("client_id", "client_secret", "domain", "outbound_proxy", "base_url", "token_url"),
        *("request_limit", "request_window_s"),
    ]
    assert [field.key for field in PROVIDER.vendor.secrets] == ["client_secret"]
    defaults = {field.key: field.default for field in PROVIDER.vendor.fields}
    assert defaults["base_url"] == "https://api-prd.kpn.com/communication/apidaze/cpaas"
    assert defaults["outbound_proxy"] == "46.101.153.96:4060", "the vendor's own"
    assert defaults["token_url"] == "https://api-prd.kpn.com/oauth/client_credential/accesstoken"


@pytest.mark.parametrize(
    "given",
    [
        account(),
        account(base_url="http://127.0.0.1:8080/cpaas", token_url="http://localhost:8080/token"),
        account(domain="vm.9.apidaze.voip", outbound_proxy="sip.kpn.example:5060"),
    ],
)
def test_settings_that_can_be_right_pass(given):
    PROVIDER.check(given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (account(client_id=""), "Client ID is missing"),
        (account(client_id="a b"), "client ID has a blank"),
        (account(client_id="ä"), "client ID has a blank"),
        (account(base_url="http://api-prd.kpn.com"), "address of the service must begin with https://"),
        (account(token_url="http://api-prd.kpn.com"), "token address must begin with https://"),
        (account(token_url="https://api-prd.kpn.com/t?grant_type=x"), "token address must end before"),
        (account(domain="a b"), "no host name"),
        (account(outbound_proxy="sip:a@b"), "no host name"),
        (account(request_limit="0"), "least is 1"),
    ],
)
def test_settings_that_cannot_be_right_are_named(given, words):
    with pytest.raises(BadInput, match=words):
        PROVIDER.check(given)


@pytest.mark.parametrize("key", ["client_id", "base_url", "token_url", "domain", "outbound_proxy"])
def test_what_is_wrong_is_noted_for_its_field(key):
    with pytest.raises(BadInput) as caught:
        PROVIDER.check(account(**{key: "a b"}))
    assert caught.value.field == key


def test_an_address_without_https_is_answered_with_an_example_of_its_own():
    with pytest.raises(BadInput) as caught:
        PROVIDER.check(account(token_url="ftp://x"))
    assert "api-prd.kpn.com/oauth" in caught.value.advice


def test_the_limit_is_the_settings():
    assert PROVIDER.limit(account()) == Limit(600, timedelta(minutes=15))
    assert PROVIDER.limit(account(request_limit="7", request_window_s="60")) == Limit(7, timedelta(minutes=1))


def test_a_client_has_all_that_is_offered():
    client = PROVIDER.connect(account(), {"client_secret": "planted-secret"}, FakeBudget())
    assert PROVIDER.capabilities(account()) == OFFERED
    assert all(isinstance(client, capability) for capability in OFFERED)
    assert PROVIDER.call_sources(account()) == ()
    asyncio.run(client.aclose())


@pytest.mark.parametrize(("secret", "error"), [("", SecretMissing), ("a b", BadInput), ("ä", BadInput)])
def test_without_a_secret_that_can_be_there_is_no_client(secret, error):
    with pytest.raises(error) as caught:
        PROVIDER.connect(account(), {"client_secret": secret}, FakeBudget())
    assert caught.value.field == "client_secret"
