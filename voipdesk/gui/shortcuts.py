"""The window's keys, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from voipdesk.gui.pane import CanExport, CanSearch
from voipdesk.gui.widgets.shortcuts_dialog import ShortcutsDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.gui.main_window import MainWindow

SHORTCUTS = (
    ("Ctrl+1", "The first pane; Ctrl+2 the second, and so on"),
    ("Ctrl+D", "The dial field"),
    ("Ctrl+F / Ctrl+K", "Search the list shown, or else the call log"),
    ("Return", "Dial; on a row of the call log: call back"),
    ("Ctrl+C", "Copy the selected row's number"),
    ("F5", "Ask the service again"),
    ("Ctrl+E", "Export the calls, or the contacts, that are shown"),
    ("Ctrl+,", "Accounts"),
    ("Ctrl+?", "This list"),
    ("Ctrl+Q", "Quit"),
)
_PANES = 9


def bind_shortcuts(window: MainWindow) -> None:
    """Let the keys work anywhere in the window."""

    def bind(key: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), window).activated.connect(act)

    def search() -> None:
        pane = window.front(CanSearch)
        if isinstance(pane, CanSearch):
            pane.search()

    def export() -> None:
        pane = window.front(CanExport)
        if isinstance(pane, CanExport):
            pane.export()

    for number in range(1, _PANES + 1):
        bind(f"Ctrl+{number}", _goer(window, number - 1))
    bind("Ctrl+F", search)
    bind("Ctrl+K", search)
    bind("Ctrl+E", export)
    bind("Ctrl+D", lambda: window.go_to("dial"))
    bind("Ctrl+,", lambda: window.go_to("accounts"))
    bind("F5", window.refresh)
    bind("Ctrl+Q", window.quit)
    for key in ("Ctrl+?", "Ctrl+/"):
        bind(key, lambda: ShortcutsDialog(SHORTCUTS, window).open())


def _goer(window: MainWindow, place: int) -> Callable[[], None]:
    def go() -> None:
        if place < len(window.offered):
            window.go_to(window.offered[place])

    return go
