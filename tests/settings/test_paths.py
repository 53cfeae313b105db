"""Where the program keeps its files."""

from pathlib import Path

import pytest

from voipdesk.core.errors import StorageFailed
from voipdesk.settings.paths import Paths


def test_a_home_keeps_everything_in_one_folder_for_the_user_alone(tmp_path):
    paths = Paths.find(tmp_path / "office" / "desk")
    assert paths.home == tmp_path / "office" / "desk"
    assert {file.parent for file in (paths.settings_file, paths.archive_file)} == {paths.home}
    assert paths.home.stat().st_mode & 0o777 == 0o700


def test_the_variable_counts_when_no_home_is_given(tmp_path, monkeypatch):
    monkeypatch.setenv("VOIPDESK_HOME", str(tmp_path / "variable"))
    assert Paths.find(None).home == tmp_path / "variable"
    assert Paths.find(tmp_path / "given").home == tmp_path / "given"


def test_without_either_the_platforms_folders_are_made(home, monkeypatch):
    monkeypatch.delenv("VOIPDESK_HOME")
    paths = Paths.find(None)
    assert paths.home is None
    assert paths.settings_file == home / ".config/voipdesk/settings.toml"
    assert paths.archive_file == home / ".local/share/voipdesk/archive.sqlite"
    assert paths.archive_file.parent.stat().st_mode & 0o777 == 0o700


def test_a_relative_home_does_not_move_with_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Paths.find(Path("here")).home == tmp_path / "here"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed, match=r"file/desk cannot be made: .* Choose another with --home"):
        Paths.find(tmp_path / "file" / "desk")
