"""What is selected or copied: read from real programs on a real X server, and left as it was."""

import subprocess
import sys
import time

import pytest

from tests.cli.test_dial import DIALLING_TABLE
from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.core.number_search import find_number
from voipdesk.desktop.selection import clipboard_command, read_clipboard, read_selection, selection_command


@pytest.fixture(scope="module")
def display(tmp_path_factory):
    """An X server of its own."""
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        yield f":{server.stdout.readline().strip()}"
        server.terminate()


@pytest.fixture
def x11(display, monkeypatch):
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.fixture
def owns(x11):
    """Let another program own the selection or the clipboard, as a browser does."""
    owners = []

    def owns(which, text):
        for _again in range(4):  # once in some thousand times xclip owns nothing, and waits
            owner = subprocess.Popen(
                ["xclip", "-quiet", "-selection", which], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            owner.stdin.write(text)
            owner.stdin.close()
            owners.append(owner)
            end = time.monotonic() + 10
            while time.monotonic() < end:
                if paste(which) == text:
                    return owner
        raise AssertionError(f"xclip does not own the {which}")

    yield owns
    for owner in owners:
        owner.kill()
        owner.wait()


def paste(which):
    return subprocess.run(["xclip", "-o", "-selection", which], capture_output=True, text=True, check=False).stdout


def test_selection_and_clipboard_are_two_things_and_stay_what_they_were(owns):
    owners = [owns("primary", "Ann Lee\n020 7946 0958 – ü"), owns("clipboard", "+31 6 12345678")]
    assert read_selection() == "Ann Lee\n020 7946 0958 – ü"
    assert read_clipboard() == "+31 6 12345678"
    assert [paste("primary"), paste("clipboard")] == ["Ann Lee\n020 7946 0958 – ü", "+31 6 12345678"]
    assert [owner.poll() for owner in owners] == [None, None], "nobody else took them"


def test_the_dialling_table_as_it_is_selected_and_copied(owns):
    """One text of each kind; that each row reads so is the parser's test."""
    for which, read, (written, dialled, extension) in zip(
        ("primary", "clipboard") * 5, (read_selection, read_clipboard) * 5, DIALLING_TABLE, strict=True
    ):
        owns(which, written).poll()
        number = find_number(read(), "GB")
        assert (number.dialled, number.extension or None) == (dialled, extension)


def test_nothing_selected_is_said(x11):
    for read, sentence in ((read_selection, "Nothing is selected"), (read_clipboard, "The clipboard has no text")):
        with pytest.raises(BadInput, match=sentence):
            read()


def test_without_a_display_there_is_nothing_to_read(monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(StorageFailed, match="no display"):
        read_selection()


def test_on_wayland_its_own_tool_reads_both(monkeypatch, tmp_path):
    tool = tmp_path / "wl-paste"
    tool.write_text('#!/bin/sh\nprintf "%s" "$*"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert read_selection() == "--no-newline --primary --type text"
    assert read_clipboard() == "--no-newline --type text"
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StorageFailed, match="wl-paste is not there") as refused:
        read_selection()
    assert "wl-clipboard" in refused.value.advice


def test_a_program_that_does_not_answer_is_not_waited_for(monkeypatch, tmp_path):
    monkeypatch.setattr("voipdesk.desktop.selection._WITHIN_S", 0.1)
    tool = tmp_path / "wl-paste"
    tool.write_text("#!/bin/sh\nexec sleep 60\n")
    tool.chmod(0o755)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(StorageFailed, match="does not answer"):
        read_selection()


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_have_a_way_of_their_own(platform):
    assert selection_command(platform, {})[0] in {"powershell", "osascript"}
    assert clipboard_command(platform, {}) == [
        sys.executable, "-m", "voipdesk.desktop.clipboard_process", "clipboard",
    ]  # fmt: skip
