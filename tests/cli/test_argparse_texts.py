"""What argparse says of a command line, in the language spoken."""

import argparse
import ast
import inspect

import pytest

from voipdesk.cli import argparse_texts, main
from voipdesk.providers.registry import providers

TO_PROGRAMMERS = (
    ".__call__()", "conflicting ", 'argument "-" with mode', "can't open", "cannot merge", "'required' is an invalid",
    "invalid option string", "dest= is required", "invalid conflict_resolution", "mutually exclusive arguments must",
    "cannot have multiple subparser", "subcommands", "%r is not callable", " (default: ", "is deprecated", "warning: ",
)  # fmt: skip
"""How texts begin or end that no person sees here: of wrong calls, and of things that the program does not use."""


def asked_for():
    """Each text for which this Python's argparse asks gettext."""
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"_", "ngettext"}:
            yield from (text.value for text in node.args if isinstance(text, ast.Constant) and text.value)


def test_all_that_argparse_says_to_people_is_in_the_catalogue():
    texts = {text for text in asked_for() if not any(part in text for part in TO_PROGRAMMERS)}
    assert len(texts) > 15
    assert texts - set(argparse_texts.TEXTS) == {"expected %s argument", "expected %s arguments"}


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        ((), "⟦the following arguments are required: COMMAND⟧"),
        (("nonsense",), "⟦invalid choice: 'nonsense' (choose from "),
        (("calls", "--nonsense"), "⟦unrecognized arguments: --nonsense⟧"),
        (("calls", "--account"), "⟦expected one argument⟧"),
        (("calls", "--limit", "0"), "⟦argument --limit: ⟦“0” is no number of calls⟧⟧"),
        (("demo", "--port", "x"), "⟦invalid int value: 'x'⟧"),
        (("dial", "--dry-run", "--ask"), "⟦not allowed with argument --dry-run⟧"),
    ],
)
def test_a_wrong_command_line_is_told_in_the_language_spoken(foreign, run, argv, said):
    ended = run(*argv)
    assert ended.code == 2
    assert ended.err.startswith("⟦usage: ⟧voipdesk")
    assert "⟦voipdesk" in ended.err
    assert said in ended.err


def test_a_number_of_arguments_is_told_in_the_language_spoken(foreign, capsys):
    argparse_texts.translate()
    parser = argparse.ArgumentParser()
    parser.add_argument("--pair", nargs=2)
    with pytest.raises(SystemExit):
        parser.parse_args(["--pair", "x"])
    assert "⟦expected 2 arguments⟧" in capsys.readouterr().err


def shown(parser):
    """Each text in a parser's help, and in those of the parsers below it, but for the services' names."""
    yield from (parser.description, parser.epilog)
    for group in parser._action_groups:
        yield from (group.title, group.description)
    for action in parser._actions:
        yield action.help
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help for choice in action._choices_actions)
            for child in action.choices.values():
                yield from shown(child)


@pytest.mark.parametrize("name", main.COMMANDS)
def test_all_help_is_in_the_language_spoken(foreign, name):
    argparse_texts.translate()
    texts = {text for text in shown(main._parser([name])) if text} - {each.vendor.name for each in providers().values()}
    assert [text for text in texts if not text.startswith("⟦")] == []
    assert len(texts) > 20


def test_help_is_shown_in_the_language_spoken(foreign, run):
    shown = run("calls", "--help").out
    assert shown.startswith("⟦usage: ⟧voipdesk calls")
    assert "⟦options⟧:" in shown
    assert "⟦show this help message and exit⟧" in shown
    assert "--direction {in,out}" in shown
