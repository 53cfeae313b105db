import os
import stat

import pytest

from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.services.private_file import write_private


def test_it_is_for_the_user_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        write_private(tmp_path / "a", b"secret", overwrite=False)
        write_private(tmp_path / "b", b"secret", overwrite=True)
    finally:
        os.umask(before)
    for name in "ab":
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
        assert (tmp_path / name).read_bytes() == b"secret"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]


def test_one_that_is_there_stays_unless_it_is_to_be_overwritten(tmp_path):
    file = tmp_path / "a"
    file.write_text("older")
    file.chmod(0o644)
    with pytest.raises(BadInput, match="already there"):
        write_private(file, b"newer", overwrite=False)
    assert file.read_text() == "older"
    write_private(file, b"newer", overwrite=True)
    assert (file.read_text(), stat.S_IMODE(file.stat().st_mode)) == ("newer", 0o600)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_not_written_through(tmp_path, there):
    other, link = tmp_path / "other", tmp_path / "link"
    if there:
        other.write_text("not mine")
    link.symlink_to(other)
    with pytest.raises(BadInput, match="already there"):
        write_private(link, b"secret", overwrite=False)
    write_private(link, b"secret", overwrite=True)
    assert not link.is_symlink()
    assert link.read_bytes() == b"secret"
    assert other.exists() == there
    assert not there or other.read_text() == "not mine"


def test_where_there_are_no_hard_links_it_is_the_same(tmp_path, monkeypatch):
    def refuses(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuses)
    write_private(tmp_path / "a", b"secret", overwrite=False)
    with pytest.raises(BadInput, match="already there"):
        write_private(tmp_path / "a", b"other", overwrite=False)
    assert (tmp_path / "a").read_bytes() == b"secret"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_what_cannot_be_written_is_said_and_leaves_nothing(tmp_path, monkeypatch):
    with pytest.raises(StorageFailed, match="No such file or directory"):
        write_private(tmp_path / "none" / "a", b"", overwrite=False)
    with pytest.raises(BadInput, match="not a file"):
        write_private(tmp_path, b"", overwrite=True)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageFailed, match="No space left"):
        write_private(tmp_path / "a", b"secret", overwrite=True)
    assert list(tmp_path.iterdir()) == []
