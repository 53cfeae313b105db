import pytest

from voipdesk.core import resources
from voipdesk.core.errors import StorageFailed


def test_a_file_of_the_checkout_is_found():
    assert resources.resource("icons/dial.svg").read_text().startswith("<svg")


def test_the_package_s_own_files_come_before_the_folder_beside_it(tmp_path, monkeypatch):
    inside, beside = tmp_path / "inside", tmp_path / "beside"
    for place in (inside, beside):
        place.mkdir()
        (place / "mark.svg").touch()
    monkeypatch.setattr(resources, "_PLACES", (inside, beside))
    assert resources.resource("mark.svg") == inside / "mark.svg"


def test_a_missing_file_says_what_to_do():
    with pytest.raises(StorageFailed, match=r"icons/no-such\.svg is missing.*Install voipdesk again"):
        resources.resource("icons/no-such.svg")
