"""A reseller's desk over HTTP, against the demo: customers, SIP accounts and credit, each with what can go wrong."""

# ruff: noqa: F811 - fixtures are imported, and then asked for by their names

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.demo_server import demo  # noqa: F401 - a fixture, asked for by its name
from tests.fakes.keyring_backend import FakeKeyring
from voipdesk.core.credit import CreditOutcome
from voipdesk.core.customers import CustomerAddress, CustomerUser, NameTaken, NewCustomer
from voipdesk.core.errors import BadInput, NotFound, OutcomeUnknown, Refused, Unreachable
from voipdesk.demo.server import DemoServer
from voipdesk.providers import http
from voipdesk.services.credit import UNDER_WAY, AlreadyMoving
from voipdesk.services.customers import ChangedMeanwhile
from voipdesk.services.desk import Desk
from voipdesk.settings.secrets import Secrets

TEN = Decimal("10.000")


@pytest.fixture(scope="module")
def demo_server():
    with DemoServer(seed=1, calls=100, yay_calls=100, customers=60) as server:
        yield server


@pytest.fixture
async def desk(tmp_path):
    made = await Desk.open(tmp_path, secrets=Secrets(FakeKeyring()))

    async def soon(_seconds):
        await asyncio.sleep(0.01)

    made.credit._sleep = made.customers._sleep = soon
    yield made
    await made.close()


@pytest.fixture
async def account(desk, demo):
    settings = {
        "base_url": demo.base_url,
        "reseller": demo.yay.reseller,
        "user": demo.yay.user,
        "registrar": demo.yay.registrar,
        "low_balance": "300",
    }
    added = await desk.accounts.add("yay", "Reseller", demo.yay.my_number, settings, {"password": demo.yay.password})
    return added.account


@pytest.fixture
def name(demo):
    return demo.yay.names()[3]


async def test_customers_are_listed_found_and_opened_in_both_kinds(desk, demo, account):
    listed = await desk.customers.list(account)
    assert [one.name for one in listed.customers] == demo.yay.names()
    found = await desk.customers.find(account, listed.customers[7].name.upper())
    assert found.id == listed.customers[7].id
    with pytest.raises(NotFound, match="has no customer"):
        await desk.customers.find(account, "nobody at all")
    small = await desk.customers.create(account, NewCustomer(desk.customers.random_name(), "Ann Lee"))
    store = (await desk.customers.stores(account))[0]
    address = CustomerAddress(("Westbury House",), "Guildford", "Surrey", "GU2 4AW", "GB")
    user = CustomerUser("admin", "ann@example.com", "Ann", "Lee", password="s3cret-of-ann")
    new = NewCustomer(desk.customers.random_name(), "Ann Lee", store=store.id, address=address, user=user)
    large = await desk.customers.create(account, new)
    whole = await desk.customers.get(account, large.id)
    assert (whole.store, whole.users[0].password, whole.addresses[0].city) == (store.id, "s3cret-of-ann", "Guildford")
    assert [one.name for one in desk.customers.known(account).customers][-2:] == [small.name, large.name]
    for taken in (demo.yay.names_elsewhere[0], small.name):
        with pytest.raises(NameTaken):
            await desk.customers.create(account, NewCustomer(taken, "Bob"))
    assert "s3cret-of-ann" not in repr((whole, new))


@pytest.mark.parametrize("fault", ["cut_before_read", "cut_before_act", "cut_after_act", "cut_during_body"])
async def test_a_customer_whose_answer_is_lost_is_looked_for(desk, demo, account, fault):
    new = NewCustomer(desk.customers.random_name(), "Ann Lee")
    demo.fault(fault, operation="create-customer", next=1)
    if fault in {"cut_after_act", "cut_during_body"}:
        assert (await desk.customers.create(account, new)).name == new.name
    else:
        with pytest.raises(OutcomeUnknown, match="not among your customers so far"):
            await desk.customers.create(account, new)
        await desk.customers.create(account, new)
    assert len(demo.yay.state().created) == 1


async def test_an_edit_loses_nothing_and_moves_no_credit(desk, demo, account, name):
    demo.yay.switch(customer_balance=True)
    had, balances = demo.yay.customer(name), (demo.yay.balance(), demo.yay.balance(name))
    before = await desk.customers.get(account, demo.yay.uuid(name))
    after = replace(before, contact_name="New Contact", allow_outbound=not before.allow_outbound)
    edited = await desk.customers.edit(account, before, after)
    assert (edited.customer.contact_name, edited.not_taken, edited.also_changed) == ("New Contact", (), ())
    now = demo.yay.customer(name)
    assert {key for key in now if now[key] != had[key]} == {"contact_name", "allow_outbound", "updated_on"}
    assert (demo.yay.balance(), demo.yay.balance(name)) == balances
    demo.yay.change(name, phone="+442079460000")
    with pytest.raises(ChangedMeanwhile, match="Phone"):
        await desk.customers.edit(account, edited.customer, replace(edited.customer, phone="+441"))
    assert demo.yay.customer(name)["phone"] == "+442079460000"


