"""Telephone links on Windows, on a registry in memory."""

import pytest

from tests.fakes.registry import FakeRegistry
from voipdesk.core.errors import StorageFailed
from voipdesk.desktop.tel_links_windows import PROG_ID, WindowsTelLinks, open_command

ALL = ("tel", "callto", "sip", "sips")
CHOICE = r"Software\Microsoft\Windows\Shell\Associations\UrlAssociations\{}\UserChoice"


@pytest.fixture
def registry():
    registry = FakeRegistry()
    with registry.CreateKeyEx(None, r"Software\RegisteredApplications") as key:
        registry.SetValueEx(key, "Teams", 0, 1, r"Software\Teams\Capabilities")
    choose(registry, "tel", "teams.tel")
    with registry.CreateKeyEx(None, r"Software\Classes\teams.tel") as key:
        registry.SetValueEx(key, "", 0, 1, "URL:Teams")
    return registry


@pytest.fixture
def links(registry):
    return WindowsTelLinks([r"C:\Program Files\voipdesk\voipdesk.exe"], registry)


def choose(registry, scheme, prog_id):
    with registry.CreateKeyEx(None, CHOICE.format(scheme)) as key:
        registry.SetValueEx(key, "ProgId", 0, 1, prog_id)


def value(registry, path, name):
    return registry.keys[path.lower()][name.lower()]


def test_it_is_registered_for_the_person_to_choose(links, registry):
    assert links.install(ALL).startswith("Choose voipdesk in Settings")
    assert value(registry, r"Software\RegisteredApplications", "voipdesk") == r"Software\voipdesk\Capabilities"
    for scheme in ALL:
        assert value(registry, r"Software\voipdesk\Capabilities\URLAssociations", scheme) == PROG_ID
    command = value(registry, rf"Software\Classes\{PROG_ID}\shell\open\command", "")
    assert command == r'"C:\Program Files\voipdesk\voipdesk.exe" -- "%1"'
    assert value(registry, rf"Software\Classes\{PROG_ID}", "URL Protocol") == ""


def test_who_opens_them_is_what_the_person_chose(links, registry):
    links.install(ALL)
    choose(registry, "sip", PROG_ID)
    assert [(o.scheme, o.owner, o.ours) for o in links.owners()] == [
        ("tel", "Teams", False),
        ("callto", "", False),
        ("sip", "voipdesk", True),
        ("sips", "", False),
    ]
    choose(registry, "tel", PROG_ID)
    assert links.install(["tel", "sip"]) == ""


def test_nothing_is_left_of_it(links, registry):
    before = {key: dict(values) for key, values in registry.keys.items()}
    links.install(ALL)
    links.remove(["tel"])
    assert "tel" not in registry.keys[r"software\voipdesk\capabilities\urlassociations"]
    links.remove(ALL[1:])
    after = registry.keys
    assert {key: values for key, values in after.items() if key not in before and key != r"software\classes"} == {}
    assert {key: after[key] for key in before} == before
    links.remove(ALL)


def test_a_registry_that_cannot_be_written_is_said(links, registry, monkeypatch):
    def refuse(*_):
        raise PermissionError(5, "Access is denied")

    monkeypatch.setattr(registry, "SetValueEx", refuse)
    with pytest.raises(StorageFailed, match="Access is denied"):
        links.install(["tel"])


def test_a_command_with_spaces_is_quoted_and_the_link_stands_behind_the_dashes():
    assert open_command(["a b.exe", "--home", "c d"]) == '"a b.exe" --home "c d" -- "%1"'
