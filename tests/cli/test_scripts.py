"""Call scripts from the command line."""

import os

import pytest

from tests.cli.typed import on_a_terminal
from voipdesk.cli.script_test import _coloured
from voipdesk.providers.apidaze import wire_scripts

MAIN, OTHER = "https://scripts.demo.example/main.xml", "https://other.example/french.xml"
BESIDE = "https://scripts.demo.example/french.xml"


def there(demo):
    return demo.apidaze.state().scripts


@pytest.mark.parametrize("wanted", ["311", "main menu", MAIN])
def test_they_are_listed_and_one_is_shown(voice, wanted):
    listed = voice("scripts", "list")
    assert (listed.code, listed.err) == (0, "")
    assert listed.out.splitlines()[0].split() == ["Name", "Address", "Changed", "Id"]
    assert voice("scripts", "list", "--format", "json").json[0]["url"] == MAIN
    shown = voice("scripts", "show", wanted)
    assert f"Name     Main menu\nAddress  {MAIN}\n" in shown.out
    assert voice("scripts", "show", wanted, "--format", "json").json["raw"]["id"] == "311"


def test_one_is_created_and_none_is_said(voice, demo):
    assert voice("scripts", "delete", "311", "--yes").code == 0
    assert voice("scripts", "list").err == "There are no scripts.\n"
    made = voice("scripts", "create", OTHER, "--name", "French")
    assert (made.code, made.err) == (0, "The script is created.\n")
    assert f"Name     French\nAddress  {OTHER}\n" in made.out
    assert there(demo) == [OTHER]


@pytest.mark.parametrize("domain", ["host", "account"])
def test_where_there_is_one_it_is_replaced_when_that_is_said(voice, demo, domain):
    demo.apidaze.switch(script_domain=domain)
    url = BESIDE if domain == "host" else OTHER
    refused = voice("scripts", "create", url)
    assert (refused.code, refused.out) == (3, "")
    assert f"There is a script already: {MAIN}" in refused.err
    assert "add --replace" in refused.err
    assert there(demo) == [MAIN]
    replaced = voice("scripts", "create", url, "--replace", "--format", "json")
    assert (replaced.code, replaced.json["id"], replaced.json["name"]) == (0, "311", "Main menu")
    assert replaced.err == f"The script changes:\n  Address: {MAIN} → {url}\n"
    assert there(demo) == [url]


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
@pytest.mark.parametrize(("answer", "code", "left"), [(b"yes\n", 0, BESIDE), (b"no\n", 2, MAIN)])
def test_on_a_terminal_replacing_is_offered(demo, voice, answer, code, left):
    ended, shown = on_a_terminal(["scripts", "create", BESIDE], f"{demo.apidaze.client_secret}\n".encode(), answer)
    assert f"Replace it by {BESIDE}? Type yes:" in shown
    assert (ended, there(demo)) == (code, [left])


def test_an_update_shows_what_changes(voice, demo):
    ended = voice("scripts", "update", "311", "--url", OTHER, "--name", "")
    assert ended.code == 0
    assert ended.err == f"The script changes:\n  Address: {MAIN} → {OTHER}\n  Name: Main menu → nothing\n"
    assert there(demo) == [OTHER]
    assert voice("scripts", "update", "311", "--url", OTHER).err == "It is so already; nothing was sent.\n"
    assert voice("scripts", "update", "311").code == 2
    assert voice("scripts", "update", "311", "--url", "nowhere").code == 2
    assert len(demo.apidaze.state().updated) == 1


@pytest.mark.parametrize("command", [("show",), ("update", "--name", "x"), ("delete", "--yes")])
def test_an_id_that_is_not_there_is_exit_code_3(voice, command):
    ended = voice("scripts", command[0], "999", *command[1:])
    assert (ended.code, ended.out) == (3, "")
    assert "“Voice” has no script “999”" in ended.err


def test_a_deletion_without_a_yes_is_refused_where_nobody_can_be_asked(voice, demo):
    assert voice("scripts", "delete", "311").code == 2
    assert demo.apidaze.state().requests == {}
    assert voice("scripts", "delete", "311", "--yes", "--format", "json").json["url"] == MAIN
    assert there(demo) == []


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
def test_a_deletion_asks_on_a_terminal_and_names_the_address(demo, voice):
    ended, shown = on_a_terminal(["scripts", "delete", "311"], f"{demo.apidaze.client_secret}\n".encode(), b"n\n")
    assert f"Delete the script {MAIN} of Voice?" in shown
    assert (ended, there(demo)) == (2, [MAIN])


def test_an_address_that_answers_well_is_shown_indented(voice):
    ended = voice("scripts", "test", MAIN)
    assert ended.code == 0
    assert '<document>\n  <work>\n    <answer/>\n    <wait>1</wait>\n    <speak lang="en-US">Welcome' in ended.out
    assert "\x1b" not in ended.out, "colours are for terminals"
    assert "Well-formed XML, answered in" in ended.err


@pytest.mark.parametrize(
    ("page", "code", "said"),
    [
        ("broken.xml", 5, "not well-formed XML: mismatched tag (line 4, column 5)"),
        ("entities.xml", 5, "it declares entities"),
        ("page.html", 5, "mismatched tag (line 1, column 46)"),
        ("empty.xml", 5, "the answer is empty"),
        ("huge.xml", 5, "answers with more than 1 MiB"),
        ("slow.xml", 5, "no whole answer within"),
        ("nothing-there", 3, "got no script from this address: The URL did not answer: connection refused"),
    ],
)
def test_an_address_that_answers_wrongly_is_reported(voice, monkeypatch, page, code, said):
    if page == "slow.xml":
        monkeypatch.setattr(wire_scripts, "TEST_WITHIN_S", 0.5)
    ended = voice("scripts", "test", f"https://scripts.demo.example/{page}")
    assert ended.code == code
    assert said in ended.err


def test_what_is_wrong_is_told_to_other_programs_too(voice, demo):
    demo.apidaze.switch(test_in_json=True)
    ended = voice("scripts", "test", "https://scripts.demo.example/broken.xml", "--format", "json")
    assert ended.code == 5
    assert (ended.json["well_formed"], ended.json["problem"], ended.json["line"], ended.json["column"]) == (
        *(False, "Mismatched tag", 4, 5),
    )
    assert ended.json["text"].startswith("<document>\n")


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX's")
def test_on_a_terminal_the_xml_is_coloured(demo, voice, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    ended, shown = on_a_terminal(["scripts", "test", MAIN], f"{demo.apidaze.client_secret}\n".encode())
    assert ended == 0
    assert '\x1b[36m<speak\x1b[0m lang=\x1b[32m"en-US"\x1b[0m\x1b[36m>\x1b[0mWelcome' in shown


def test_colours_change_nothing_but_the_colour():
    line = '  <!-- a --><a b="c &lt; > d"><b/>text &amp; more</a>'
    assert (
        _coloured(line).replace("\x1b[0m", "").replace("\x1b[2m", "").replace("\x1b[36m", "").replace("\x1b[32m", "")
        == line
    )


def test_a_line_as_long_as_an_answer_may_be_is_coloured_at_once():
    line = "<!--" * 250_000  # as in a CDATA section: for each of them, all that follows was looked through
    assert _coloured(line).count("\x1b[2m") == 1


def test_a_service_without_scripts_says_so(office):
    ended = office("scripts", "list")
    assert (ended.code, "has no scripts here" in ended.err) == (2, True)
