"""Telephone links from the command line."""

import pytest


@pytest.fixture(autouse=True)
def nobody(monkeypatch, tmp_path):
    for variable in ("XDG_DATA_DIRS", "XDG_CONFIG_DIRS"):
        monkeypatch.setenv(variable, str(tmp_path))
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)


def ours(ended):
    assert ended.code == 0, ended.err
    return [each["scheme"] for each in ended.json if each["voipdesk"]]


def test_links_are_taken_shown_and_given_back(run):
    assert ours(run("links", "status", "--format", "json")) == []
    assert ours(run("links", "install", "--format", "json")) == ["tel", "callto", "sip", "sips"]
    assert ours(run("links", "remove", "sip", "sips", "--format", "json")) == ["tel", "callto"]
    shown = run("links", "status")
    assert shown.out.splitlines()[:2] == ["Links    Opened with", "tel:     voipdesk"]
    assert "nothing" in shown.out
    assert ours(run("links", "remove", "--format", "json")) == []


def test_a_scheme_that_is_none_is_refused(run):
    assert run("links", "install", "http").code == 2
