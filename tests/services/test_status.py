"""Looking at a service: one request, its words, what was seen of it, and what is stored."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.fakes.archive import ACCOUNT, NOW, FakeAccountIndex, FakeLedger, FakeStatusHistory, FakeSyncState
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.reseller import Reseller, ResellerClient
from tests.fakes.vendor import BareClient, FakeProvider, TestOnlyClient
from voipdesk.core.call_log import Source
from voipdesk.core.errors import (
    BadInput,
    NotAuthorised,
    NotFound,
    NotUnderstood,
    OverBudget,
    SecretMissing,
    Unreachable,
)
from voipdesk.core.status import ServiceStatus
from voipdesk.services.accounts import Accounts
from voipdesk.services.connections import Connections
from voipdesk.services.status import Status
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets


@pytest.fixture
def provider():
    return FakeProvider()


@pytest.fixture
def secrets():
    made = Secrets(FakeKeyring())
    made.set_for_run("a1", "api_key", "k3y")
    return made


@pytest.fixture
def history():
    return FakeStatusHistory()


@pytest.fixture
def status(provider, secrets, history, tmp_path):
    known = {"fake": provider}
    connections = Connections(known, secrets, FakeLedger())
    accounts = Accounts(Preferences(tmp_path / "s.toml"), secrets, known, connections, FakeAccountIndex())
    return Status(accounts, connections, history, FakeSyncState(), lambda: NOW)


async def test_a_look_is_one_request_with_the_services_words_and_is_kept(status, provider):
    report = await status.look(ACCOUNT)
    assert provider.asked == ["status"]
    assert report.service is provider.status
    sample = report.sample
    assert (sample.at, sample.answered, sample.accepted, sample.summary) == (NOW, True, True, "All is well")
    assert sample.latency_ms >= 0
    assert report.error is None
    assert await status.history(ACCOUNT) == [sample]
    assert report.budget.limit.requests == 100
    assert set(report.sync) == set(Source)


async def test_the_report_is_made_of_what_is_stored_without_a_request(status, provider):
    empty = await status.report(ACCOUNT)
    assert (empty.sample, empty.service, provider.clients) == (None, None, [])
    await status.look(ACCOUNT)
    report = await status.report(ACCOUNT)
    assert report.sample.summary == "All is well"
    assert provider.asked == ["status"]
    assert report.sync[Source.QUEUE] == "queue of a1"


@pytest.mark.parametrize(
    ("error", "answered", "accepted"),
    [
        (NotAuthorised("The key is wrong."), True, False),
        (NotFound("No such tenant."), True, None),
        (Unreachable("No answer came."), False, None),
        (NotUnderstood("A log-in page answered."), False, None),
    ],
)
async def test_a_no_or_no_answer_is_a_report_too(status, provider, error, answered, accepted):
    provider.error = error
    report = await status.look(ACCOUNT)
    sample = report.sample
    assert (sample.answered, sample.accepted, sample.summary) == (answered, accepted, error.message)
    assert (sample.latency_ms is not None) is answered
    assert (report.error, report.service) == (error, None)
    assert await status.history(ACCOUNT) == [sample]


async def test_a_look_that_could_not_be_taken_is_no_sample(status, provider, secrets):
    provider.error = OverBudget("No request is left.")
    with pytest.raises(OverBudget):
        await status.look(ACCOUNT)
    await secrets.remove("a1")
    with pytest.raises(SecretMissing):
        await status.look(replace(ACCOUNT, settings={}))
    assert await status.history(ACCOUNT) == []


async def test_a_service_without_a_report_is_tested_instead(status, provider):
    provider.client = TestOnlyClient()
    report = await status.look(ACCOUNT)
    assert report.service is None
    assert report.sample.summary == "The address answers. · The key is right."
    provider.client = BareClient()
    with pytest.raises(BadInput, match="cannot be asked how it is"):
        await status.look(replace(ACCOUNT, settings={"base_url": "https://b.example"}))


class ClientWithBalance(ResellerClient):
    """Says how it is and what the account has."""

    async def fetch_status(self):
        await self.service.answer("status")
        return ServiceStatus("All is well")


@pytest.mark.parametrize(("under", "low"), [(None, False), ("100.000", False), ("100.001", True)])
async def test_the_balance_stands_beside_the_look_and_warns_when_it_is_low(status, provider, under, low):
    reseller = Reseller(low_balance=Decimal(under) if under else None)
    provider.client = ClientWithBalance(reseller)
    report = await status.look(ACCOUNT)
    assert reseller.asked == ["status", "balance"]
    assert (report.balance.amount, report.balance.is_low) == (Decimal("100.000"), low)
    assert (report.service.text, report.error, report.balance_error) == ("All is well", None, None)
    assert (await status.report(ACCOUNT)).balance is None


async def test_a_balance_that_cannot_be_read_does_not_hide_the_look(status, provider):
    reseller = Reseller(cuts={"balance": [OverBudget("No request is left.")]})
    provider.client = ClientWithBalance(reseller)
    report = await status.look(ACCOUNT)
    assert (report.sample.answered, report.service.text, report.error) == (True, "All is well", None)
    assert (report.balance, report.balance_error.message) == (None, "No request is left.")


async def test_a_service_that_says_no_or_nothing_is_not_asked_for_the_balance(status, provider):
    reseller = Reseller(cuts={"status": [Unreachable("No answer came.")]})
    provider.client = ClientWithBalance(reseller)
    report = await status.look(ACCOUNT)
    assert reseller.asked == ["status"]
    assert (report.balance, report.balance_error) == (None, None)


@pytest.mark.parametrize(
    ("service", "summary"),
    [
        (ServiceStatus("All\n is\twell "), "All is well"),
        (ServiceStatus(columns=("", ""), rows=(("trunks", "up"), ("load", ""))), "trunks: up · load"),
        (ServiceStatus("x" * 300), "x" * 199 + "…"),
        (ServiceStatus(), ""),
    ],
)
async def test_the_history_keeps_one_line(status, provider, service, summary):
    provider.status = service
    assert (await status.look(ACCOUNT)).sample.summary == summary


async def test_without_a_call_log_there_is_nothing_on_sync(status, provider):
    provider.capabilities = lambda account: frozenset()
    assert (await status.report(ACCOUNT)).sync == {}


async def test_todays_time_is_used_unless_told_otherwise(status, history):
    made = Status(status._accounts, status._connections, history, FakeSyncState())
    assert (await made.look(ACCOUNT)).sample.at.tzinfo is not None
