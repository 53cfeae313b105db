"""Softphones set up in their own configuration: found, refused while they run, backed up, and undone."""

import asyncio
import os
import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.softphones.any_settings import made
from voipdesk.core.errors import BadInput, KeyringFailed, StorageFailed
from voipdesk.services.sip_set_up_here import set_up_here, softphones_here
from voipdesk.softphones.configuration import AlreadySetUp

NOW = datetime(2026, 11, 25, 12, 0, 0, tzinfo=UTC)
FILES = {
    "baresip": ".baresip/accounts",
    "linphone": ".config/linphone/linphonerc",
    "twinkle": ".twinkle/1001@sip.example.com.cfg",
    "gnome-calls": ".config/calls/sip-account.cfg",
}


class Keyring:
    def __init__(self, trouble=None):
        self.kept, self.trouble = [], trouble

    async def keep(self, label, attributes, password):
        if self.trouble:
            raise self.trouble
        self.kept.append((label, dict(attributes), password))


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Installs programs by name; nothing else is installed."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    sleep = shutil.which("sleep", path=os.defpath + ":/usr/bin:/bin")

    def install(*names):
        for name in names:
            (folder / name).symlink_to(sleep)
        return folder

    return install


def kept(file):
    return Path(file).read_bytes(), stat.S_IMODE(Path(file).stat().st_mode)


async def set_up(client, settings=None, *, with_password=True, replace=False, keyring=None):
    return await set_up_here(
        client,
        settings or made(),
        with_password=with_password,
        replace=replace,
        keep=(keyring or Keyring()).keep,
        clock=lambda: NOW,
    )


async def test_those_that_are_installed_are_listed(programs, home):
    assert await softphones_here() == ()
    programs("baresip", "linphonec")
    (home / ".twinkle").mkdir()
    listed = {one.softphone.key: one for one in await softphones_here()}
    assert list(listed) == ["linphone", "baresip", "twinkle"]
    assert listed["baresip"].folder == str(home / ".baresip")
    assert listed["linphone"].folder == str(home)
    assert not any(one.running for one in listed.values())


@pytest.mark.parametrize("client", FILES)
async def test_the_first_account_makes_the_file_for_the_user_alone(programs, home, client):
    programs("baresip", "linphone", "twinkle", "gnome-calls")
    done = await set_up(client)
    file = home / FILES[client]
    assert (done.file, done.backup, done.replaced) == (str(file), "", False)
    assert b"1001" in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert f"delete “{file}”" in done.notes[-1]
    assert "Start" in done.notes[0]


@pytest.mark.parametrize("client", FILES)
async def test_what_was_there_is_kept_beside_it(programs, home, client):
    programs("baresip", "linphone", "twinkle", "gnome-calls")
    file = home / FILES[client]
    await set_up(client)
    before = file.read_bytes()
    with pytest.raises(AlreadySetUp):
        await set_up(client, made(display_name="Ann"))
    assert [one for one in file.parent.iterdir() if one.is_file()] == [file]
    backups = []
    for name in ("Ann", "Bob"):
        done = await set_up(client, made(display_name=name), replace=True)
        assert done.replaced
        assert name.encode() in file.read_bytes()
        assert done.backup in done.notes[-1]
        backups.append(done.backup)
    assert backups[0] == f"{file}.before-2026-11-25-130000"
    assert backups[1] == f"{backups[0]}-2"
    assert [kept(backup) == (before, 0o600) for backup in backups] == [True, False]
    assert kept(backups[1])[1] == 0o600


async def test_while_it_runs_it_is_refused(programs, home):
    folder = programs("baresip", "linphone")
    other = await asyncio.create_subprocess_exec(folder / "baresip", "600", env={"HOME": "/elsewhere"})
    running = await asyncio.create_subprocess_exec(folder / "linphone", "600")
    try:
        while not (await softphones_here())[0].running:
            pass  # between fork and exec it has another name
        with pytest.raises(BadInput, match="Linphone is running") as refused:
            await set_up("linphone")
        assert "Close it" in refused.value.advice
        assert not (home / ".config/linphone").exists()
        await set_up("baresip")
    finally:
        for process in (running, other):
            process.kill()
            await process.wait()
    await set_up("linphone")


def name_of(process):
    """A process's name as Linux keeps it."""
    return Path(f"/proc/{process.pid}/comm").read_bytes()


