"""The house rules that no linter knows, held on the program's source."""

import ast
import builtins
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "voipdesk").rglob("*.py"))
WINDOW = ("gui/", "desktop/", "app.py")
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
BUILTIN_ERRORS = {k for k, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, Exception)}


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parsed(file)))


def calls(file: Path, *names: str) -> list[int]:
    """The lines that call something by one of these names, as a function or as a method."""
    return [
        node.lineno
        for node in nodes(file)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) in names or getattr(node.func, "id", None) in names)
    ]


@pytest.mark.parametrize("file", MODULES, ids=name_of)
def test_every_module_says_in_a_sentence_what_it_is(file):
    docstring = ast.get_docstring(parsed(file)) or ""
    assert docstring.partition("\n\n")[0].rstrip().endswith("."), "the first paragraph is to be a sentence"


def test_no_module_is_a_drawer():
    drawers = [
        name_of(f) for f in MODULES if DRAWERS & {part.removesuffix(".py") for part in f.relative_to(ROOT).parts}
    ]
    assert drawers == []


def test_no_nested_event_loop_in_the_window():
    # a modal exec() inside a coroutine stops every other task, and the process never ends
    window = [f for f in MODULES if name_of(f).removeprefix("voipdesk/").startswith(WINDOW)]
    assert {name_of(f): lines for f in window if (lines := calls(f, "exec", "exec_"))} == {}


def test_nothing_that_runs_on_the_window_s_thread_sleeps():
    places = (*WINDOW, "services/", "providers/")
    before_the_window = {"voipdesk/desktop/hand_over.py"}  # a start that waits for another one has no window yet

    def sleeps(file: Path) -> bool:
        return any(
            (isinstance(node, ast.ImportFrom) and node.module == "time" and any(a.name == "sleep" for a in node.names))
            or (isinstance(node, ast.Attribute) and node.attr == "sleep" and getattr(node.value, "id", "") == "time")
            for node in nodes(file)
        )

    looked_at = [f for f in MODULES if name_of(f) not in before_the_window]
    assert [
        name_of(f) for f in looked_at if name_of(f).removeprefix("voipdesk/").startswith(places) and sleeps(f)
    ] == []


def test_every_error_descends_from_the_one_tree():
    strays = {
        f"{name_of(file)}: {node.name}"
        for file in MODULES
        if "/demo/" not in name_of(file)  # a server's answers, not the program's errors
        for node in nodes(file)
        if isinstance(node, ast.ClassDef) and BUILTIN_ERRORS & {getattr(base, "id", "") for base in node.bases}
    }
    assert strays <= {
        "voipdesk/core/errors.py: VoipdeskError",
        "voipdesk/providers/voipcloud/wire.py: TooMany",  # between wire.py and its client, which raises OverBudget
    }


def test_every_package_says_what_it_is():
    # a folder without __init__.py would be left out of the import contract
    folders = {file.parent for file in MODULES}
    assert [name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_the_import_contract_places_every_top_level_module_of_the_picture():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    placed = {name.strip() for layer in layers for name in layer.split("|")}
    package = ROOT / "voipdesk"
    top = {f.stem for f in package.glob("*.py")} | {f.parent.name for f in package.glob("*/__init__.py")}
    assert top - {"__init__"} <= placed
