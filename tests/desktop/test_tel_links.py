"""The command that links start is this very program."""

import sys
from pathlib import Path

import pytest

from voipdesk.desktop.tel_links import launch_command


@pytest.fixture(autouse=True)
def no_home(monkeypatch):
    monkeypatch.delenv("VOIPDESK_HOME", raising=False)


def test_it_is_the_script_beside_this_python():
    assert launch_command(None) == [str(Path(sys.executable).with_name("voipdesk"))]


def test_without_a_script_it_is_the_module(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert launch_command(None) == [str(tmp_path / "python"), "-m", "voipdesk"]


def test_links_open_the_window_of_the_same_home(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert launch_command(Path("h"))[1:] == ["--home", str(tmp_path / "h")]
    monkeypatch.setenv("VOIPDESK_HOME", "/from/the/environment")
    assert launch_command(None)[1:] == ["--home", "/from/the/environment"]
