"""The window: the list of panes, the pane, what is said above it and the line below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from voipdesk.core.language import _
from voipdesk.gui.shortcuts import bind_shortcuts
from voipdesk.gui.theme import GRID
from voipdesk.gui.widgets.cover_stack import CoverStack
from voipdesk.gui.widgets.message_strip import MessageStrip
from voipdesk.gui.widgets.rule import Rule
from voipdesk.gui.widgets.side_list import Entry, SideList
from voipdesk.gui.widgets.tab_order import focus_next

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent

    from voipdesk.gui.messages import Messages
    from voipdesk.gui.pane import Pane
    from voipdesk.gui.theme import Theme

_FOLLOW_EVERY_MS = 1_000


class MainWindow(QMainWindow):
    """Shows one pane at a time; it may stand empty until the services are loaded."""

    closing = Signal()
    pane_shown = Signal(str)
    seen_changed = Signal(bool)
    """Whether the window can be seen: False while it is minimised."""
    account_shown = Signal(str)
    """The id of the account that the pane at the front shows, when it has changed; not for one that shows several."""

    def __init__(self, theme: Theme, messages: Messages, foot: QWidget, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(90 * GRID, 60 * GRID)
        self._theme = theme
        self._panes: dict[str, Pane] = {}
        self.offered: tuple[str, ...] = ()
        self.covered = False
        """Whether something was to be shown in place of the panes, until one was picked."""
        self._current: Pane | None = None
        self._side = SideList(theme)
        self._stack = CoverStack(theme)
        self._lay_out(MessageStrip(messages, theme), foot)
        self._side.picked.connect(self.go_to)
        self._account = ""
        self._follower = QTimer(self)
        self._follower.timeout.connect(self._follow)
        self._follower.start(_FOLLOW_EVERY_MS)
        self.stays_when_closed: Callable[[], bool] = lambda: False
        """Hides the window instead, where it can be brought back, and says whether it did."""
        bind_shortcuts(self)

    def show_first(self, page: QWidget) -> None:
        """Show the widget of a pane that is still to come."""
        self._stack.show_page(page)

    def add_panes(self, panes: Sequence[Pane]) -> None:
        """Take the panes, in the order of the list."""
        for pane in panes:
            self._panes[pane.key] = pane

    def offer(self, keys: Sequence[str], cover: QWidget | None = None) -> None:
        """List the panes that can do something now; `cover`, if any, is shown in place of them until one is picked."""
        self.offered = tuple(key for key in self._panes if key in keys)
        self.covered = cover is not None
        panes = [self._panes[key] for key in self.offered]
        entries = [Entry(pane.key, _(pane.title), pane.icon) for pane in panes]  # NON-NLS: the panes mark them
        self._side.show_entries(entries)
        if cover is not None or (self._current is not None and self._current.key not in self.offered):
            self._leave()
            self._side.set_current("")
            self._stack.show_blank()
        self._stack.cover(cover)

    def go_to(self, key: str) -> None:
        """Bring a pane to the front; one that is not offered is ignored."""
        pane = self._panes.get(key)
        if pane is None or key not in self.offered:
            return
        if pane is not self._current:
            self._leave()
            self._current = pane
            self._side.set_current(key)
            self._stack.show_page(pane.widget)
            self.pane_shown.emit(key)
        pane.shown()
        self._follow()

    def front(self, ability: type) -> object:
        """Bring forward a pane with this ability, if it is not there already, and give it."""
        offered = [self._panes[key] for key in self.offered]
        able = next((pane for pane in (self._current, *offered) if isinstance(pane, ability)), None)
        if able is not None:
            self.go_to(able.key)
        return able

    def refresh(self) -> None:
        """Let the pane at the front ask the service again."""
        if self._current is not None:
            self._current.refresh()

    @property
    def current(self) -> str:
        """The key of the pane at the front, "" when there is none."""
        return self._current.key if self._current is not None else ""

    def restore(self, geometry: str) -> None:
        """Take the place and size of last time, as `geometry_text` gave them; the default where there is none."""
        if not geometry or not self.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            self.resize(1100, 720)

    @property
    def geometry_text(self) -> str:
        """Place and size, to be kept for the next start."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def quit(self) -> None:
        """End the program, whether or not a closed window stays in the tray."""
        self.closing.emit()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the end to the composition root, which lets what is under way end first."""
        event.ignore()
        if not self.stays_when_closed():
            self.quit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that it is seen."""
        super().showEvent(event)
        self.seen_changed.emit(not self.isMinimized())

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that it is not seen, in the tray or minimised."""
        super().hideEvent(event)
        self.seen_changed.emit(False)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name and way
        """Go to the next control as the window is read; Qt's own order is that in which they were made."""
        return focus_next(self, forward=forward)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow light and dark."""
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange}:
            self._theme.follow_palette()
        elif event.type() is QEvent.Type.WindowStateChange:
            self.seen_changed.emit(not self.isMinimized())
        super().changeEvent(event)

    def _leave(self) -> None:
        if self._current is not None:
            self._current.hidden()
            self._current = None

    def _follow(self) -> None:
        """Show what the panes say of themselves."""
        for pane in self._panes.values():
            self._side.set_badge(pane.key, pane.badge)
        account = self._current.account if self._current is not None else ""
        if account and account != self._account:
            self.account_shown.emit(account)
        self._account = account

    def _lay_out(self, strip: QWidget, foot: QWidget) -> None:
        pane = QVBoxLayout()
        pane.setSpacing(0)
        pane.addWidget(strip)
        pane.addWidget(self._stack, 1)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        side = QVBoxLayout()
        side.setContentsMargins(0, GRID, 0, GRID)
        side.addWidget(self._side)
        upper.addLayout(side)
        upper.addWidget(Rule(vertical=True))
        upper.addLayout(pane, 1)
        whole = QVBoxLayout()
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(Rule())
        whole.addWidget(foot)
        centre = QWidget()
        centre.setLayout(whole)
        self.setCentralWidget(centre)
        self._side.show_entries(())
