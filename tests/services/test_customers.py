"""Customers: listed once, found, opened, and edited so that nobody's change is lost and nothing false is said."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.fakes.archive import NOW, FakeLedger
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.languages import dutch
from tests.fakes.reseller import ACCOUNT, Cut, Reseller, ResellerProvider
from tests.fakes.time import settle
from tests.fakes.vendor import BareClient
from voipdesk.core.credit import Balances, CreditOutcome, CreditTransfer
from voipdesk.core.customers import CustomerAddress, CustomerUser, NameTaken, NewCustomer
from voipdesk.core.errors import (
    AnswerLate,
    BadInput,
    NotFound,
    OutcomeUnknown,
    Refused,
    Unreachable,
)
from voipdesk.services.connections import Connections
from voipdesk.services.customer_changes import changes, other_changes
from voipdesk.services.customers import Change, ChangedMeanwhile, Customers
from voipdesk.settings.secrets import Secrets

LOST = OutcomeUnknown("The connection was cut.", details="POST /x")
LATE = AnswerLate("No answer came in 30 seconds.", details="POST /x")
USER = {"uuid": "p1", "name": "admin", "email": "a@example.com", "role_id": 3, "password": "s3cret", "colour": "blue"}
ADDRESS = {"uuid": "d1", "street_one": "1 High Street", "city": "Leeds", "zip": "LS1", "floor": 2}


@pytest.fixture
def service():
    service = Reseller()
    service.add("my_customer", users=[dict(USER)], addresses=[dict(ADDRESS)])
    service.add("Other")
    return service


@pytest.fixture
def provider(service):
    return ResellerProvider(service)


@pytest.fixture
def slept():
    return []


@pytest.fixture
def customers(provider, slept):
    async def sleep(seconds):
        slept.append(seconds)

    made = Customers(
        Connections({"reseller": provider}, Secrets(FakeKeyring()), FakeLedger()), clock=lambda: NOW, sleep=sleep
    )
    made.told = []
    made.changed.subscribe(made.told.append)
    return made


def names(listed):
    return [one.name for one in listed.customers]


async def test_customers_are_listed_with_one_request_until_asked_for_afresh(customers, service):
    assert customers.known(ACCOUNT) is None
    listed = await customers.list(ACCOUNT)
    assert (names(listed), listed.account_id, listed.at) == (["my_customer", "Other"], "r1", NOW)
    assert await customers.list(ACCOUNT) is listed
    assert customers.known(ACCOUNT) is listed
    service.add("New")
    assert names(await customers.list(ACCOUNT, fresh=True)) == ["my_customer", "Other", "New"]
    assert service.asked == ["customers"] * 2


async def test_who_asks_while_the_list_is_read_shares_the_request(customers, service):
    service.answers.clear()
    asking = [asyncio.create_task(customers.list(ACCOUNT, fresh=fresh)) for fresh in (False, True, False)]
    await settle()
    asking[0].cancel()
    await settle()
    service.answers.set()
    with pytest.raises(asyncio.CancelledError):
        await asking[0]
    assert await asking[1] is await asking[2]
    assert service.asked == ["customers"]


async def test_a_list_nobody_waits_for_any_more_is_not_read_on(customers, service):
    service.answers.clear()
    asking = asyncio.create_task(customers.list(ACCOUNT))
    await settle()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await settle()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    service.answers.set()
    assert customers.known(ACCOUNT) is None
    await customers.list(ACCOUNT)
    assert service.asked == ["customers"] * 2


async def test_a_list_read_with_other_settings_is_of_no_use(customers, service):
    await customers.list(ACCOUNT)
    elsewhere = replace(ACCOUNT, settings={"base_url": "https://other.example"})
    assert customers.known(elsewhere) is None
    await customers.list(elsewhere)
    assert customers.known(replace(elsewhere, name="Renamed")) is not None
    assert service.asked == ["customers"] * 2


async def test_a_list_that_fails_is_asked_for_again(customers, service):
    service.cuts["customers"] = [Unreachable("No answer.")]
    with pytest.raises(Unreachable):
        await customers.list(ACCOUNT)
    assert len((await customers.list(ACCOUNT)).customers) == 2


async def test_stores_are_read_once(customers, service):
    assert [store.name for store in await customers.stores(ACCOUNT)] == ["North shop", "South shop"]
    await customers.stores(ACCOUNT)
    await customers.stores(ACCOUNT, fresh=True)
    assert service.asked == ["stores"] * 2


async def test_a_customer_is_found_by_its_exact_name_first_and_in_any_case_where_only_one_has_it(customers, service):
    service.add("OTHER")
    assert (await customers.find(ACCOUNT, "OTHER")).id == "u3"
    assert (await customers.find(ACCOUNT, "My_Customer")).users[0].password == "s3cret"
    with pytest.raises(NotFound, match=r"“Reseller” has no customer “other”. Like it: “OTHER”|“Other”"):
        await customers.find(ACCOUNT, "other")
    with pytest.raises(NotFound, match="Like it: “my_customer”"):
        await customers.find(ACCOUNT, "my_custmer")
    with pytest.raises(NotFound, match=r"has no customer “zzz”\.$"):
        await customers.find(ACCOUNT, "zzz")


async def test_a_name_that_is_known_takes_one_request_and_a_new_one_is_looked_for(customers, service):
    await customers.list(ACCOUNT)
    await customers.find(ACCOUNT, "Other")
    service.add("New")
    await customers.find(ACCOUNT, "New")
    assert service.asked == ["customers", "customer u2", "customers", "customer u3"]
    with pytest.raises(NotFound):
        await customers.get(ACCOUNT, "u9")


async def test_an_account_without_customers_is_told_so(customers, provider):
    provider.client = BareClient()
    with pytest.raises(BadInput, match="The service of “Reseller” has no customers"):
        await customers.list(ACCOUNT)


async def test_a_customer_is_opened_and_in_the_list_without_reading_it_anew(customers, service):
    await customers.list(ACCOUNT)
    made = await customers.create(ACCOUNT, NewCustomer(" new_one ", " Bob "))
    assert (made.name, made.contact_name) == ("new_one", "Bob")
    assert names(customers.known(ACCOUNT)) == ["my_customer", "Other", "new_one"]
    assert service.asked == ["customers", "create"]
    assert customers.told == ["r1"]


@pytest.mark.parametrize("new", [NewCustomer(" ", "Bob"), NewCustomer("x", " ")])
async def test_a_customer_needs_a_name_and_a_contact(customers, service, new):
    with pytest.raises(BadInput, match="needs a name and a contact name"):
        await customers.create(ACCOUNT, new)
    assert service.asked == []


async def test_a_name_that_is_taken_is_told_and_whose_it_is_where_that_is_known(customers, service):
    service.taken.add("theirs")
    with pytest.raises(NameTaken, match="The name theirs is taken"):
        await customers.create(ACCOUNT, NewCustomer("theirs", "Bob"))
    with pytest.raises(NameTaken, match="You have a customer “Other” already"):
        await customers.create(ACCOUNT, NewCustomer("Other", "Bob"))
    service.cuts["customers"] = [Unreachable("No answer.")]
    with pytest.raises(NameTaken, match="The name Other is taken"):
        await customers.create(ACCOUNT, NewCustomer("Other", "Bob"))
    assert customers.told == []


@pytest.mark.parametrize("cut", [Cut(LOST, acts=True), Cut(LATE, acts=True), Cut(LOST, later=1)])
async def test_a_customer_whose_answer_was_lost_is_given_when_it_is_there(customers, service, slept, cut):
    service.cuts["create"] = [cut]
    service.cuts["customers"] = [Unreachable("No answer.")]
    made = await customers.create(ACCOUNT, NewCustomer("new_one", "Bob"))
    assert made.name == "new_one"
    assert service.asked == ["create", "customers", "customers"]
    assert slept == [1, 3]
    assert customers.told == ["r1"]


async def test_a_list_asked_for_before_is_not_where_a_new_customer_is_looked_for(customers, service, slept):
    service.holds["customers"] = held = asyncio.Event()
    listing = asyncio.create_task(customers.list(ACCOUNT))
    await settle()
    service.cuts["create"] = [Cut(LOST, acts=True)]
    opening = asyncio.create_task(customers.create(ACCOUNT, NewCustomer("new_one", "Bob")))
    await settle()
    held.set()
    assert (await opening).name == "new_one"
    assert slept == [1]
    assert names(await listing) == ["my_customer", "Other"]
    assert names(customers.known(ACCOUNT)) == ["my_customer", "Other", "new_one"]


@pytest.mark.parametrize("error", [LOST, LATE])
async def test_a_customer_that_is_not_there_after_a_lost_answer_is_not_known_to_be_made(customers, service, error):
    service.cuts["create"] = [Cut(error)]
    with pytest.raises(type(error)) as caught:
        await customers.create(ACCOUNT, NewCustomer("new_one", "Bob"))
    assert "“new_one” is not among your customers so far. Trying again with the same name is safe" in str(caught.value)
    assert caught.value.details == "POST /x"
    assert service.asked.count("create") == 1
    assert customers.told == ["r1"]


async def test_after_a_lost_answer_the_list_may_not_be_readable_either(customers, service):
    service.cuts["create"] = [Cut(LOST)]
    service.cuts["customers"] = [Unreachable("No answer.")] * 3
    with pytest.raises(OutcomeUnknown, match=r"The connection was cut\. Your customers could not be read.*No answer"):
        await customers.create(ACCOUNT, NewCustomer("new_one", "Bob"))


@pytest.mark.parametrize("listed", [True, False])
async def test_one_that_was_there_before_is_not_taken_for_the_one_just_opened(customers, service, listed):
    if listed:
        await customers.list(ACCOUNT)
    service.cuts["create"] = [Cut(LOST)]
    contact = "Ann" if listed else "Bob"
    with pytest.raises(NameTaken, match="You have a customer “Other” already"):
        await customers.create(ACCOUNT, NewCustomer("Other", contact))


async def test_a_refusal_changes_nothing_and_a_cancelled_opening_leaves_the_list_open(customers, service):
    await customers.list(ACCOUNT)
    service.cuts["create"] = [Refused("No.")]
    with pytest.raises(Refused):
        await customers.create(ACCOUNT, NewCustomer("new_one", "Bob"))
    assert customers.known(ACCOUNT) is not None
    service.answers.clear()
    opening = asyncio.create_task(customers.create(ACCOUNT, NewCustomer("new_one", "Bob")))
    await settle()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert customers.known(ACCOUNT) is None
    assert customers.told == ["r1"]


async def test_an_edit_changes_what_was_asked_for_and_nothing_else(customers, service):
    await customers.list(ACCOUNT)
    before = await customers.get(ACCOUNT, "u1")
    edited = await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob", allow_outbound=True))
    assert (edited.customer.contact_name, edited.not_taken, edited.also_changed) == ("Bob", (), ())
    raw = service.objects["u1"]
    assert raw["users"] == [USER | {"role_id": "3"}]
    assert raw["addresses"] == [ADDRESS]
    assert raw["ip_addresses"][0]["ip_range"] == "192.0.2.1/32"
    assert service.asked[1:] == ["customer u1", "customer u1", "replace u1", "customer u1"]
    assert customers.known(ACCOUNT).customers[0].contact_name == "Bob"
    assert customers.told == ["r1"]


@pytest.mark.parametrize(("no", "yes"), [(False, True), (0, 1), ("0", "1"), ("no", "yes"), ("off", "on"), (None, True)])
async def test_a_flag_may_be_written_in_any_style(customers, service, no, yes):
    service.objects["u1"]["allow_outbound"] = no
    service.on_replace = lambda sent: sent.update(allow_outbound=yes)
    before = await customers.get(ACCOUNT, "u1")
    edited = await customers.edit(ACCOUNT, before, replace(before, allow_outbound=True))
    assert (edited.not_taken, edited.also_changed) == ((), ())


async def test_a_change_by_somebody_else_is_never_overwritten(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    service.objects["u1"]["phone"] = "+44"
    with pytest.raises(ChangedMeanwhile, match="Somebody else has changed “my_customer” in the meantime: Phone") as got:
        await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))
    assert got.value.now.phone == "+44"
    service.objects["u1"]["ip_addresses"] = []
    with pytest.raises(ChangedMeanwhile, match=r"in the meantime: ip_addresses.ip_range\."):
        await customers.edit(ACCOUNT, got.value.now, replace(got.value.now, contact_name="Bob"))
    assert not any(asked.startswith("replace") for asked in service.asked)
    assert customers.told == []


async def test_of_two_edits_at_once_the_second_is_told_of_the_first(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    edits = [customers.edit(ACCOUNT, before, replace(before, contact_name=name)) for name in ("Bob", "Eve")]
    first, second = await asyncio.gather(*edits, return_exceptions=True)
    assert first.customer.contact_name == "Bob"
    assert isinstance(second, ChangedMeanwhile)
    assert service.objects["u1"]["contact_name"] == "Bob"


async def test_stamps_and_balance_change_without_anybody_editing(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    service.objects["u1"] |= {"updated_on": "2027-01-01", "balance": "7.000"}
    edited = await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))
    assert (edited.not_taken, edited.also_changed) == ((), ())


async def test_what_the_service_did_not_take_or_changed_besides_is_told(customers, service):
    before = await customers.get(ACCOUNT, "u1")

    def replaced(sent):
        sent |= {"phone": "", "contact_name": "BOB", "ip_addresses": []}
        sent["users"][0] |= {"colour": "red", "api_token": "x"}

    service.on_replace = replaced
    edited = await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob", phone="+44", store="s1"))
    assert edited.not_taken == (Change("Contact name", "Ann", "Bob"), Change("Phone", "", "+44"))
    assert edited.also_changed == (
        Change("Contact name", "Ann", "BOB"),
        Change("users.colour", "blue", "red"),
        Change("ip_addresses.ip_range", "192.0.2.1/32", ""),
        Change("users.api_token", "", "changed"),
    )


async def test_in_another_language_too_nothing_is_told_twice_and_passwords_are_known(customers, service):
    service.objects["u1"] |= {"can_call": True}
    before = replace(await customers.get(ACCOUNT, "u1"), allow_outbound=True)
    after = replace(before, allow_outbound=False, raw={**before.raw, "can_call": False})
    with dutch({"yes": "ja", "no": "nee", "changed": "gewijzigd", "May call out": "Mag uitgaand bellen"}):
        assert changes(before, after) == (Change("Mag uitgaand bellen", "ja", "nee"),)
        assert other_changes(before, after) == ()
        (password,) = changes(before, replace(before, users=(replace(before.users[0], password="n3w"),)))
    assert (password.after, password.is_password) == ("gewijzigd", True)


async def test_parts_can_be_added_changed_and_removed(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    new_user = CustomerUser("second", "b@example.com", password="n3w")
    old_user = replace(before.users[0], email="new@example.com", password="")
    new_address = CustomerAddress(("2 Low Street",), "York", postcode="YO1")
    after = replace(before, users=(old_user, new_user), addresses=(new_address,))
    assert customers.changes(before, after) == (
        Change("Address: removed", "1 High Street, Leeds, LS1, GB", ""),
        Change("Address 2: new", "", "2 Low Street, York, YO1"),
        Change("User “admin”: email", "a@example.com", "new@example.com"),
        Change("User “second”: new", "", "second, b@example.com"),
    )
    edited = await customers.edit(ACCOUNT, before, replace(after, addresses=(replace(new_address, country="GB"),)))
    assert (edited.not_taken, edited.also_changed) == ((), ())
    assert [user["password"] for user in service.objects["u1"]["users"]] == ["s3cret", "n3w"]


async def test_a_password_is_said_to_have_changed_and_never_shown(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    after = replace(before, users=(replace(before.users[0], password="n3w"),))
    assert customers.changes(before, after) == (Change("User “admin”: password", "", "changed"),)
    edited = await customers.edit(ACCOUNT, before, after)
    assert (edited.not_taken, edited.also_changed) == ((), ())
    assert service.objects["u1"]["users"][0]["password"] == "n3w"
    service.objects["u1"]["users"][0]["password"] = "0ther"
    with pytest.raises(ChangedMeanwhile) as caught:
        await customers.edit(ACCOUNT, edited.customer, replace(edited.customer, contact_name="Bob"))
    assert "0ther" not in f"{caught.value} {caught.value!r}"


async def test_a_password_that_became_another_than_was_asked_for_is_not_taken(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    after = replace(before, users=(replace(before.users[0], password="n3w"),))

    def tamper(sent):
        sent["users"][0]["password"] = "0ther"

    service.on_replace = tamper
    edited = await customers.edit(ACCOUNT, before, after)
    assert edited.not_taken == (Change("User “admin”: password", "", "changed"),)
    assert edited.also_changed == ()


async def test_a_password_that_an_edit_lost_is_said(customers, service):
    before = await customers.get(ACCOUNT, "u1")

    def tamper(sent):
        sent["users"][0]["password"] = ""

    service.on_replace = tamper
    edited = await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))
    assert edited.also_changed == (Change("User “admin”: password", "", "changed"),)


async def test_a_password_that_is_not_shown_cannot_be_said_to_be_missing(customers, service):
    service.shows_passwords = False
    before = await customers.get(ACCOUNT, "u1")
    after = replace(before, users=(replace(before.users[0], password="n3w"),))
    assert (await customers.edit(ACCOUNT, before, after)).not_taken == ()
    service.cuts["replace"] = [Cut(LOST)]
    with pytest.raises(OutcomeUnknown, match="A password does not show whether it changed"):
        await customers.edit(ACCOUNT, before, after)


async def test_stores_have_their_names_in_the_words_of_a_change(customers):
    before = await customers.get(ACCOUNT, "u1")
    stores = await customers.stores(ACCOUNT)
    after = replace(before, store="s2", allow_outbound=None)
    assert customers.changes(before, after, stores) == (
        Change("Store", "", "South shop"),
        Change("May call out", "no", ""),
    )


@pytest.mark.parametrize("change", [{}, {"name": "else"}, {"id": "u2"}])
async def test_nothing_is_sent_for_what_is_no_edit(customers, service, change):
    before = await customers.get(ACCOUNT, "u1")
    with pytest.raises(BadInput, match=r"nothing to change|name cannot be changed"):
        await customers.edit(ACCOUNT, before, replace(before, **change))
    assert service.asked == ["customer u1"]


@pytest.mark.parametrize("cut", [Cut(LOST, acts=True), Cut(LATE, acts=True), Cut(LOST, later=1)])
async def test_an_edit_whose_answer_was_lost_is_an_edit_when_it_can_be_seen(customers, service, cut):
    before = await customers.get(ACCOUNT, "u1")
    service.cuts["replace"] = [cut]
    edited = await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob", phone="+44"))
    assert (edited.customer.contact_name, edited.not_taken, edited.also_changed) == ("Bob", (), ())
    assert service.asked.count("replace u1") == 1


@pytest.mark.parametrize(("error", "raised"), [(LOST, Unreachable), (LATE, AnswerLate)])
async def test_an_edit_that_cannot_be_seen_was_not_made_unless_the_service_may_still_be_at_it(
    customers, service, slept, error, raised
):
    before = await customers.get(ACCOUNT, "u1")
    service.cuts["replace"] = [Cut(error)]
    with pytest.raises(raised, match=r"change was not made|“my_customer” is still what it was, but may yet") as caught:
        await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))
    assert type(caught.value) is raised
    assert slept == [1, 3, 6]
    assert service.asked.count("replace u1") == 1


async def test_an_edit_nobody_can_look_at_is_not_known(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    service.cuts = {"replace": [Cut(LOST, acts=True)]}

    def fail(operation):
        if operation.startswith("replace"):
            service.cuts["customer"] = [Unreachable("No answer.")] * 3

    service.on_request = fail
    with pytest.raises(
        OutcomeUnknown, match=r"was cut\. “my_customer” could not be read to see whether it changed: No"
    ):
        await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))
    assert customers.told == ["r1"]


async def test_an_edit_that_was_taken_but_not_read_back_is_not_said_to_have_failed(customers, service):
    before = await customers.get(ACCOUNT, "u1")
    service.cuts["customer"] = []

    def fail(operation):
        if operation.startswith("replace"):
            service.cuts["customer"] = [Unreachable("No answer.")]

    service.on_request = fail
    with pytest.raises(OutcomeUnknown, match=r"has taken the change of “my_customer”, but it could not be read back"):
        await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))


async def test_what_the_client_will_not_send_is_raised_and_changes_nothing(customers, service):
    await customers.list(ACCOUNT)
    service.objects["u1"]["users"][0]["password"] = ""
    before = await customers.get(ACCOUNT, "u1")
    with pytest.raises(BadInput, match="A password would be lost"):
        await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))
    assert customers.known(ACCOUNT) is not None
    assert customers.told == []


def test_random_names_are_random(customers):
    made = {customers.random_name() for _ in range(100)}
    assert len(made) == 100
    assert all(len(name) == 14 and name.startswith("c-") and name[2:].isalnum() and name.islower() for name in made)


def transfer(outcome, after):
    return CreditTransfer("t1", "r1", "u1", "my_customer", Decimal(1), NOW, "ann", outcome, after=after)


async def test_no_list_shows_a_balance_of_before_credit_was_moved(customers, service):
    service.objects["u1"]["balance"] = Decimal(5)
    await customers.list(ACCOUNT)
    customers.credit_moved(transfer(CreditOutcome.NOT_MOVED, None))
    assert customers.told == []
    customers.credit_moved(transfer(CreditOutcome.MOVED, Balances(Decimal(1), Decimal(6), NOW)))
    assert [one.balance for one in customers.known(ACCOUNT).customers] == [Decimal(6), None]
    before = await customers.get(ACCOUNT, "u1")
    del service.objects["u1"]["balance"]
    await customers.edit(ACCOUNT, before, replace(before, contact_name="Bob"))
    assert customers.known(ACCOUNT).customers[0].balance == Decimal(6)
    customers.credit_moved(transfer(CreditOutcome.NOT_KNOWN, None))
    assert customers.known(ACCOUNT).customers[0].balance is None
    assert customers.told == ["r1"] * 3


async def test_a_list_being_read_while_something_changes_is_not_kept(customers, service):
    service.answers.clear()
    reading = asyncio.create_task(customers.list(ACCOUNT))
    await settle()
    customers.credit_moved(transfer(CreditOutcome.MOVED, None))
    service.answers.set()
    await reading
    assert customers.known(ACCOUNT) is None


async def test_time_and_sleep_are_todays_unless_told_otherwise(provider):
    made = Customers(Connections({"reseller": provider}, Secrets(FakeKeyring()), FakeLedger()))
    assert (await made.list(ACCOUNT)).at.tzinfo is not None
    assert made._sleep is asyncio.sleep