@pytest.mark.parametrize("passwords", ["masked", "missing"])
async def test_an_edit_that_would_overwrite_a_hidden_password_is_not_sent(desk, demo, account, passwords):
    name = next(name for name in demo.yay.names() if demo.yay.customer(name)["users"])
    demo.yay.switch(passwords=passwords)
    before = await desk.customers.get(account, demo.yay.uuid(name))
    with pytest.raises(BadInput, match="passwords"):
        await desk.customers.edit(account, before, replace(before, contact_name="Bob"))
    assert demo.yay.state().edited == []


@pytest.mark.parametrize("fault", ["cut_before_read", "cut_before_act", "cut_after_act", "cut_during_body"])
async def test_an_edit_whose_answer_is_lost_is_read_back(desk, demo, account, name, fault):
    before = await desk.customers.get(account, demo.yay.uuid(name))
    demo.fault(fault, operation="put-customer", next=1)
    editing = desk.customers.edit(account, before, replace(before, contact_name="New Contact"))
    if fault in {"cut_after_act", "cut_during_body"}:
        assert (await editing).customer.contact_name == "New Contact"
    else:
        with pytest.raises(Unreachable, match="the change was not made"):
            await editing
        assert demo.yay.customer(name)["contact_name"] == before.contact_name


async def test_sip_accounts_are_those_of_whom_one_acts_for(desk, demo, account, name):
    own = await desk.sip.list(account)
    assert [one.extension for one in own.accounts] == [str(user.extension) for user in demo.yay.sip_users()]
    assert {one.domain for one in own.accounts} == {demo.yay.registrar}
    theirs = await desk.sip.list(account, acting_for=name)
    assert (theirs.acting_for, len(theirs.accounts)) == (name, len(demo.yay.sip_users(name)))
    one = await desk.sip.find(account, own.accounts[2].extension)
    assert one.password.startswith(demo.yay.sip_mark)
    assert demo.yay.sip_mark not in repr((own, theirs, one))
    assert set(await desk.sip.statuses(account)) <= {one.id for one in own.accounts}
    with pytest.raises(NotFound, match="“Reseller” has no customer “nobody” to act for"):
        await desk.sip.list(account, acting_for="nobody")
    assert [phone.number for phone in await desk.dial.phones(account)] == [one.extension for one in own.accounts]
    assert demo.yay.state().acting_where_not_allowed == 0


async def test_credit_is_moved_once_and_both_balances_are_known(desk, demo, account, name):
    demo.yay.switch(customer_balance=True)
    listed = await desk.customers.list(account)
    customer = await desk.customers.get(account, demo.yay.uuid(name))
    before = await desk.credit.balances(account, customer)
    moved = await desk.credit.move(account, customer, TEN, before)
    assert moved.outcome is CreditOutcome.MOVED
    assert (moved.after.own, moved.after.customer) == (before.own - TEN, before.customer + TEN)
    assert [(one.customer, one.amount) for one in demo.yay.state().transfers] == [(name, "10.000")]
    with pytest.raises(BadInput):
        await desk.credit.move(account, customer, before.own, before)
    assert await desk.credit.journal(account) == [moved]
    now = next(one for one in desk.customers.known(account).customers if one.id == customer.id)
    assert now.balance - next(one.balance for one in listed.customers if one.id == customer.id) == TEN
    assert (await desk.status.look(account)).balance.is_low
    await desk.accounts.remove(account.id, with_calls=True)
    assert await desk.credit.journal() == [moved]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("cut_before_read", CreditOutcome.NOT_MOVED),
        ("cut_before_act", CreditOutcome.NOT_MOVED),
        ("cut_after_act", CreditOutcome.MOVED),
        ("cut_during_body", CreditOutcome.MOVED),
        ("slow", CreditOutcome.MOVED),  # the service ends what we no longer wait for
    ],
)
async def test_credit_is_never_moved_twice_and_nothing_false_is_said(
    desk,
    demo,
    account,
    name,
    monkeypatch,
    fault,
    outcome,
):
    customer = await desk.customers.get(account, demo.yay.uuid(name))
    before = await desk.credit.balances(account, customer)
    if fault == "slow":
        monkeypatch.setattr(http, "TIMEOUT_S", 0.3)
        desk.credit._sleep = lambda _seconds: asyncio.sleep(0.6)
    demo.fault(fault, operation="move-credit", next=1, seconds=0.6)
    moved = await desk.credit.move(account, customer, TEN, before)
    assert moved.outcome is outcome
    assert len(demo.yay.state().transfers) == (outcome is CreditOutcome.MOVED)
    assert demo.yay.balance(name) - before.customer == (TEN if outcome is CreditOutcome.MOVED else 0)
    assert (await desk.credit.journal())[0] == moved
    assert await desk.credit.unresolved(account, customer) is None


