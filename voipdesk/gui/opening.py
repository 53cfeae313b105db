"""The window in its first moment: painted with the newest calls before asyncio and the services are loaded.

Loading these takes as long as all that comes before the paint: 0.2 s.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject

from voipdesk.core.errors import VoipdeskError
from voipdesk.gui.budget.view import StatusLine
from voipdesk.gui.main_window import MainWindow
from voipdesk.gui.messages import Messages

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QSize

    from voipdesk.gui.call_log.first_look import FirstLook
    from voipdesk.gui.theme import Theme

GEOMETRY, PANE, CALL_LOG = "geometry", "pane", "call_log"
_ROWS = 200
_PAINTED_WITHIN_S = 0.2


class Picture(NamedTuple):
    """What the window is to look like for a picture of it; None and "" leave it as it is."""

    file: Path | None = None
    size: QSize | None = None
    pane: str = ""


AS_IT_IS = Picture()


class Opening:
    """A window with nothing behind it, and what a session puts there."""

    def __init__(self, theme: Theme, picture: Picture, title: str) -> None:
        self._theme = theme
        self._picture = picture
        self.messages = Messages()
        self.foot = StatusLine()
        self.window = MainWindow(theme, self.messages, self.foot, title)
        self.look: FirstLook | None = None
        """The call log's widgets, in the window already; None when it begins with something else."""

    def show(self) -> None:
        """Show the window, empty."""
        self.window.restore("")
        if self._picture.size is not None:
            self.window.resize(self._picture.size)
        self.window.show()

    def show_newest(self, home: Path | None) -> None:
        """Show and paint the window as it was left, if that was on the call log; whatever fails is said later."""
        from voipdesk.services.newest_calls import newest_calls
        from voipdesk.settings.paths import Paths
        from voipdesk.settings.preferences import Preferences

        try:
            paths = Paths.find(home)
            preferences = Preferences(paths.settings_file)
            accounts = preferences.accounts()
        except VoipdeskError:
            return
        pane = self._picture.pane or preferences.get(PANE, CALL_LOG)
        if not accounts or pane != CALL_LOG or not (rows := newest_calls(paths, _ROWS)):
            return
        from voipdesk.gui.call_log.first_look import FirstLook

        self.look = FirstLook(self._theme, preferences)
        self.look.view.show_account_column(shown=len(accounts) > 1)
        self.look.model.begin(rows, whole=False)
        self.window.show_first(self.look.view)
        self.window.restore(preferences.get(GEOMETRY, ""))
        if self._picture.size is not None:
            self.window.resize(self._picture.size)
        painted = _Painted(self.look.view.table.viewport())
        self.window.show()
        end = monotonic() + _PAINTED_WITHIN_S
        while not painted.seen and monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)


class _Painted(QObject):
    """Notes the first paint event of a widget."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.seen = False
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See a paint event coming."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.seen = True
        return False
