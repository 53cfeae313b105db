"""The whole desk, as the window and the command line open it: real archive, real provider, a fake keyring."""

import asyncio
import subprocess
import sys

import pytest

from tests.demo_server import demo, demo_server  # noqa: F401 - a fixture, asked for by its name
from tests.fakes.keyring_backend import FakeKeyring
from voipdesk.core.call_log import CallFilter
from voipdesk.core.dial import CanDial, Dialled, DialOutcome
from voipdesk.core.errors import OutcomeUnknown, StorageFailed, Unreachable
from voipdesk.services.desk import Desk
from voipdesk.settings.secrets import Secrets

PLANTED = "pl4nted-s3cret"


async def test_the_desk_opens_on_an_empty_home_and_works(tmp_path):
    desk = await Desk.open(tmp_path / "home", secrets=Secrets(FakeKeyring()))
    try:
        added = await desk.accounts.add(
            "voipcloud", "Sales", "7042", {"base_url": "http://127.0.0.1:1"}, {"api_key": PLANTED}
        )
        account = added.account
        assert desk.accounts.offers(account, CanDial)
        with pytest.raises(Unreachable):
            await desk.dial.dial(account, desk.dial.read("020 7946 0958", "GB"))
        assert [line.number for line in await desk.dial.recent()] == ["+442079460958"]
        report = await desk.status.look(account)
        assert report.sample.answered is False
        assert (await desk.status.report(account)).sample.summary == report.sample.summary
        assert await desk.call_log.page(CallFilter()) == []
        assert PLANTED not in repr(desk)
    finally:
        await desk.close()
        await desk.close()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"settings.toml", "archive.sqlite"}
    assert [path for path in files if PLANTED.encode() in path.read_bytes()] == []


async def test_an_account_is_tested_dialled_with_and_looked_at_over_http(tmp_path, demo):  # noqa: F811 - the fixture
    desk = await Desk.open(tmp_path, secrets=Secrets(FakeKeyring()))
    try:
        settings, secrets = {"base_url": demo.base_url}, {"api_key": demo.api_key}
        assert (await desk.accounts.test_unsaved("voipcloud", settings, secrets)).passed
        account = (await desk.accounts.add("voipcloud", "Office", "7042", settings, secrets)).account
        dialled = await desk.dial.dial(account, desk.dial.read("020 7946 0958", "GB"))
        assert isinstance(dialled, Dialled)  # version 1 says no more than that it took the call
        assert [line.outcome for line in await desk.dial.recent()] == [DialOutcome.ACCEPTED]
        report = await desk.status.look(account)
        assert (report.sample.answered, report.sample.accepted, report.error) == (True, True, None)
        assert report.service is not None
        assert report.budget.used == 2  # the test before the account was there is counted by itself
        demo.fault("cut_after_act", next=1)
        with pytest.raises(OutcomeUnknown):
            await desk.dial.dial(account, desk.dial.read("020 7946 0958", "GB"))
        assert [line.outcome for line in await desk.dial.recent()] == [DialOutcome.UNKNOWN]
        assert demo.state().dials_accepted == 2
    finally:
        await desk.close()


async def test_an_open_desk_hears_at_its_next_refresh_what_another_process_has_synced(tmp_path, demo):  # noqa: F811 - the fixture
    here = await Desk.open(tmp_path, secrets=Secrets(FakeKeyring()))
    there = await Desk.open(tmp_path, secrets=Secrets(FakeKeyring()))
    try:
        settings, secrets = {"base_url": demo.base_url}, {"api_key": demo.api_key}
        account = (await here.accounts.add("voipcloud", "Office", "7042", settings, secrets)).account
        there.secrets.set_for_run(account.id, "api_key", demo.api_key)
        await here.sync.refresh(account)
        heard = []
        here.call_log.changed.subscribe(heard.append)
        await there.sync.backfill(account)
        await here.sync.refresh(account)
        assert heard
    finally:
        await here.close()
        await there.close()


