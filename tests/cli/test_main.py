"""The door, the errors and the exit codes."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from voipdesk import __main__ as door
from voipdesk import __version__
from voipdesk.cli import budget, main
from voipdesk.core import language
from voipdesk.core.errors import (
    BadInput,
    NotAuthorised,
    OutcomeUnknown,
    OverBudget,
    SecretMissing,
    StorageFailed,
    Unreachable,
)

NO_WINDOW = """
import importlib.abc, sys
class Refuse(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in {blocked}:
            raise AssertionError("imports " + name)
sys.meta_path.insert(0, Refuse())
from voipdesk.__main__ import main
"""


def process(*argv, code=None, **settings):
    command = [sys.executable, *(("-c", code) if code else ("-m", "voipdesk")), *argv]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **settings)


def test_help_shows_all_commands_and_exit_codes(run):
    shown = run("--help")
    assert shown.code == 0
    assert all(f"\n    {name} " in shown.out for name in main.COMMANDS)
    assert "exit codes: 0 done" in shown.out


@pytest.mark.parametrize("name", main.COMMANDS)
def test_each_command_has_help(run, name):
    shown = run(name, "--help")
    assert shown.code == 0
    assert f"voipdesk {name}" in shown.out


def test_the_version_is_told(run):
    assert run("--version").out == f"voipdesk {__version__}\n"


@pytest.mark.parametrize(
    "argv",
    [
        ("nonsense",),
        ("calls", "--nonsense"),
        ("calls", "--limit", "0"),
        ("calls", "--limit", "many"),
        ("calls", "--since", "soon"),
        ("calls", "--source", "fax"),
        ("accounts",),
        ("accounts", "add"),
        ("accounts", "add", "nobody", "--name", "N"),
        ("accounts", "add", "voipcloud", "--name", "N"),
        ("dial",),
        ("demo", "--port", "x"),
        ("demo", "--port", "70000"),
        ("calls", "--since", "2026-03-02", "--until", "2026-03-01"),
        ("sync", "--since", "2026-03-02", "--until", "2026-03-01"),
        ("budget",),
        ("customers",),
        ("customers", "list"),
        ("customers", "show"),
        ("customers", "create", "--name", "x"),
        ("customers", "credit", "x"),
        ("customers", "credit", "x", "1.2.3", "--yes"),
        ("customers", "transfers", "--limit", "0"),
        ("stores",),
        ("stores", "list"),
        ("sip",),
        ("sip", "show"),
        ("sip", "list", "--fo", "x"),
    ],
)
def test_wrong_usage_is_exit_code_2(run, argv):
    ended = run(*argv)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err


def failing(monkeypatch, error):
    async def run(_options):
        raise error

    monkeypatch.setattr(budget, "run", run)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BadInput("Said.", advice="Do."), 2),
        (NotAuthorised("Said.", advice="Do."), 3),
        (OverBudget("Said.", advice="Do."), 4),
        (Unreachable("Said.", advice="Do."), 5),
        (OutcomeUnknown("Said.", advice="Do."), 6),
        (StorageFailed("Said.", advice="Do."), 1),
    ],
)
def test_an_error_is_two_lines_and_an_exit_code(run, monkeypatch, error, code):
    failing(monkeypatch, error)
    ended = run("budget")
    assert (ended.code, ended.out) == (code, "")
    assert ended.err == "voipdesk: Said.\n          Do.\n"


def test_an_error_without_advice_is_one_line_and_safe_for_the_terminal(run, monkeypatch):
    failing(monkeypatch, BadInput("Said\x1b[2J\n."))
    assert run("budget").err == "voipdesk: Said [2J .\n"


def test_the_time_of_the_next_try_is_told(run, monkeypatch):
    failing(monkeypatch, OverBudget("Used up.", retry_at=datetime(2026, 7, 1, 10, 15, tzinfo=UTC)))
    assert run("budget").err == "voipdesk: Used up.\n          Try again at 12:15:00.\n"


def test_a_missing_secret_says_how_to_give_it_here(run, monkeypatch):
    failing(monkeypatch, SecretMissing("No key.", advice="In the window."))
    assert "--secret-stdin" in run("budget").err


def test_a_bug_is_told_without_a_traceback(run, monkeypatch):
    failing(monkeypatch, ValueError("planted"))
    ended = run("budget")
    assert ended.code == 1
    assert "A fault in the program: ValueError in run" in ended.err
    assert "planted" not in ended.err
    assert len(ended.err.splitlines()) == 2


def test_a_bugs_traceback_can_be_asked_for(run, monkeypatch):
    monkeypatch.setenv("VOIPDESK_TRACEBACK", "1")
    failing(monkeypatch, ValueError("planted"))
    with pytest.raises(ValueError, match="planted"):
        run("budget")


def test_ctrl_c_is_exit_code_130(run, monkeypatch):
    failing(monkeypatch, KeyboardInterrupt())
    ended = run("budget")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_options_for_all_commands_may_stand_before_or_after_the_command(run, tmp_path):
    assert run("--home", str(tmp_path / "a"), "calls").code == 0
    assert run("calls", "--home", str(tmp_path / "b")).code == 0
    assert (tmp_path / "a" / "archive.sqlite").is_file()
    assert (tmp_path / "b" / "archive.sqlite").is_file()


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["tel:+442079460958"],
        ["callto:020 7946 0958"],
        ["+44 20 7946 0958"],
        ["--demo"],
        ["--home", "calls"],
        ["--home", "x", "--pane", "status", "tel:1"],
        ["--home=calls", "--demo"],
    ],
)
def test_nothing_or_a_link_opens_the_window(monkeypatch, tmp_path, argv):
    monkeypatch.chdir(tmp_path)
    opened = []

    def open_window(given, claim):
        opened.append(given)
        if claim is not None:
            claim.release()
        return 7

    monkeypatch.setitem(sys.modules, "voipdesk.app", SimpleNamespace(main=open_window))
    assert door.main(argv) == 7
    assert opened == [argv]


def test_a_window_that_hangs_is_said_and_no_second_one_opened(monkeypatch, capsys):
    def hang(_home, _message):
        raise TimeoutError(110, "it does not answer")

    monkeypatch.setattr("voipdesk.desktop.hand_over.hand_over_or_claim", hang)
    assert door.main(["tel:7042"]) == 1
    assert "The open window does not answer" in capsys.readouterr().err


def test_where_other_windows_cannot_be_looked_for_one_opens_all_the_same(monkeypatch, capsys):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/proc")
    monkeypatch.setitem(
        sys.modules, "voipdesk.app", SimpleNamespace(main=lambda _given, claim: 7 if claim is None else 0)
    )
    assert door.main(["tel:7042"]) == 7
    assert "Other windows cannot be looked for" in capsys.readouterr().err


def test_before_there_is_a_window_the_language_of_its_home_is_spoken_too(monkeypatch, capsys, tmp_path):
    texts = {
        "Other windows cannot be looked for: {reason}.": "Andere vensters zijn niet te vinden: {reason}.",
        "the open window does not take it": "het geopende venster neemt het niet aan",
    }

    def refuse(_home, _message):
        raise PermissionError(13, "the open window does not take it")

    (tmp_path / "settings.toml").write_text('language = "nl"\n')
    monkeypatch.setattr(language, "_catalogue", lambda code: SimpleNamespace(gettext=texts.__getitem__))
    monkeypatch.setattr("voipdesk.desktop.hand_over.hand_over_or_claim", refuse)
    monkeypatch.setitem(sys.modules, "voipdesk.app", SimpleNamespace(main=lambda _given, _claim: 0))
    try:
        assert door.main(["--home", str(tmp_path), "tel:7042"]) == 0
    finally:
        language.use_language("en", system=[])
    said = "voipdesk: Andere vensters zijn niet te vinden: het geopende venster neemt het niet aan.\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    "argv", [["calls"], ["--home", "x", "calls"], ["--help"], ["--demo", "-h"], ["--version"], ["telly"]]
)
def test_a_command_does_not_open_the_window(monkeypatch, argv):
    given = []
    monkeypatch.setattr(main, "main", lambda argv: given.append(argv) or 0)
    monkeypatch.setattr(sys, "argv", ["voipdesk", *argv])
    assert door.main() == 0
    assert given == [argv]


def refusing(*blocked, argv):
    code = NO_WINDOW.replace("{blocked}", repr(set(blocked)))
    return process(code=f"{code}\nsys.exit(main({argv!r}))")


@pytest.mark.parametrize(
    "argv",
    [
        ["--help"],
        ["accounts", "list"],
        ["dial", "+442079460958", "--dry-run"],
        ["customers", "--help"],
        ["sip", "list", "--help"],
        ["stores", "--help"],
    ],
)
def test_no_command_needs_the_windows_libraries(argv):
    ended = refusing("PySide6", "qasync", "shiboken6", argv=argv)
    assert (
        ended.returncode,
        ended.stderr.replace("There is no account yet. “voipdesk accounts add” adds one.\n", ""),
    ) == (0, "")


def test_listing_calls_loads_nothing_dear(tmp_path):
    dear = ("PySide6", "httpx", "keyring", "phonenumbers", "platformdirs", "alembic", "tomlkit", "starlette", "certifi")
    ended = refusing(*dear, argv=["--home", str(tmp_path), "calls", "--limit", "20"])
    assert (ended.returncode, ended.stderr) == (0, "No calls match.\n")


def test_listing_transfers_loads_nothing_that_it_does_not_use(tmp_path):
    dear = ("PySide6", "httpx", "keyring", "phonenumbers", "alembic", "starlette", "certifi")
    ended = refusing(*dear, argv=["--home", str(tmp_path), "customers", "transfers"])
    assert (ended.returncode, ended.stderr) == (0, "No credit was moved from here.\n")


@pytest.mark.skipif(os.name != "posix", reason="pipes end otherwise elsewhere")
def test_a_reader_that_has_seen_enough_gets_no_complaint(tmp_path):
    code = (
        "import sys\nfrom voipdesk.cli import budget, main, output\n"
        "async def run(o):\n    for n in range(100000): output.say(str(n))\n    return 0\n"
        "budget.run = run\nsys.exit(main.main(['budget']))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        child.stdout.readline()
        child.stdout.close()
        said = child.stderr.read()
    assert (child.returncode, said) == (141, b"")


def test_a_full_disk_is_told_in_two_lines():
    if not os.path.exists("/dev/full"):  # noqa: PTH110
        pytest.skip("there is no /dev/full here")
    with open("/dev/full", "w") as full:  # noqa: PTH123
        ended = subprocess.run(
            [sys.executable, "-m", "voipdesk", "accounts", "list", "--format", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )
    assert ended.returncode == 1
    assert ended.stderr == "voipdesk: What was asked for cannot be printed: No space left on device.\n"
