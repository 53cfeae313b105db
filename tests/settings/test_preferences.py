"""The settings file: what is written, what stays, what a broken one says, and several processes at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voipdesk.core.accounts import Account
from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.settings import text_file
from voipdesk.settings.language import chosen_language
from voipdesk.settings.preferences import Preferences
from voipdesk.settings.region import system_region

SALES = Account("a1", "Sales", "voipcloud", "7042", {"base_url": "https://pbx.example.com", "request_limit": "100"})
OFFICE = Account("b2", "Büro ☎", "voipcloud")


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def preferences(file) -> Preferences:
    return Preferences(file)


def test_a_missing_file_has_no_accounts_and_is_not_made_by_reading(preferences, file):
    assert preferences.accounts() == ()
    assert not file.exists()


def test_accounts_are_read_as_they_were_saved_in_their_order(preferences, file):
    preferences.save_account(SALES)
    preferences.save_account(OFFICE)
    assert preferences.accounts() == (SALES, OFFICE)
    assert Preferences(file).accounts() == (SALES, OFFICE)


def test_a_language_is_kept_and_one_that_is_not_spoken_is_the_system_s(preferences, file):
    assert preferences.language == ""
    preferences.language = "nl"
    assert (Preferences(file).language, file.read_text()) == ("nl", 'language = "nl"\n')
    preferences.language = ""
    assert Preferences(file).language == ""
    with pytest.raises(ValueError, match="is not spoken"):
        preferences.language = "../nl"
    for odd in ('language = "de"', "language = 3", "language = [1]"):
        file.write_text(odd)
        assert Preferences(file).language == ""


def test_the_language_is_known_before_anything_else_and_nothing_is_made_for_it(tmp_path):
    home = tmp_path / "home"
    assert chosen_language(home) == ""
    assert not home.exists()
    home.mkdir()
    (home / "settings.toml").write_text('language = "nl"')
    assert chosen_language(home) == "nl"
    (home / "settings.toml").write_text("language = [no TOML")
    assert chosen_language(home) == ""
    (home / "settings.toml").unlink()
    (home / "settings.toml").mkdir()
    assert chosen_language(home) == ""


def test_the_language_is_known_without_the_rest_of_the_settings(home):
    (home / "settings.toml").write_text('language = "nl"')
    program = (
        "import sys; from pathlib import Path; from voipdesk.settings.language import chosen_language\n"
        "assert chosen_language(Path(sys.argv[1])) == 'nl'\n"
        "assert {'msgspec', 'voipdesk.settings.preferences'}.isdisjoint(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(home)], check=True)


def test_the_file_reads_well(preferences, file):
    preferences.region = "gb"
    preferences.save_account(SALES)
    preferences.set("columns", ["when", "who"])
    assert file.read_text() == (
        'region = "GB"\n'
        "\n"
        "[[accounts]]\n"
        'id = "a1"\n'
        'name = "Sales"\n'
        'vendor = "voipcloud"\n'
        'my_number = "7042"\n'
        "\n"
        "[accounts.settings]\n"
        'base_url = "https://pbx.example.com"\n'
        'request_limit = "100"\n'
        "\n"
        "[window]\n"
        'columns = ["when", "who"]\n'
    )


def test_saving_replaces_the_account_of_that_id_and_keeps_what_else_the_user_wrote(preferences, file):
    file.write_text(
        "# the office\r\n"
        'colour = "of a later version"\r\n'
        "[[accounts]]  # the first\r\n"
        'id = "a1" # never change this\r\n'
        'name = "Old"\r\n'
        'vendor = "voipcloud"\r\n'
        'nickname = "kept"\r\n'
        "[accounts.settings]\r\n"
        "# our portal\r\n"
        'base_url = "https://old.example.com"\r\n'
        "request_limit = 100\r\n"
        'gone = "soon"\r\n',
        newline="",
    )
    preferences.save_account(SALES)
    text = file.read_bytes().decode()
    assert preferences.accounts() == (SALES,)
    for kept in ("# the office\r\n", "later version", "# the first", "# never change this", "nickname", "# our portal"):
        assert kept in text
    assert "gone" not in text
    assert "Old" not in text


def test_removing_takes_one_account_and_leaves_the_others(preferences, file):
    preferences.save_account(SALES)
    preferences.save_account(OFFICE)
    preferences.remove_account("a1")
    assert preferences.accounts() == (OFFICE,)
    preferences.remove_account("a1")
    preferences.remove_account("b2")
    assert preferences.accounts() == ()
    assert "accounts" not in file.read_text()
    preferences.save_account(SALES)
    assert preferences.accounts() == (SALES,)


def test_numbers_that_the_user_wrote_without_quotes_are_read_as_text(preferences, file):
    file.write_text('[[accounts]]\nid="a"\nname="A"\nvendor="v"\nmy_number=7042\nsettings={request_limit=50}\n')
    assert preferences.accounts() == (Account("a", "A", "v", "7042", {"request_limit": "50"}),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('region = "GB"\n\nname = \n', "settings.toml, line 3: Invalid value"),
        ("[[accounts]", "settings.toml, line 1: "),
        ('region = "GB"\nregion = "US"\n', "settings.toml, line 2: Cannot overwrite a value"),
        ('text = """\n never closed', "settings.toml, line 2: "),
        ("accounts = 5", "“accounts” must be written as [[accounts]]"),
        ("accounts = [5]", "“accounts” must be written as [[accounts]]"),
        ('[[accounts]]\nname="A"\nvendor="v"', "account 1 has no “id”"),
        ('[[accounts]]\nid="a"\nname="A"\nvendor=["v"]', "“vendor” of account 1 must be a text in quotes"),
        ('[[accounts]]\nid="a"\nname=true\nvendor="v"', "“name” of account 1 must be a text in quotes"),
        ('[[accounts]]\nid="a"\nname="A"\nvendor="v"\nsettings=1', "“settings” of account 1 must be a table"),
        ('[[accounts]]\nid="a"\nname="A"\nvendor="v"\n' * 2, "two accounts have the id “a”"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_left_as_it_is(preferences, file, text, says):
    file.write_text(text)
    for attempt in (
        preferences.accounts,
        lambda: preferences.save_account(OFFICE),
        lambda: preferences.remove_account("a"),
    ):
        with pytest.raises(BadInput) as refused:
            attempt()
        assert says in refused.value.message
        assert str(file) in refused.value.message
    assert file.read_text() == text


def test_a_file_that_is_no_text_is_named_with_its_line(preferences, file):
    file.write_bytes(b'region = "GB"\nname = "B\xfcro"\n')
    with pytest.raises(BadInput, match=r"settings.toml, line 2: this is not UTF-8 text"):
        preferences.accounts()


def test_a_byte_order_mark_is_no_part_of_the_text(preferences, file):
    file.write_bytes(b'\xef\xbb\xbfregion = "NL"\n')
    assert preferences.region == "NL"


def test_what_has_a_default_keeps_it_when_the_file_is_broken(preferences, file, monkeypatch):
    file.write_text("= broken")
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")
    assert preferences.region == "NL"
    assert preferences.get("width", 800) == 800
    with pytest.raises(BadInput):
        preferences.set("width", 900)
    with pytest.raises(BadInput):
        preferences.region = "US"


def test_preferences_of_the_window_keep_their_type(preferences, file):
    for key, value in {"width": 900, "dark": True, "zoom": 1.5, "state": "abc", "columns": [1, 2]}.items():
        default = type(value)()
        assert preferences.get(key, default) == default
        preferences.set(key, value)
        assert Preferences(file).get(key, default) == value
    assert preferences.get("width", "text") == "text"
    assert preferences.get("dark", 0) == 0
    file.write_text("window = 5")
    assert preferences.get("width", 1) == 1
    with pytest.raises(BadInput, match=r"“window” must be written as \[window\]"):
        preferences.set("width", 1)


def test_true_becomes_one_and_one_becomes_true(preferences):
    preferences.set("shown", True)
    preferences.set("shown", 1)
    assert preferences.get("shown", 0) == 1
    preferences.set("shown", True)
    assert preferences.get("shown", False) is True


def test_a_key_set_later_does_not_slip_into_a_table(preferences, file):
    preferences.save_account(SALES)
    preferences.set("width", 900)
    preferences.region = "NL"
    preferences.save_account(OFFICE)
    preferences.set("height", 600)
    fresh = Preferences(file)
    assert (fresh.region, fresh.get("width", 0), fresh.get("height", 0)) == ("NL", 900, 600)
    assert fresh.accounts() == (SALES, OFFICE)


def test_setting_what_is_set_writes_nothing(preferences, file):
    preferences.set("width", 900)
    before = file.stat().st_ino
    preferences.set("width", 900)
    preferences.region = "GB"
    middle = file.stat().st_ino
    preferences.region = "GB"
    assert (before != middle, middle) == (True, file.stat().st_ino)


def test_a_region_is_two_letters(preferences, file):
    with pytest.raises(BadInput, match="“England” is not the code of a country"):
        preferences.region = "England"
    file.write_text("region = 5")
    assert len(preferences.region) == 2


def test_the_region_is_the_one_of_the_system_unless_set(preferences, monkeypatch):
    for name in ("LC_ALL", "LC_TELEPHONE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert preferences.region == "GB"
    monkeypatch.setattr("locale.getlocale", lambda: ("de_AT", "UTF-8"))
    assert system_region() == "AT"
    monkeypatch.setenv("LANG", "en_AU.UTF-8")
    assert system_region() == "AU"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert system_region() == "AU"
    preferences.region = "nz"
    assert preferences.region == "NZ"


def test_an_environment_of_no_country_is_not_taken_for_american(monkeypatch):
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_TELEPHONE", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert system_region() == "GB"


def test_the_file_is_for_the_user_alone_and_nothing_else_stays_behind(preferences, file):
    file.write_text("")
    file.chmod(0o644)
    preferences.save_account(SALES)
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in file.parent.iterdir()) == [".settings.toml.lock", "settings.toml"]


def test_a_link_to_a_file_elsewhere_stays_a_link(preferences, file, tmp_path):
    real = tmp_path / "dotfiles" / "real.toml"
    real.parent.mkdir()
    real.write_text("# mine\n")
    file.symlink_to(real)
    preferences.save_account(SALES)
    assert file.is_symlink()
    assert "# mine" in real.read_text()
    assert "Sales" in real.read_text()


def test_a_change_by_another_process_is_seen_and_kept(preferences, file):
    preferences.save_account(SALES)
    Preferences(file).save_account(OFFICE)
    assert preferences.accounts() == (SALES, OFFICE)
    other = Preferences(file)
    other.accounts()
    preferences.region = "NL"
    other.set("width", 5)
    assert (preferences.region, preferences.get("width", 0)) == ("NL", 5)


def test_processes_that_change_the_file_at_once_lose_nothing(file):
    program = (
        "import sys; from pathlib import Path; from voipdesk.settings.preferences import Preferences\n"
        "from voipdesk.core.accounts import Account\n"
        "for n in range(10): Preferences(Path(sys.argv[1])).save_account(Account(f'{sys.argv[2]}{n}', 'N', 'v'))"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(file), name]) for name in "abc"]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    assert {account.id for account in Preferences(file).accounts()} == {f"{p}{n}" for p in "abc" for n in range(10)}