async def test_a_restarted_desk_knows_its_accounts_and_what_was_dialled(tmp_path):
    keyring = FakeKeyring()
    desk = await Desk.open(tmp_path, secrets=Secrets(keyring))
    await desk.accounts.add("voipcloud", "Sales", "7042", {"base_url": "http://127.0.0.1:1"}, {"api_key": PLANTED})
    with pytest.raises(Unreachable):
        await desk.accounts.test(desk.accounts.get("sales").id)
    await desk.close()
    desk = await Desk.open(tmp_path, secrets=Secrets(keyring))
    try:
        assert desk.accounts.get(None).name == "Sales"
        with pytest.raises(Unreachable):
            await desk.accounts.test(desk.accounts.get(None).id)
    finally:
        await desk.close()


async def test_a_broken_settings_file_lets_the_archive_be_read(tmp_path):
    (tmp_path / "settings.toml").write_text("= broken")
    desk = await Desk.open(tmp_path)
    try:
        assert await desk.call_log.page(CallFilter()) == []
    finally:
        await desk.close()


async def test_an_archive_that_cannot_be_opened_is_said_so_and_nothing_stays_open(tmp_path):
    (tmp_path / "archive.sqlite").mkdir()
    with pytest.raises(StorageFailed):
        await Desk.open(tmp_path)


async def test_a_desk_that_fails_half_way_closes_its_archive(tmp_path, monkeypatch):
    closed = []

    async def fail(accounts):
        raise StorageFailed("The archive is read-only.")

    async def close(store):
        closed.append(store)
        await real(store)

    from voipdesk.archive.store import Store
    from voipdesk.services.accounts import Accounts

    real = Store.close
    monkeypatch.setattr(Store, "close", close)
    monkeypatch.setattr(Accounts, "remember_names", fail)
    with pytest.raises(StorageFailed):
        await Desk.open(tmp_path)
    assert len(closed) == 1


async def test_a_desk_that_is_only_built_has_the_newest_calls_and_the_rest_once_connected(tmp_path, demo):  # noqa: F811 - the fixture
    first = await Desk.open(tmp_path, secrets=Secrets(FakeKeyring()))
    settings, secrets = {"base_url": demo.base_url}, {"api_key": demo.api_key}
    account = (await first.accounts.add("voipcloud", "Office", "7042", settings, secrets)).account
    await first.sync.refresh(account)
    expected, totals = await first.call_log.page(CallFilter()), await first.call_log.totals(CallFilter())
    await first.close()
    desk = Desk.build(tmp_path, secrets=Secrets(FakeKeyring()))
    try:
        assert [a.name for a in desk.accounts.list()] == ["Office"]
        assert await desk.call_log.page(CallFilter()) == expected
        assert not desk.store.connected
        counting = asyncio.ensure_future(desk.call_log.totals(CallFilter()))
        await desk.connect()
        await desk.until_connected()
        assert await counting == totals
    finally:
        await desk.close()


def test_building_the_desk_loads_no_database_library(tmp_path):
    program = """
import sys
from pathlib import Path
from voipdesk.services.desk import Desk

Desk.build(Path(sys.argv[1])).accounts.list()
dear = {"sqlalchemy", "keyring", "httpx", "phonenumbers", "tomlkit", "alembic", "platformdirs", "PySide6", "qasync"}
assert not dear & set(sys.modules), dear & set(sys.modules)
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program, str(tmp_path)], check=True)


def test_opening_the_desk_loads_neither_keyring_nor_http_nor_telephone_numbers(tmp_path):
    program = """
import asyncio, sys
from pathlib import Path
from voipdesk.services.desk import Desk

async def main():
    desk = await Desk.open(Path(sys.argv[1]))
    desk.accounts.list()
    await desk.close()

asyncio.run(main())
dear = {"keyring", "httpx", "phonenumbers", "tomlkit", "alembic", "platformdirs", "PySide6", "qasync"}
assert not dear & set(sys.modules), dear & set(sys.modules)
"""
    subprocess.run([sys.executable, "-W", "error", "-c", program, str(tmp_path)], check=True)