async def test_a_program_whose_name_linux_cuts_within_a_letter_is_none_of_them(programs):
    named = programs("baresip", "linphone", "fourteen-bytesü") / "fourteen-bytesü"
    other = await asyncio.create_subprocess_exec(named, "600")
    try:
        while not name_of(other).startswith(b"fourteen-bytes"):
            pass  # between fork and exec it has another name
        assert [one.running for one in await softphones_here()] == [False, False]
    finally:
        other.kill()
        await other.wait()


async def test_one_that_is_not_here_is_refused(programs):
    with pytest.raises(BadInput, match="Twinkle is not installed"):
        await set_up("twinkle")
    with pytest.raises(BadInput, match="MicroSIP is not set up from here"):
        await set_up("microsip")


async def test_a_password_for_the_keyring_goes_there_and_nowhere_else(programs, home):
    programs("gnome-calls")
    keyring = Keyring()
    done = await set_up("gnome-calls", keyring=keyring)
    assert keyring.kept == [
        (
            "Calls Password for 1001@sip.example.com",
            {"server": "sip.example.com", "username": "1001", "protocol": "sip", "xdg:schema": "sm.puri.Calls"},
            "hunter2",
        )
    ]
    assert "hunter2" not in (home / FILES["gnome-calls"]).read_text() + repr(done)
    without = Keyring()
    done = await set_up("gnome-calls", made(username="2"), with_password=False, keyring=without)
    assert without.kept == []
    assert "not in the keyring" in done.notes[0]


async def test_what_may_keep_it_from_signing_in_is_said(programs):
    programs("gnome-calls", "baresip")
    through = made(outbound_proxy="46.101.153.96:4060")
    assert any("pass over an outbound proxy" in note for note in (await set_up("gnome-calls", through)).notes)
    assert not any("outbound proxy" in note for note in (await set_up("baresip", through)).notes)


async def test_a_keyring_that_says_no_leaves_everything_as_it_was(programs, home):
    programs("gnome-calls")
    with pytest.raises(KeyringFailed):
        await set_up("gnome-calls", keyring=Keyring(KeyringFailed("Locked.")))
    assert not (home / ".config/calls").exists()


async def test_what_is_refused_reaches_neither_keyring_nor_file(programs, home):
    programs("gnome-calls", "baresip")
    keyring = Keyring()
    with pytest.raises(BadInput, match="character :"):
        await set_up("gnome-calls", made(password="a:b"), keyring=keyring)
    with pytest.raises(BadInput, match='character "'):
        await set_up("baresip", made(password='a"b'))
    assert keyring.kept == []
    assert not (home / ".baresip").exists()


async def test_a_link_to_a_file_elsewhere_stays_a_link(programs, home):
    programs("baresip")
    (home / "dotfiles").mkdir()
    (home / "dotfiles/accounts").write_text("<sip:2000@other.example>\n")
    (home / ".baresip").mkdir()
    (home / ".baresip/accounts").symlink_to(home / "dotfiles/accounts")
    done = await set_up("baresip")
    assert (home / ".baresip/accounts").is_symlink()
    assert done.file == str(home / "dotfiles/accounts")
    assert "2000@other.example" in (home / "dotfiles/accounts").read_text()


async def test_what_cannot_be_read_or_made_is_said(programs, home):
    programs("baresip", "linphone")
    (home / ".baresip/accounts").mkdir(parents=True)
    with pytest.raises(StorageFailed, match="cannot be read: Is a directory"):
        await set_up("baresip")
    (home / ".config/linphone").write_text("a file")
    with pytest.raises(StorageFailed, match="linphone"):
        await set_up("linphone")


async def test_a_file_longer_than_any_is_left_as_it_is_and_not_cut(programs, home):
    programs("baresip")
    (home / ".baresip").mkdir()
    accounts = home / ".baresip/accounts"
    accounts.write_bytes(b"# what a client never writes\n" * 200_000)
    before = accounts.stat()
    with pytest.raises(StorageFailed, match="longer than"):
        await set_up("baresip")
    assert (accounts.stat().st_size, accounts.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert list(accounts.parent.iterdir()) == [accounts]


async def test_elsewhere_than_on_linux_nothing_is_found(programs, monkeypatch):
    programs("baresip")
    monkeypatch.setattr("platform.system", lambda: "Windows")
    assert await softphones_here() == ()
