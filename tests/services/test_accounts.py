"""Accounts: settings in the file and secrets in the keyring, both or neither."""

import asyncio
import os
import threading
from dataclasses import replace

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from tests.fakes.archive import FakeAccountIndex, FakeLedger
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.vendor import BareClient, FakeProvider
from voipdesk.core.accounts import Account
from voipdesk.core.budget import Priority
from voipdesk.core.call_log import HasCallLog
from voipdesk.core.errors import BadInput, KeyringFailed, NotAuthorised, SecretMissing, StorageFailed
from voipdesk.services.accounts import Accounts
from voipdesk.services.connections import Connections
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.secrets import Secrets

SETTINGS = {"base_url": "https://pbx.example.com"}
SECRETS = {"api_key": "k3y"}


class Office:
    """The accounts and all they stand on."""

    def __init__(self, folder) -> None:
        self.file = folder / "settings.toml"
        self.keyring = FakeKeyring()
        self.secrets = Secrets(self.keyring)
        self.provider = FakeProvider()
        self.index = FakeAccountIndex()
        self.preferences = Preferences(self.file)
        self.ledger = FakeLedger()
        known = {"fake": self.provider}
        self.connections = Connections(known, self.secrets, self.ledger)
        self.accounts = Accounts(self.preferences, self.secrets, known, self.connections, self.index)
        self.changes = 0
        self.accounts.changed.subscribe(self._count)

    def _count(self, value: None) -> None:
        self.changes += 1

    async def add(self, name="Sales", **changed):
        given = {"vendor": "fake", "my_number": " 7042 ", "settings": SETTINGS, "secrets": SECRETS, **changed}
        return await self.accounts.add(given["vendor"], name, given["my_number"], given["settings"], given["secrets"])


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)


async def test_an_added_account_is_in_the_file_and_its_secret_in_the_keyring_alone(office):
    added = await office.add("  Sales ", settings={**SETTINGS, "base_url": " https://pbx.example.com "})
    account = added.account
    assert (account.name, account.my_number, account.vendor) == ("Sales", "7042", "fake")
    assert account.settings == {**SETTINGS, "version": "v1"}  # what can never change is written down
    assert len(account.id) == 32
    assert added.kept_in_keyring
    assert office.accounts.list() == (account,)
    assert "k3y" not in office.file.read_text()
    assert await office.secrets.get(account.id, "api_key") == "k3y"
    assert office.index.known == {account.id: "Sales"}
    assert office.changes == 1
    assert "k3y" not in repr(added)


async def test_without_a_keyring_the_account_is_added_and_its_secret_lasts_for_this_run(office):
    office.keyring.broken = NoKeyringError()
    added = await office.add()
    assert not added.kept_in_keyring
    assert await office.secrets.get(added.account.id, "api_key") == "k3y"
    assert "k3y" not in office.file.read_text()


async def test_an_account_is_found_by_name_in_any_case_or_as_the_only_one(office):
    with pytest.raises(BadInput, match="There is no account yet"):
        office.accounts.get(None)
    sales = (await office.add("Sales")).account
    assert office.accounts.get(None) == sales
    await office.add("Straße")
    assert office.accounts.get(" sales ") == sales
    assert office.accounts.get("STRASSE").name == "Straße"
    with pytest.raises(BadInput, match=r"There are several accounts. Say which one: “Sales”, “Straße”."):
        office.accounts.get(None)
    with pytest.raises(BadInput, match=r"There is no account “Support”. There is: “Sales”, “Straße”."):
        office.accounts.get("Support")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"name": "  "}, "The account needs a name"),
        ({"name": "SALES"}, "There is already an account “Sales”"),
        ({"vendor": "other"}, "“other” is not a service this program knows"),
        ({"settings": {"base_url": "ftp://x"}}, "Address must begin with https"),
        ({"settings": {**SETTINGS, "colour": "red"}}, "Fake Telecom has no setting “colour”"),
        ({"secrets": {}}, "API key is missing. It is in the portal."),
        ({"secrets": {"api_key": ""}}, "API key is missing"),
        ({"secrets": {**SECRETS, "token": "x"}}, "Fake Telecom has no secret “token”"),
        ({"secrets": {"api_key": "k3y\n"}}, "API key holds spaces or characters that cannot be seen"),
        ({"secrets": {"api_key": " k3y"}}, "API key holds spaces or characters that cannot be seen"),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_kept(office, given, says):
    await office.add("Sales")
    before, entries = office.file.read_text(), dict(office.keyring.entries)
    with pytest.raises(BadInput) as refused:
        await office.add(**{"name": "Support", **given})
    assert says in str(refused.value)
    assert "k3y" not in str(refused.value)
    assert (office.file.read_text(), office.keyring.entries) == (before, entries)
    assert office.changes == 1


