"""What is asked on a terminal, and what happens where there is none."""

import io
import signal

import pytest

from voipdesk.cli import terminal
from voipdesk.core.errors import BadInput


def test_without_a_terminal_only_yes_given_before_counts(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    terminal.check_can_ask(yes=True)
    with pytest.raises(BadInput, match="nothing was sent"):
        terminal.check_can_ask(yes=False)
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(BadInput, match="no terminal"):
        terminal.check_can_ask(yes=False)


@pytest.mark.parametrize("answer", ["yes\n", " YES \n", "yes"])
def test_a_yes_in_full_is_a_yes(monkeypatch, capsys, answer):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    terminal.check_says_yes("Move 1.00 to “a\x1b[2J”?")
    assert capsys.readouterr() == ("", "Move 1.00 to “a [2J”? Type yes: ")


@pytest.mark.parametrize("answer", ["", "\n", "y\n", "no\n", "yes please\n"])
def test_anything_else_is_a_no(monkeypatch, answer):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    with pytest.raises(BadInput, match="was not yes: nothing was sent"):
        terminal.check_says_yes("Move it?")


def test_ctrl_c_at_a_question_ends_the_program():
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, lambda *_: None)  # as asyncio has it
    try:
        with pytest.raises(KeyboardInterrupt), terminal.interruptible():
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("answer", ["⟦yes⟧\n", "yes\n"])
def test_a_yes_may_be_said_in_the_language_spoken_or_in_english(foreign, monkeypatch, capsys, answer):
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    terminal.check_says_yes("Move it?")
    assert capsys.readouterr().err == "⟦Move it? Type yes: ⟧"


def test_half_a_yes_in_the_language_spoken_is_a_no(foreign, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("⟦y\n"))
    with pytest.raises(BadInput, match="nothing was sent"):
        terminal.check_says_yes("Move it?")