async def test_credit_that_is_refused_stays_where_it_is(desk, demo, account, name):
    customer = await desk.customers.get(account, demo.yay.uuid(name))
    before = await desk.credit.balances(account, customer)
    demo.fault("server_error", operation="move-credit", next=1)
    told = await desk.credit.move(account, customer, TEN, before)
    assert told.outcome in {CreditOutcome.NOT_MOVED, CreditOutcome.NOT_KNOWN}
    demo.yay.switch(whitelisted=False)
    with pytest.raises(Refused):
        await desk.credit.move(account, customer, TEN, before)
    assert demo.yay.state().transfers == []


async def test_two_programs_move_one_after_the_other(desk, demo, account, name, tmp_path):
    other = await Desk.open(tmp_path, secrets=Secrets(FakeKeyring()))
    try:
        other.secrets.set_for_run(account.id, "password", demo.yay.password)
        customer = await desk.customers.get(account, demo.yay.uuid(name))
        before = await desk.credit.balances(account, customer)
        demo.fault("slow", operation="move-credit", next=1, seconds=0.5)
        results = await asyncio.gather(
            *(one.credit.move(account, customer, TEN, before) for one in (desk, other)), return_exceptions=True
        )
        assert sorted(type(result).__name__ for result in results) == ["AlreadyMoving", "CreditTransfer"]
        assert len(demo.yay.state().transfers) == 1
    finally:
        await other.close()


KILLED = """
import asyncio, sys
from decimal import Decimal
from pathlib import Path
from voipdesk.services.desk import Desk

async def main(home, password, customer_id):
    desk = await Desk.open(Path(home))
    account = desk.accounts.get("Reseller")
    desk.secrets.set_for_run(account.id, "password", password)
    customer = await desk.customers.get(account, customer_id)
    await desk.credit.move(account, customer, Decimal("10.000"), await desk.credit.balances(account, customer))

asyncio.run(main(*sys.argv[1:]))
"""


async def test_a_program_that_was_killed_while_it_moved_leaves_it_to_be_looked_after(
    desk, demo, account, name, tmp_path
):
    customer = await desk.customers.get(account, demo.yay.uuid(name))
    before = await desk.credit.balances(account, customer)
    demo.fault("slow", operation="move-credit", next=1, seconds=20)
    words = [str(tmp_path), demo.yay.password, customer.id]
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, *words)
    async with asyncio.timeout(60):
        while await desk.credit.unresolved(account, customer) is None:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    told = await desk.credit.unresolved(account, customer)
    assert (told.outcome, told.amount) == (CreditOutcome.NOT_KNOWN, TEN)
    assert "never written down" in told.text
    with pytest.raises(AlreadyMoving, match=f"begun to move 10.00 to “{name}”"):
        await desk.credit.move(account, customer, TEN, replace(before, customer=before.customer + TEN))
    desk.credit._clock = lambda: datetime.now(UTC) + UNDER_WAY
    moved = await desk.credit.move(account, customer, TEN, replace(before, customer=before.customer + TEN))
    assert moved.outcome is CreditOutcome.MOVED
    assert await desk.credit.unresolved(account, customer) is None
    assert [one.outcome for one in await desk.credit.journal()] == [CreditOutcome.MOVED, CreditOutcome.NOT_KNOWN]


async def test_a_voipcloud_account_has_neither_customers_nor_credit(desk, demo):
    settings, secrets = {"base_url": demo.base_url}, {"api_key": demo.api_key}
    office = (await desk.accounts.add("voipcloud", "Office", "7042", settings, secrets)).account
    for asking in (desk.customers.list(office), desk.sip.list(office)):
        with pytest.raises(BadInput, match="The service of “Office” has no"):
            await asking
    assert await desk.dial.phones(office) == []
    assert not desk.sip.can_act_for(office)
    assert (await desk.status.look(office)).balance is None


def test_what_only_resellers_use_is_not_loaded_before_it_is_asked_for(tmp_path):
    program = """
import sys
from pathlib import Path
from voipdesk.services.desk import Desk

desk = Desk.build(Path(sys.argv[1]))
assert not {f"voipdesk.services.{name}" for name in ("customers", "credit", "sip")} & set(sys.modules)
assert desk.credit is desk.credit
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program, str(tmp_path)], check=True)