async def test_a_locked_keyring_adds_nothing(office):
    office.keyring.broken = KeyringLocked()
    with pytest.raises(KeyringFailed, match="locked"):
        await office.add()
    assert office.accounts.list() == ()


async def test_a_file_that_cannot_be_written_takes_the_new_secret_along(office, monkeypatch):
    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageFailed):
        await office.add()
    assert office.keyring.entries == {}
    assert office.accounts.list() == ()


async def test_an_edit_that_cannot_be_written_puts_the_old_secret_back(office, monkeypatch):
    account = (await office.add()).account

    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageFailed):
        await office.accounts.edit(replace(account, name="New"), {"api_key": "n3w"})
    assert office.accounts.list() == (account,)
    assert await office.secrets.get(account.id, "api_key") == "k3y"


async def test_adding_that_is_cancelled_leaves_nothing(office):
    office.keyring.unlocked.clear()
    task = asyncio.create_task(office.add())
    await asyncio.to_thread(office.keyring.asked.wait, 30)
    task.cancel()
    office.keyring.unlocked.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert office.accounts.list() == ()
    assert office.keyring.entries == {}


async def test_a_change_that_is_cancelled_while_the_file_is_written_is_undone(office, monkeypatch):
    account = (await office.add()).account
    writing, go_on = threading.Event(), threading.Event()
    save = office.preferences.save_account

    def slowly(account):
        writing.set()
        go_on.wait(timeout=30)
        save(account)

    monkeypatch.setattr(office.preferences, "save_account", slowly)
    for change in (
        lambda: office.add("Support"),
        lambda: office.accounts.edit(replace(account, name="N"), {"pin": "1"}),
    ):
        writing.clear()
        go_on.clear()
        task = asyncio.create_task(change())
        await asyncio.to_thread(writing.wait, 30)
        task.cancel()
        await asyncio.sleep(0)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert office.accounts.list() == (account,)
    assert list(office.keyring.entries) == [("voipdesk", account.id)]


async def test_editing_changes_what_is_given_and_keeps_the_other_secrets(office):
    account = (await office.add(secrets={"api_key": "k3y", "pin": "1234"})).account
    changed = replace(
        account, name=" Office ", my_number="7040", settings={**account.settings, "base_url": "https://b.example"}
    )
    edited = await office.accounts.edit(changed, {"pin": "9", "api_key": ""})
    assert edited.account.name == "Office"
    assert office.accounts.list() == (edited.account,)
    assert [await office.secrets.get(account.id, key) for key in ("api_key", "pin")] == ["k3y", "9"]
    assert office.index.known == {account.id: "Office"}
    assert office.changes == 2


async def test_an_account_may_keep_its_name_when_it_is_edited_and_take_no_other_ones(office):
    sales = (await office.add("Sales")).account
    await office.add("Support")
    assert (await office.accounts.edit(replace(sales, name="SALES"), {})).account.name == "SALES"
    with pytest.raises(BadInput, match="There is already an account “Support”"):
        await office.accounts.edit(replace(sales, name="support"), {})


async def test_a_changed_secret_is_used_from_the_next_request_on(office):
    account = (await office.add()).account
    await office.connections.client(account, Priority.USER)
    await office.accounts.edit(account, {"api_key": "n3w"})
    assert (await office.connections.client(account, Priority.USER)).secrets["api_key"] == "n3w"


async def test_a_secret_can_be_entered_again_when_the_keyring_cannot_be_read(office):
    account = (await office.add()).account
    office.keyring.entries["voipdesk", account.id] = "not ours"
    await office.accounts.edit(account, {"api_key": "n3w"})
    assert await office.secrets.get(account.id, "api_key") == "n3w"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "SALES"}, "name"),
        ({"secrets": {}}, "api_key"),
        ({"secrets": {"api_key": " k3y"}}, "api_key"),
        ({"settings": {**SETTINGS, "colour": "red"}}, ""),
    ],
)
async def test_what_is_refused_is_noted_for_its_field(office, given, field):
    await office.add("Sales")
    with pytest.raises(BadInput) as refused:
        await office.add(**{"name": "Support", **given})
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": "v2"}, "Version of “Sales” is v1 and cannot change. Add another account"),
        ({"realm": "x"}, "Realm of “Sales” is not set and cannot change"),
    ],
)
async def test_a_fixed_setting_cannot_change(office, change, says):
    account = (await office.add()).account
    with pytest.raises(BadInput) as refused:
        await office.accounts.edit(replace(account, settings={**account.settings, **change}), {})
    assert says in str(refused.value)
    assert [refused.value.field] == list(change)
    with pytest.raises(BadInput, match="An account stays with its service"):
        await office.accounts.edit(replace(account, vendor="other"), {})


