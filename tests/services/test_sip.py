"""SIP accounts: read afresh, of the account itself or of a customer it acts for, and found by what people know."""

import pytest

from tests.fakes.archive import NOW, FakeLedger
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.reseller import ACCOUNT, Reseller, ResellerProvider
from tests.fakes.vendor import BareClient
from voipdesk.core.errors import BadInput, NotFound
from voipdesk.core.sip import SipAccount
from voipdesk.services.connections import Connections
from voipdesk.services.sip import Sip
from voipdesk.settings.secrets import Secrets

ANN = SipAccount("s1", "ann_9", "pw", "Ann Lee", "1001")
BOB = SipAccount("s2", "bob_9", "pw", "Bob", "1002")
ODD = SipAccount("s3", "1001", "pw", "Odd")
THEIRS = SipAccount("s9", "their_phone", "pw", "Theirs", "1001")


@pytest.fixture
def service():
    return Reseller(sip={"": [ANN, BOB], "my_customer": [THEIRS]}, statuses={"s1": "open"})


@pytest.fixture
def provider(service):
    return ResellerProvider(service)


@pytest.fixture
def sip(provider):
    return Sip(Connections({"reseller": provider}, Secrets(FakeKeyring()), FakeLedger()), clock=lambda: NOW)


async def test_accounts_are_listed_afresh_and_say_whose_they_are(sip, service):
    listed = await sip.list(ACCOUNT)
    assert (listed.account_id, listed.acting_for, listed.accounts, listed.at) == ("r1", "", (ANN, BOB), NOW)
    listed = await sip.list(ACCOUNT, acting_for="my_customer")
    assert (listed.acting_for, listed.accounts) == ("my_customer", (THEIRS,))
    await sip.list(ACCOUNT, acting_for="my_customer")
    assert service.asked == ["sip-list for ", *["sip-list for my_customer"] * 2]
    assert "pw" not in repr(listed)


async def test_one_is_fetched_with_its_password_and_statuses_are_the_services_words(sip, service):
    assert (await sip.get(ACCOUNT, "s9", acting_for="my_customer")).password == "pw"
    with pytest.raises(NotFound):
        await sip.get(ACCOUNT, "s9")
    assert await sip.statuses(ACCOUNT) == {"s1": "open"}
    await sip.statuses(ACCOUNT, acting_for="my_customer")
    assert service.asked[-1] == "sip-status for my_customer"


@pytest.mark.parametrize("text", ["s1", "ann_9", " ANN_9 ", "1001"])
async def test_one_is_found_by_its_id_user_name_or_extension(sip, service, text):
    assert await sip.find(ACCOUNT, text) == ANN
    assert service.asked == ["sip-list for ", "sip s1 for "]


async def test_one_is_found_among_those_of_the_customer_acted_for(sip):
    assert await sip.find(ACCOUNT, "1001", acting_for="my_customer") == THEIRS


async def test_what_is_not_found_is_told_with_what_is_like_it_and_whose(sip):
    with pytest.raises(NotFound, match=r"“Reseller” has no SIP account “ann”. Like it: “ann_9”"):
        await sip.find(ACCOUNT, "ann")
    with pytest.raises(NotFound, match=r"“my_customer” has no SIP account “1002”"):
        await sip.find(ACCOUNT, "1002", acting_for="my_customer")
    with pytest.raises(NotFound):
        await sip.find(ACCOUNT, " ")


async def test_a_customer_that_is_not_there_is_named(sip, service):
    for ask in (sip.list, sip.statuses):
        service.cuts = {kind: [NotFound("Nothing there.", details="GET /x")] for kind in ("sip-list", "sip-status")}
        with pytest.raises(NotFound, match="“Reseller” has no customer “nobody” to act for") as caught:
            await ask(ACCOUNT, acting_for="nobody")
        assert caught.value.details == "GET /x"
        service.cuts = {kind: [NotFound("Nothing there.")] for kind in ("sip-list", "sip-status")}
        with pytest.raises(NotFound, match="Nothing there"):
            await ask(ACCOUNT)
    with pytest.raises(NotFound, match="“my_customer” has no SIP account “s1”"):
        await sip.get(ACCOUNT, "s1", acting_for="my_customer")
    with pytest.raises(NotFound, match="“Reseller” has no SIP account “s9”"):
        await sip.get(ACCOUNT, "s9")


async def test_a_user_name_that_is_anothers_extension_is_asked_about(sip, service):
    service.sip[""].append(ODD)
    with pytest.raises(
        BadInput, match=r"more than one SIP account. Give the id of one: s1 \(ann_9, extension 1001\), s3"
    ):
        await sip.find(ACCOUNT, "1001")
    assert await sip.find(ACCOUNT, "s3") == ODD


async def test_what_a_service_does_not_offer_is_told(sip, provider, service):
    assert sip.can_act_for(ACCOUNT)
    with pytest.raises(BadInput, match="cannot be a customer's name"):
        await sip.list(ACCOUNT, acting_for="a\nb")
    assert service.asked == []
    provider.client = OwnOnly()
    with pytest.raises(BadInput, match="The service of “Reseller” cannot act for customers"):
        await Sip(fresh(provider)).list(ACCOUNT, acting_for="my_customer")
    assert not Sip(fresh(provider)).can_act_for(ACCOUNT)
    provider.client = BareClient()
    with pytest.raises(BadInput, match="The service of “Reseller” has no SIP accounts"):
        await Sip(fresh(provider)).get(ACCOUNT, "s1")


async def test_todays_time_is_used_unless_told_otherwise(provider):
    assert (await Sip(fresh(provider)).list(ACCOUNT)).at.tzinfo is not None


def fresh(provider):
    return Connections({"reseller": provider}, Secrets(FakeKeyring()), FakeLedger())


class OwnOnly(BareClient):
    """Has SIP accounts, and no customers."""

    async def fetch_sip_accounts(self, *, acting_for=""): ...

    async def fetch_sip_account(self, sip_id, *, acting_for=""): ...

    async def fetch_sip_statuses(self, *, acting_for=""): ...
