"""The window's keys, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from voipdesk.core.language import N_, _
from voipdesk.gui.pane import CanExport, CanSearch
from voipdesk.gui.widgets.shortcuts_dialog import ShortcutsDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.gui.main_window import MainWindow

SHORTCUTS = (
    ("Ctrl+1", N_("The first pane; Ctrl+2 the second, and so on")),
    ("Ctrl+D", N_("The dial field")),
    ("Ctrl+F / Ctrl+K", N_("Search the list shown, or else the call log")),
    ("Return", N_("Dial; on a row of the call log: call back")),  # NON-NLS: the name of a key
    ("Ctrl+C", N_("Copy the selected row's number")),
    ("F5", N_("Ask the service again")),
    ("Ctrl+E", N_("Export the calls, or the contacts, that are shown")),
    ("Ctrl+,", N_("Accounts")),
    ("Ctrl+?", N_("This list")),
    ("Ctrl+Q", N_("Quit")),
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

    def show_list() -> None:
        shown = [(keys, _(does)) for keys, does in SHORTCUTS]  # NON-NLS: marked in its table
        ShortcutsDialog(shown, window).open()

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
        bind(key, show_list)


def _goer(window: MainWindow, place: int) -> Callable[[], None]:
    def go() -> None:
        if place < len(window.offered):
            window.go_to(window.offered[place])

    return go