async def test_an_account_that_was_removed_meanwhile_is_said_so(office):
    ghost = Account("gone", "Ghost", "fake", settings=SETTINGS)
    for attempt in (
        office.accounts.edit(ghost, {}),
        office.accounts.remove("gone"),
        office.accounts.test("gone"),
    ):
        with pytest.raises(BadInput, match="This account was removed in the meantime"):
            await attempt


async def test_removing_takes_settings_and_secrets_and_leaves_the_calls_unless_told(office):
    sales, support = (await office.add("Sales")).account, (await office.add("Support")).account
    await office.accounts.remove(sales.id)
    assert office.accounts.list() == (support,)
    assert list(office.keyring.entries) == [("voipdesk", support.id)]
    assert office.index.known == {sales.id: "Sales", support.id: "Support"}
    await office.accounts.remove(support.id, with_calls=True)
    assert office.index.known == {sales.id: "Sales"}
    assert office.changes == 4


async def test_removing_stops_where_the_keyring_is_locked_and_nothing_is_lost(office):
    account = (await office.add()).account
    office.keyring.broken = KeyringLocked()
    with pytest.raises(KeyringFailed):
        await office.accounts.remove(account.id)
    assert office.accounts.list() == (account,)


async def test_a_change_is_told_even_when_the_archive_fails(office):
    office.index.error = StorageFailed("The archive is read-only.")
    with pytest.raises(StorageFailed):
        await office.add()
    [account] = office.accounts.list()
    with pytest.raises(StorageFailed):
        await office.accounts.remove(account.id, with_calls=True)
    assert (office.accounts.list(), office.changes) == ((), 2)


async def test_names_changed_by_hand_reach_the_archive(office):
    account = (await office.add()).account
    await office.add("Support")
    office.file.write_text(office.file.read_text().replace('"Sales"', '"Front desk"'))
    office.index.written.clear()
    await office.accounts.remember_names()
    assert office.index.known[account.id] == "Front desk"
    assert office.index.written == ["Front desk"]
    office.file.write_text("= broken")
    await office.accounts.remember_names()


async def test_a_saved_account_is_tested_with_its_secret(office):
    account = (await office.add()).account
    assert (await office.accounts.test(account.id)).passed
    assert office.provider.asked == ["test"]
    office.provider.error = NotAuthorised("The key is wrong.")
    with pytest.raises(NotAuthorised):
        await office.accounts.test(account.id)


async def test_a_service_without_a_test_is_said_so(office):
    account = (await office.add()).account
    office.provider.client = BareClient()
    report = await office.accounts.test(account.id)
    assert not report.passed
    assert "nothing to test" in report.checks[0].text


async def test_what_a_form_holds_is_tested_without_being_kept(office):
    report = await office.accounts.test_unsaved("fake", SETTINGS, SECRETS, "7042")
    [client] = office.provider.clients
    assert report.passed
    assert (client.secrets, client.account.my_number, client.closed) == ({"api_key": "k3y", "pin": ""}, "7042", 1)
    assert (office.accounts.list(), office.keyring.entries, office.changes) == ((), {}, 0)
    office.provider.error = NotAuthorised("The key is wrong.")
    with pytest.raises(NotAuthorised):
        await office.accounts.test_unsaved("fake", SETTINGS, SECRETS)
    assert [client.closed for client in office.provider.clients] == [1, 1]
    with pytest.raises(BadInput, match="API key is missing"):
        await office.accounts.test_unsaved("fake", SETTINGS, {})
    with pytest.raises(BadInput, match="Address must begin"):
        await office.accounts.test_unsaved("fake", {}, SECRETS)


async def test_a_form_that_edits_is_tested_with_the_secrets_that_were_not_entered_again(office):
    account = (await office.add(secrets={"api_key": "k3y", "pin": "1"})).account
    await office.accounts.test_unsaved("fake", SETTINGS, {"pin": "2"}, account_id=account.id)
    assert office.provider.clients[0].secrets == {"api_key": "k3y", "pin": "2"}
    assert list(office.ledger.budgets) == [(account.id, Priority.USER)]


async def test_a_secret_that_is_gone_is_said_when_the_account_is_tested(office):
    account = (await office.add()).account
    await office.secrets.remove(account.id)
    with pytest.raises(SecretMissing):
        await office.accounts.test(account.id)


async def test_vendors_and_what_they_offer_are_known_without_connecting(office):
    account = (await office.add()).account
    assert office.accounts.vendors() == (office.provider.vendor,)
    assert office.accounts.offers(account, HasCallLog)
    assert not office.accounts.offers(account, str)
    assert office.provider.clients == []
