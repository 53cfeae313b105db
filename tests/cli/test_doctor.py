"""What the doctor tells on the command line."""

import pytest


@pytest.fixture(autouse=True)
def no_desktop(monkeypatch, tmp_path):
    for variable in ("XDG_DATA_DIRS", "XDG_CONFIG_DIRS"):
        monkeypatch.setenv(variable, str(tmp_path))
    for variable in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XDG_CURRENT_DESKTOP"):
        monkeypatch.delenv(variable, raising=False)


def found(ended):
    assert ended.code == 0, ended.err
    return {each["topic"]: each for each in ended.json}


def test_all_that_matters_is_looked_at(office, demo):
    told = found(office("doctor", "--format", "json"))
    assert told["Account Office"]["verdict"] == "good"
    assert told["Keyring"]["verdict"] == "good"
    assert told["tel: links"]["advice"] == "To open them with voipdesk: voipdesk links install tel"
    assert told["Tray"]["verdict"] == "bad"
    assert all(each["text"].endswith(".") for each in told.values())


def test_links_that_are_ours_and_accounts_that_do_not_answer_are_told(office, demo):
    office("links", "install", "tel")
    demo.fault("wrong_key")
    told = found(office("doctor", "--format", "json"))
    assert told["tel: links"]["text"] == "They open with voipdesk."
    assert (told["Account Office"]["verdict"], bool(told["Account Office"]["advice"])) == ("bad", True)


def test_it_sends_nothing_where_it_may_not(office, demo):
    asked = demo.state().requests
    assert "Account Office" not in found(office("doctor", "--no-accounts", "--format", "json"))
    assert demo.state().requests == asked


def test_an_archive_that_is_damaged_is_one_finding_of_several(run, tmp_path):
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "archive.sqlite").write_bytes(b"this is no database " * 100)
    told = found(run("doctor", "--format", "json", "--home", str(tmp_path / "broken")))
    assert (told["Archive"]["verdict"], "damaged" in told["Archive"]["text"]) == ("bad", True)
    assert told["Keyring"]["verdict"] == "good"


def test_a_new_user_is_told_how_to_begin(run, keyring):
    keyring["keyring"] = None
    shown = run("doctor")
    assert shown.code == 0
    assert "Add one: voipdesk accounts add" in shown.out
    assert "BAD  Keyring" in shown.out
