"""Yay.com as a vendor: its settings, its limit, what its clients can do."""

import asyncio
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.fakes.request_budget import FakeBudget
from voipdesk.core.accounts import Account, CanTest, FieldKind
from voipdesk.core.budget import Limit
from voipdesk.core.call_log import HasCallLog, Source
from voipdesk.core.credit import CanMoveCredit, HasBalance
from voipdesk.core.customers import CanActFor, HasCustomers
from voipdesk.core.dial import CanDial
from voipdesk.core.errors import BadInput, SecretMissing
from voipdesk.core.sip import HasSipAccounts
from voipdesk.core.status import HasStatus
from voipdesk.providers.registry import providers

PROVIDER = providers()["yay"]
OFFERED = {
    CanTest,
    HasStatus,
    CanDial,
    HasCallLog,
    HasCustomers,
    CanActFor,
    HasSipAccounts,
    HasBalance,
    CanMoveCredit,
}


def account(my_number="1001", **settings):
    return Account("1", "Yay", "yay", my_number, {"reseller": "acme", "user": "desk", **settings})


def test_its_fields_are_in_the_order_of_the_form():
    assert [field.key for field in PROVIDER.vendor.fields] == [
        "reseller",
        "user",
        "password",
        "base_url",
        "registrar",
        "low_balance",
        "time_zone",
        "history_path",
        "click_to_call_path",
        "request_limit",
        "request_window_s",
    ]
    assert [field.key for field in PROVIDER.vendor.secrets] == ["password"]
    assert all(field.help for field in PROVIDER.vendor.fields)
    assert {field.kind for field in PROVIDER.vendor.fields} >= {FieldKind.HOST, FieldKind.AMOUNT, FieldKind.PATH}


@pytest.mark.parametrize(
    "given",
    [
        account(),
        account(base_url="https://api.callswitchone.com"),
        account(registrar="sip.example.com:5061", low_balance="25.50", time_zone="Europe/Dublin"),
        account(history_path="/calls/history", click_to_call_path="/calls/outbound"),
        account(my_number="desk_1"),
        account(my_number=""),
    ],
)
def test_settings_that_can_be_right_pass(given):
    PROVIDER.check(given)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (account(reseller=""), "Reseller is missing"),
        (account(user=" "), "User is missing"),
        (account(user="a\r\nX-Auth-For: b"), "User cannot be sent"),
        (account(reseller="ä"), "Reseller cannot be sent"),
        (account(base_url="http://api.yay.com"), "https://"),
        (account(registrar="sip example"), "no host name"),
        (account(low_balance="1,000"), "two ways"),
        (account(history_path="calls"), "no path"),
        (account(click_to_call_path="/calls/../x"), "no path"),
        (account(request_limit="0"), "least is 1"),
        (account(my_number="10 01"), "your own number"),
        (account(my_number="x" * 65), "your own number"),
    ],
)
def test_settings_that_cannot_be_right_are_named(given, words):
    with pytest.raises(BadInput, match=words):
        PROVIDER.check(given)


@pytest.mark.parametrize("key", ["user", "reseller", "base_url", "registrar", "low_balance", "my_number"])
def test_what_is_wrong_is_noted_for_its_field(key):
    with pytest.raises(BadInput) as caught:
        PROVIDER.check(account(**{key: "ä  b"}))
    assert caught.value.field == key


def test_the_limit_is_the_settings():
    assert PROVIDER.limit(account()) == Limit(600, timedelta(minutes=15))
    assert PROVIDER.limit(account(request_limit="7", request_window_s="60")) == Limit(7, timedelta(minutes=1))


def test_a_client_has_all_that_is_offered():
    client = PROVIDER.connect(account(low_balance="25"), {"password": "planted-pass"}, FakeBudget())
    assert PROVIDER.capabilities(account()) == OFFERED
    assert all(isinstance(client, capability) for capability in OFFERED)
    assert client.low_balance == Decimal(25)
    assert PROVIDER.call_sources(account()) == (Source.USER,)
    asyncio.run(client.aclose())


def test_without_a_password_there_is_no_client():
    with pytest.raises(SecretMissing):
        PROVIDER.connect(account(), {}, FakeBudget())
