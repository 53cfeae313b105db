"""Finds texts for people that no translation reaches: `python -m tests.house.untranslated [FOLDER…]` lists them."""

from __future__ import annotations

import ast
import re
import sys
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
MARK = "NON-NLS"
"""On a literal's line: it is no text for people, or in a fixed language; on a line of its own: so is the whole file."""
SPOKEN = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2}
"""The functions that translate, and how many of their arguments are texts."""
NOT_FOR_PEOPLE = {
    *("ValueError", "TypeError", "RuntimeError", "AssertionError", "KeyError", "LookupError", "NotImplementedError"),
    *("debug", "info", "warning", "error", "exception", "critical", "cast", "compile", "setObjectName", "TypeVar"),
    *("import_module", "getLogger", "setProperty", "setStyleSheet"),
}
"""Whose arguments only programmers and programs read: errors that are bugs, the log, names, patterns, style."""
TASK_METHODS = {"start", "restart", "keep", "running", "cancel"}
"""Of the object that starts background work; the first argument is the task's name."""
AREAS = {folder.name.replace("_", " ") for folder in (ROOT / "voipdesk/gui").iterdir()} | {"credit"}
NAME_OF_A_TASK = re.compile(rf"({'|'.join(sorted(map(re.escape, AREAS)))}): [a-z ]+")
NAMES_OF_NAMES = {"_TASK", "_TOPIC", "__all__"}
LOG_METHODS = {"debug", "info", "warning", "error", "exception", "critical"}
SHOWN_BY = {
    *("setText", "setToolTip", "setPlaceholderText", "setWindowTitle", "setAccessibleName", "setStatusTip", "setTitle"),
    *("setAccessibleDescription", "addAction", "addTab", "addItem", "addRow", "setWhatsThis", "setInformativeText"),
    *(
        "QLabel",
        "PlainLabel",
        "QPushButton",
        "QToolButton",
        "QAction",
        "QCheckBox",
        "QRadioButton",
        "QGroupBox",
        "QMenu",
    ),
}
WORDS = re.compile(r"[^\W\d_]{2,}[^\s]* +(?:[^\W\d_] +)?[^\s]*[^\W\d_]{2,}")
WORD_BY_A_VALUE = re.compile(r"\{\}[^\w{}]* [^\s{}]*[^\W\d_]{2,}|[^\W\d_]{2,}[^\s{}]* [^\w{}]*\{\}")
CAPITALISED = re.compile(r"[A-Z][a-z]{2,}[….:?!]?")
SQL = re.compile(
    r"\s*\(?(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|WITH|BEGIN|COMMIT|SAVEPOINT|ROLLBACK|RELEASE|ATTACH|DETACH|"
    r"VACUUM|ANALYZE|AND|OR|ORDER|WHERE|FROM|JOIN|LEFT|GROUP|LIMIT|EXISTS|NOT|CASE|UNION|ON|HAVING|SET|VALUES|REPLACE|INDEXED|USING)\b"
)


