"""Telephone links on Linux, with the real xdg-mime, xdg-open and desktop-file-validate in folders of their own."""

import os
import stat
import subprocess
import time
from pathlib import Path

import pytest

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.desktop.tel_links_linux import ENTRY, LinuxTelLinks, desktop_entry

ALL = ("tel", "callto", "sip", "sips")


@pytest.fixture
def environment(home, tmp_path, monkeypatch):
    """A desktop of nobody's, with no programs of the system's."""
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "shared"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "defaults"))
    for variable in ("XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION", "GNOME_DESKTOP_SESSION_ID"):
        monkeypatch.delenv(variable, raising=False)
    return os.environ


@pytest.fixture
def told(tmp_path):
    """A program that writes down its arguments, one a line."""
    program, file = tmp_path / "voipdesk", tmp_path / "told"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{file}.new"\nmv "{file}.new" "{file}"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program, file


def owners(links):
    return {owner.scheme: (owner.owner, owner.ours) for owner in links.owners()}


def put_other(environment, name="calls.desktop", title="Calls"):
    folder = Path(environment["XDG_DATA_HOME"]) / "applications"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(
        f"[Desktop Entry]\nType=Application\nName={title}\nExec=true %u\n[Desktop Action x]\nName=No\n"
    )


def list_of(environment):
    return Path(environment["XDG_CONFIG_HOME"]) / "mimeapps.list"


def test_links_are_ours_and_then_again_whose_they_were(environment):
    put_other(environment)
    before = "[Default Applications]\nx-scheme-handler/tel=calls.desktop\n"
    list_of(environment).write_text(before)
    links = LinuxTelLinks(["/opt/voipdesk"], environment)
    assert owners(links)["tel"] == ("Calls", False)
    assert links.install(ALL) == ""
    assert owners(links) == dict.fromkeys(ALL, ("voipdesk", True))
    assert links.remove(ALL) == ""
    assert owners(links) == {"tel": ("Calls", False), **dict.fromkeys(ALL[1:], ("", False))}
    assert list_of(environment).read_text() == before
    assert not (Path(environment["XDG_DATA_HOME"]) / "applications" / ENTRY).exists()


def test_each_scheme_can_be_taken_and_given_back_by_itself(environment):
    links = LinuxTelLinks(["/opt/voipdesk"], environment)
    links.install(["tel"])
    links.install(["callto", "sip"])
    links.remove(["callto"])
    assert [scheme for scheme, (_, ours) in owners(links).items() if ours] == ["tel", "sip"]


def test_removing_what_was_never_installed_changes_nothing(environment):
    LinuxTelLinks(["/opt/voipdesk"], environment).remove(ALL)
    assert not list_of(environment).exists()


def test_a_desktop_s_own_list_comes_first(environment, monkeypatch):
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "Fancy:GNOME")
    own = list_of(environment).with_name("fancy-mimeapps.list")
    own.write_text("[Default Applications]\nx-scheme-handler/tel=calls.desktop;\n")
    links = LinuxTelLinks(["/opt/voipdesk"], environment)
    links.install(["tel"])
    assert own.read_text() == f"[Default Applications]\nx-scheme-handler/tel={ENTRY};calls.desktop;\n"
    links.remove(["tel"])
    assert own.read_text() == "[Default Applications]\nx-scheme-handler/tel=calls.desktop;\n"


def test_a_desktop_that_goes_its_own_way_is_said(environment, tmp_path, monkeypatch):
    tool = tmp_path / "bin" / "xdg-mime"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho calls.desktop\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tool.parent))
    put_other(environment)
    said = LinuxTelLinks(["/opt/voipdesk"], environment).install(["tel"])
    assert said.startswith("Your desktop still opens tel: with Calls. Choose voipdesk")


def test_without_xdg_mime_the_user_s_own_list_is_read(environment, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    links = LinuxTelLinks(["/opt/voipdesk"], environment)
    links.install(["tel"])
    assert owners(links)["tel"] == ("voipdesk", True)
    assert owners(links)["sip"] == ("", False)


def test_a_folder_that_cannot_be_written_is_said(environment):
    (Path(environment["XDG_DATA_HOME"]) / "applications").symlink_to("/nowhere/at/all")
    with pytest.raises(StorageFailed, match="could not be written"):
        LinuxTelLinks(["/opt/voipdesk"], environment).install(["tel"])


@pytest.mark.parametrize(
    "command",
    [
        ["/opt/voipdesk"],
        ["/home/ann lee/bin/voipdesk", "--home", '/tmp/a "quoted" $folder`s 100% \\back'],
        ["/usr/bin/python3", "-m", "voipdesk"],
    ],
)
def test_the_entry_is_a_valid_one(tmp_path, command):
    file = tmp_path / ENTRY
    file.write_text(desktop_entry(command, ALL))
    judged = subprocess.run(["desktop-file-validate", str(file)], capture_output=True, text=True, check=False)
    assert (judged.returncode, judged.stdout + judged.stderr) == (0, "")


def test_a_path_with_a_line_break_is_refused():
    with pytest.raises(BadInput):
        desktop_entry(["/opt/a\nExec=evil"], ALL)


@pytest.mark.parametrize(
    "link", ["tel:+44-20-7946-0000", "callto:7042", "sip:7042@pbx.example.com", "tel:*21;x=--demo"]
)
def test_xdg_open_starts_it_with_the_link_behind_the_dashes(environment, told, link, monkeypatch):
    program, file = told
    monkeypatch.setenv("BROWSER", "false")
    monkeypatch.setenv("DISPLAY", ":0")  # without one it does not look for programs; nothing connects to it
    LinuxTelLinks([str(program), "--home", "/some/home"], environment).install(ALL)
    subprocess.run(["xdg-open", link], check=True, env=environment, timeout=60)
    end = time.monotonic() + 20
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.02)
    assert file.read_text().splitlines() == ["--home", "/some/home", "--", link]
