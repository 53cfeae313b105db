"""What a start of the window is asked for: a link is a link, whatever it looks like."""

import pytest

from voipdesk.__main__ import _opens_the_window
from voipdesk.desktop.start import read_start


@pytest.mark.parametrize(
    ("arguments", "link", "pane", "home"),
    [
        ([], "", "", ""),
        (["tel:+442079460000"], "tel:+442079460000", "", ""),
        (["--", "tel:+442079460000"], "tel:+442079460000", "", ""),
        (["--", "--demo"], "--demo", "", ""),
        (["--", "accounts"], "accounts", "", ""),
        (["--home", "/h", "--pane=sip", "--dark", "020 7946 0000"], "020 7946 0000", "sip", "/h"),
        (["--home=/h", "--size", "800x600", "--", "--home=/other"], "--home=/other", "", "/h"),
    ],
)
def test_what_a_window_that_is_open_can_take_over(arguments, link, pane, home, monkeypatch):
    monkeypatch.delenv("VOIPDESK_HOME", raising=False)
    start = read_start(arguments)
    assert (start.link, start.pane, start.home) == (link, pane, home)


def test_a_hidden_start_says_so_unless_it_has_a_link():
    assert read_start(["--hidden"]).hidden
    assert not read_start(["--hidden", "tel:7042"]).hidden
    assert not read_start(["--", "--hidden"]).hidden


@pytest.mark.parametrize(
    "arguments",
    [
        ["--demo"],
        ["--screenshot", "a.png"],
        ["--demo", "tel:1"],
        ["tel:1", "tel:2"],
        ["--", "tel:1", "--demo"],
        ["--home"],
        ["--bogus", "tel:1"],
        ["-x"],
    ],
)
def test_what_asks_for_a_window_of_its_own_or_is_wrong_is_taken_over_by_none(arguments):
    assert read_start(arguments) is None


@pytest.mark.parametrize("link", ["accounts", "--help", "--version", "file:///etc/passwd", "dial"])
def test_behind_the_dashes_there_is_no_command_and_no_option(link):
    assert _opens_the_window(["--", link])
    assert _opens_the_window(["--home", "/h", "--", link])


@pytest.mark.parametrize("arguments", [["accounts"], ["--help"], ["--home", "/h", "dial", "--", "tel:1"]])
def test_commands_are_for_the_terminal(arguments):
    assert not _opens_the_window(arguments)