@dataclass(frozen=True)
class Found:
    """A text, and the line it begins in."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text[:90]!r}"


class _Texts(ast.NodeVisitor):
    def __init__(self, file: Path, source: str) -> None:
        self.file = file
        self.found: list[Found] = []
        self.exempt = _lines_with_the_mark(source)
        self.function_depth = 0
        self.bound: list[set[str]] = []
        self.shown = False
        self.whole = _is_exempt(source)
        self.marked: set[str] = set()
        """Names of texts that are marked at the head of the module."""

    def visit_Module(self, node: ast.Module) -> None:
        self.marked = {*_marked_in(node)}
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = _name(node.func)
        texts = SPOKEN.get(name, 0) if isinstance(node.func, ast.Name) else 0
        if texts:
            if name != "N_" and not self.function_depth:
                self.tell(node, f"{name}() while the module is loaded, before the language is known")
            if any(name in names for names in self.bound):
                self.tell(node, f"{name} is bound to something else here")
            for argument in node.args[:texts]:
                if not self.is_held(argument):
                    self.tell(node, f"{name}() of what no catalogue can hold: {ast.unparse(argument)}")
        not_for_people = name in NOT_FOR_PEOPLE and (name not in LOG_METHODS or _is_log(node.func))
        if not_for_people:
            return
        before, self.shown = self.shown, name in SHOWN_BY
        for argument in node.args[1 if _is_of_tasks(node.func) else texts :]:
            self.visit(argument)
        self.shown = False
        for keyword in node.keywords:
            if (name, keyword.arg) != ("create_task", "name"):
                self.visit(keyword.value)
        self.visit(node.func)
        self.shown = before

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        self.judge(node, text, whole=WORDS.search(text) or WORD_BY_A_VALUE.search(text))
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                if any(_is_text(inner) for inner in ast.walk(part.value)):
                    self.tell(node, f"a text within an f-string, where no catalogue finds it: {text}")
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            single = CAPITALISED.fullmatch(node.value) or (self.shown and re.search(r"[^\W\d_]{2,}", node.value))
            self.judge(node, node.value, whole=WORDS.search(node.value) or single)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # else a docstring
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(target, ast.Name) and target.id in NAMES_OF_NAMES for target in node.targets):
            self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.target)
        if node.value:
            self.visit(node.value)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if not isinstance(node.slice, ast.Constant):  # else a key
            self.visit(node.slice)
        self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for part in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(part)
        self.function_depth += 1
        self.bound.append({*_bound_in(node)})
        for statement in node.body:
            self.visit(statement)
        self.bound.pop()
        self.function_depth -= 1

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 - the visitor finds it by the name of the node

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.function_depth += 1
        self.bound.append({argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)})
        self.visit(node.body)
        self.bound.pop()
        self.function_depth -= 1

    def is_held(self, text: ast.expr) -> bool:
        """Tell whether a catalogue holds a text: it is one, or one that is marked, or either of such."""
        if isinstance(text, ast.IfExp):
            return self.is_held(text.body) and self.is_held(text.orelse)
        return isinstance(text, ast.Constant) or (isinstance(text, ast.Name) and text.id in self.marked)

    def judge(self, node: ast.expr, text: str, *, whole: object) -> None:
        if whole and not SQL.match(text) and not NAME_OF_A_TASK.fullmatch(text):
            self.tell(node, text)

    def tell(self, node: ast.expr, text: str) -> None:
        lines = range(node.lineno, (node.end_lineno or node.lineno) + 1)
        if not self.whole and self.exempt.isdisjoint(lines):
            self.found.append(Found(self.file, node.lineno, text))


def _marked_in(module: ast.Module) -> Iterator[str]:
    for statement in module.body:
        if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
            continue
        if _name(statement.value.func) == "N_":
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))


def _bound_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for argument in ast.walk(function.args):
        if isinstance(argument, ast.arg):
            yield argument.arg
    for statement in function.body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _is_text(node: ast.AST) -> bool:
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN
    return named and any(isinstance(argument, ast.Constant) for argument in node.args)


def _is_log(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and "log" in ast.unparse(function.value).lower()


def _is_of_tasks(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr in TASK_METHODS
        and ast.unparse(function.value).endswith("tasks")
    )


def _comments(source: str) -> Iterator[tokenize.TokenInfo]:
    lines = iter(source.splitlines(keepends=True))
    return (token for token in tokenize.generate_tokens(lambda: next(lines, "")) if token.type == tokenize.COMMENT)


def _lines_with_the_mark(source: str) -> set[int]:
    return {token.start[0] for token in _comments(source) if MARK in token.string}


def _is_exempt(source: str) -> bool:
    return any(MARK in token.string and token.start[1] == 0 for token in _comments(source))


def untranslated(*folders: Path) -> list[Found]:
    """Find the texts below the folders that are not given to a function of translation, and its wrong uses."""
    found: list[Found] = []
    for folder in folders:
        for file in [folder] if folder.is_file() else sorted(folder.rglob("*.py")):
            if "demo" in file.parts:  # it says what the services say
                continue
            source = file.read_text()
            texts = _Texts(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file, source)
            texts.visit(ast.parse(source))
            found += texts.found
    return found


if __name__ == "__main__":
    folders = [Path(name).absolute() for name in sys.argv[1:]] or [ROOT / "voipdesk"]
    all_found = untranslated(*folders)
    print(*all_found, f"{len(all_found)} texts", sep="\n")
