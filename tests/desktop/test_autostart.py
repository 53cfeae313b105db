"""The start at login, on each system."""

import plistlib
import subprocess

import pytest

from tests.fakes.registry import FakeRegistry
from voipdesk.core.errors import StorageFailed
from voipdesk.desktop.autostart import login_start
from voipdesk.desktop.autostart_linux import LinuxLoginStart
from voipdesk.desktop.autostart_macos import MacLoginStart
from voipdesk.desktop.autostart_windows import RUN, WindowsLoginStart

COMMAND = ["/opt/my programs/voipdesk", "--home", "/tmp/100%", "--hidden"]


@pytest.fixture
def entry(home):
    return home / ".config" / "autostart" / "voipdesk.desktop"


def test_on_linux_an_entry_comes_and_goes(home, entry):
    login = LinuxLoginStart(COMMAND, {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")})
    login.set_on(False)
    assert not login.is_on()
    login.set_on(True)
    assert login.is_on()
    assert "Comment[nl]=Gemiste gesprekken" in entry.read_text(), "the desktop chooses the language"
    assert 'Exec="/opt/my programs/voipdesk" --home /tmp/100%% --hidden' in entry.read_text()
    for switched_off in ("Hidden=true", "X-GNOME-Autostart-enabled=false"):
        before = entry.read_text()
        entry.write_text(before.replace("X-GNOME-Autostart-enabled=true", switched_off))
        assert not login.is_on(), "the desktop's own settings switched it off"
        login.set_on(True)
        assert login.is_on()
    login.set_on(False)
    assert not entry.exists()


def test_without_a_config_home_it_is_in_the_usual_place(home, entry):
    LinuxLoginStart(COMMAND, {"HOME": str(home), "XDG_CONFIG_HOME": "relative"}).set_on(True)
    assert entry.is_file()


def test_what_cannot_be_written_is_said(home):
    (home / "config").write_text("a file")
    login = LinuxLoginStart(COMMAND, {"HOME": str(home), "XDG_CONFIG_HOME": str(home / "config")})
    for change in (login.is_on, lambda: login.set_on(True)):
        with pytest.raises(StorageFailed, match=r"voipdesk\.desktop"):
            change()


def test_this_program_is_started_hidden_with_its_home(home, tmp_path, entry):
    login_start(tmp_path).set_on(True)
    (line,) = (line for line in entry.read_text().splitlines() if line.startswith("Exec="))
    assert line.endswith(f"--home {tmp_path} --hidden")


def test_on_windows_a_value_of_the_run_key_comes_and_goes():
    registry = FakeRegistry()
    login = WindowsLoginStart(COMMAND, registry)
    login.set_on(False)
    assert not login.is_on()
    login.set_on(True)
    assert login.is_on()
    with registry.OpenKey(registry.HKEY_CURRENT_USER, RUN) as key:
        assert registry.QueryValueEx(key, "voipdesk")[0] == subprocess.list2cmdline(COMMAND)
    login.set_on(False)
    assert not login.is_on()


def test_on_macos_an_agent_comes_and_goes(tmp_path):
    login = MacLoginStart(COMMAND, tmp_path)
    assert not login.is_on()
    login.set_on(True)
    (file,) = (tmp_path / "Library" / "LaunchAgents").iterdir()
    assert plistlib.loads(file.read_bytes())["ProgramArguments"] == COMMAND
    login.set_on(False)
    login.set_on(False)
    assert not login.is_on()
