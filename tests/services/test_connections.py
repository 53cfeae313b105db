"""Clients: made when needed, kept while the settings stay, closed once."""

import asyncio
from dataclasses import replace

import pytest

from tests.fakes.archive import ACCOUNT, FakeLedger
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.vendor import FakeProvider
from voipdesk.core.budget import Priority
from voipdesk.core.errors import BadInput, KeyringFailed, SecretMissing
from voipdesk.services.connections import Connections
from voipdesk.settings.secrets import Secrets


@pytest.fixture
def keyring():
    return FakeKeyring()


@pytest.fixture
def secrets(keyring):
    return Secrets(keyring)


@pytest.fixture
def provider():
    return FakeProvider()


@pytest.fixture
async def connections(provider, secrets):
    await secrets.set("a1", "api_key", "k3y")
    made = Connections({"fake": provider}, secrets, FakeLedger())
    yield made
    await made.close()


async def test_a_client_has_its_accounts_secrets_and_is_kept(connections, provider):
    client = await connections.client(ACCOUNT, Priority.USER)
    assert client.secrets == {"api_key": "k3y", "pin": ""}
    assert await connections.client(ACCOUNT, Priority.USER) is client
    assert len(provider.clients) == 1


async def test_a_person_and_the_program_spend_from_budgets_of_their_own_priority(connections):
    person = await connections.client(ACCOUNT, Priority.USER)
    program = await connections.client(ACCOUNT, Priority.BACKGROUND)
    assert person is not program
    assert person.budget is not program.budget


async def test_many_who_ask_at_once_get_one_client(connections, provider):
    clients = await asyncio.gather(*(connections.client(ACCOUNT, Priority.USER) for _ in range(5)))
    assert len(set(map(id, clients))) == len(provider.clients) == 1


async def test_another_name_keeps_the_client_and_another_address_makes_a_new_one(connections):
    client = await connections.client(ACCOUNT, Priority.USER)
    assert await connections.client(replace(ACCOUNT, name="New", my_number="1"), Priority.USER) is client
    moved = replace(ACCOUNT, settings={"base_url": "https://new.example.com"})
    assert (await connections.client(moved, Priority.USER)).account is moved
    assert client.closed == 0  # a request may be under way on it


async def test_a_dropped_account_gets_a_new_client_with_todays_secret(connections, secrets):
    client = await connections.client(ACCOUNT, Priority.USER)
    await secrets.set("a1", "api_key", "new")
    connections.drop("a1")
    connections.drop("nobody")
    assert (await connections.client(ACCOUNT, Priority.USER)).secrets["api_key"] == "new"
    assert client.closed == 0


async def test_all_clients_are_closed_once_be_one_of_them_broken(connections, provider):
    await connections.client(ACCOUNT, Priority.USER)
    connections.drop("a1")
    await connections.client(ACCOUNT, Priority.USER)
    provider.close_error = OSError("already gone")
    await connections.close()
    await connections.close()
    assert [client.closed for client in provider.clients] == [1, 1]


async def test_a_missing_secret_is_named_with_the_place_to_enter_it(connections, secrets, keyring):
    await secrets.remove("a1")
    with pytest.raises(
        SecretMissing, match=r"The API key of “Sales” is not in the system keyring. Enter it again under"
    ):
        await connections.client(ACCOUNT, Priority.USER)
    await secrets.set("a1", "api_key", "k3y")
    assert await connections.client(ACCOUNT, Priority.USER)


async def test_without_a_keyring_the_missing_secret_comes_with_the_reason(provider):
    connections = Connections({"fake": provider}, Secrets(), FakeLedger())  # the tests' null keyring
    with pytest.raises(SecretMissing, match="This computer has no keyring that the program can use"):
        await connections.client(ACCOUNT, Priority.USER)


async def test_a_locked_keyring_is_an_error_of_its_own(connections, keyring):
    keyring.broken = OSError("no")
    with pytest.raises(KeyringFailed):
        await connections.client(ACCOUNT, Priority.USER)


async def test_an_unknown_vendor_is_said_so(connections):
    with pytest.raises(BadInput, match=r"“other” is not a service this program knows. It knows: fake."):
        await connections.client(replace(ACCOUNT, vendor="other"), Priority.USER)


async def test_the_budget_is_the_accounts_own(connections):
    client = await connections.client(ACCOUNT, Priority.USER)
    await client.budget.spend()
    budget = await connections.budget(ACCOUNT)
    assert (budget.limit.requests, budget.used) == (100, 1)