def test_a_write_that_fails_leaves_the_file_as_it_was(preferences, file, monkeypatch):
    preferences.save_account(SALES)
    before = file.read_text()

    def fail(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageFailed, match=r"settings.toml could not be written: No space left on device"):
        preferences.save_account(OFFICE)
    assert file.read_text() == before
    assert sorted(path.name for path in file.parent.iterdir()) == [".settings.toml.lock", "settings.toml"]


def test_a_folder_that_is_gone_or_a_file_that_is_none_is_said_so(tmp_path):
    with pytest.raises(StorageFailed, match="could not be written: No such file or directory"):
        Preferences(tmp_path / "gone" / "settings.toml").save_account(SALES)
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(StorageFailed, match="could not be read: Is a directory"):
        Preferences(tmp_path / "folder.toml").accounts()
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed, match="could not be read: Not a directory"):
        Preferences(tmp_path / "file" / "settings.toml").accounts()
    with pytest.raises(StorageFailed, match="could not be written"):
        text_file.write_text(tmp_path / "gone" / "settings.toml", "")


def test_a_file_system_without_locks_is_said_so(preferences, monkeypatch):
    def refuse(descriptor):
        raise OSError(37, "No locks available")

    monkeypatch.setattr(text_file, "_lock", refuse)
    with pytest.raises(StorageFailed, match="could not be written: No locks available"):
        preferences.save_account(SALES)


def test_reading_the_file_loads_no_library_for_writing_it(file):
    file.write_text('region = "NL"\n')
    program = (
        "import sys; from pathlib import Path; from voipdesk.settings.preferences import Preferences\n"
        "assert Preferences(Path(sys.argv[1])).region == 'NL'; assert 'tomlkit' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, str(file)], check=True)
