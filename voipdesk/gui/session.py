"""One window on one desk, from its first paint to its end."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.errors import StorageFailed, VoipdeskError
from voipdesk.core.language import _, load_numbers
from voipdesk.gui import loop
from voipdesk.gui.arrivals import Arrived, NoArrivals, come_forward
from voipdesk.gui.opening import AS_IT_IS, CALL_LOG, GEOMETRY, PANE, Opening, Picture
from voipdesk.gui.tasks import Tasks
from voipdesk.gui.widgets.faces import EmptyFace

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from voipdesk.gui.around import AroundMaker
    from voipdesk.gui.arrivals import Arrivals
    from voipdesk.gui.beside import Beside
    from voipdesk.gui.desk_panes import DeskPanes
    from voipdesk.gui.settings.surroundings import Surroundings
    from voipdesk.gui.theme import Theme
    from voipdesk.gui.widgets.bug_dialog import BugDialog
    from voipdesk.services.desk import Desk
    from voipdesk.settings.secrets import Secrets

T = TypeVar("T")
_SETTLE_S = 0.5
_SETTLE_AT_MOST_S = 60
_BESIDE_AFTER_S = 0.8
"""Seconds from the archive's opening to tray, notices and keys: what an open window shows comes first."""
QUICK_DIAL = "quick-dial"
"""What `--pane` calls the quick-dial box, which is no pane."""
_TOGETHER_S = 0.05
"""Links that come within this many seconds are one opening."""


class Session:
    """Paints the window first, loads what it works on, and ends both in order."""

    def __init__(
        self,
        theme: Theme,
        home: Path | None,
        link: str = "",
        picture: Picture = AS_IT_IS,
        *,
        demo_secrets: Secrets | None = None,
        with_demo: bool = False,
        opening: Opening | None = None,
        arrivals: Arrivals | None = None,
        surroundings: Callable[[], Surroundings] | None = None,
        around: AroundMaker | None = None,
        hidden: bool = False,
    ) -> None:
        """With `hidden` the window is shown when it is asked for, or at once where there is no tray for it."""
        self._theme = theme
        self._home = home
        self._picture = picture
        self._secrets = demo_secrets
        self._with_demo = with_demo
        self._opening = opening or Opening(
            theme, picture, "voipdesk" if demo_secrets is None else _("voipdesk · demo PBX")
        )
        self.window, self._messages, self._foot = self._opening.window, self._opening.messages, self._opening.foot
        self._tasks = Tasks(self._messages.error)
        self._arrivals = arrivals or NoArrivals()
        self._surroundings = surroundings
        self._panes: DeskPanes | None = None
        self._came = Arrived(link=link)
        self._coming: asyncio.TimerHandle | None = None
        self._around = around
        self._hidden = hidden and around is not None
        self._beside: Beside | None = None
        self._begun = datetime.now(UTC)
        self._bugs: BugDialog | None = None
        self.demo_asked = False
        """True when the person wants to look around with the demo PBX after this."""

    async def run(self) -> int:
        """Show the window, and end when it is closed; gives the exit code."""
        quit_ = loop.Quit()
        loop.quit_on_signals(quit_)
        loop.report_bugs(self._show_bug)
        self.window.closing.connect(quit_)
        if self._opening.look is None and not self._hidden:
            self._opening.show()
        work = asyncio.ensure_future(self._work())
        ending = asyncio.ensure_future(quit_.wait())
        await asyncio.wait([work, ending], return_when=asyncio.FIRST_COMPLETED)
        if work.done() and isinstance(bug := work.exception(), Exception) and not isinstance(bug, VoipdeskError):
            self._show_bug(bug)
            await ending
            return 1
        if self.demo_asked:
            self._arrivals.deliver_to(None)
        else:
            self._arrivals.close()
        if self._coming is not None:
            self._coming.cancel()
        for task in (work, ending):
            task.cancel()
        self.window.hide()
        await asyncio.wait([work, ending])
        return 0 if work.cancelled() else work.result()

    async def _work(self) -> int:
        desk = await self._until_it_works(_("The archive cannot be opened"), self._build_desk)
        panes: DeskPanes | None = None
        try:
            await self._until_it_works(_("The settings cannot be read"), lambda: asyncio.to_thread(desk.accounts.list))
            await asyncio.to_thread(load_numbers)
            panes = self._show_panes(desk)
            # Loading the database library would slow the painting, even from another thread.
            await panes.painted()
            self._arrivals.deliver_to(self._take)
            await self._until_it_works(_("The archive cannot be opened"), desk.connect)
            loop.keep_what_is_loaded()
            if not self.window.offered:  # it could not at first
                self._open_panes(panes, desk)
            if self._picture.file is not None:
                await self._save_picture(desk, self._picture.file)
                return 0
            if self._around is not None:
                self._tasks.start("desktop", self._begin_beside, panes, desk, self._around)
            await asyncio.get_running_loop().create_future()  # until cancelled
            return 0
        finally:
            await self._end(desk, panes)

    async def _begin_beside(self, panes: DeskPanes, desk: Desk, around: AroundMaker) -> None:
        if self.window.isVisible() and self._picture.pane != QUICK_DIAL:
            await asyncio.sleep(_BESIDE_AFTER_S)
        for load in (around.load, partial(import_module, "voipdesk.gui.beside")):
            await asyncio.to_thread(load)
        from voipdesk.gui.beside import Beside

        self._beside = Beside(self.window, panes, desk, self._tasks, self._messages, self._theme, around(), self._begun)
        await self._beside.begin()
        if self._picture.pane == QUICK_DIAL:
            self._beside.quick_dial()

    async def _build_desk(self) -> Desk:
        from voipdesk.services.desk import Desk

        return await asyncio.to_thread(Desk.build, self._home, secrets=self._secrets)

    async def _until_it_works(self, title: str, function: Callable[[], Awaitable[T]]) -> T:
        """Run `function`; when it fails as expected, say why in the window and offer to try again."""
        while True:
            try:
                return await function()
            except VoipdeskError as error:
                pressed = asyncio.Event()
                face = EmptyFace(self._theme, "error", title, str(error), _("Try again"))
                face.begun.connect(pressed.set)
                self.window.offer((), face)
                if self._hidden and not self.window.isVisible():
                    self._opening.show()  # what went wrong is not to be hidden
                self._arrivals.deliver_to(self._take)
                # What waits for it must not be done later, when the pane it belongs to is long gone.
                await self._tasks.cancel_all()
                await pressed.wait()
                self.window.offer(())

    def _show_panes(self, desk: Desk) -> DeskPanes:
        from voipdesk.gui.call_log.first_look import FirstLook
        from voipdesk.gui.desk_panes import DeskPanes

        look = self._opening.look or FirstLook(self._theme, desk.preferences)
        if self._picture.size is None and look is not self._opening.look:
            self.window.restore(desk.preferences.get(GEOMETRY, ""))
        panes = DeskPanes(
            self.window,
            self._foot,
            desk,
            self._tasks,
            self._messages,
            self._theme,
            look,
            self._surroundings,
            self._around,
        )
        panes.demo_asked.connect(self._ask_demo)
        self._open_panes(panes, desk)
        self._panes = panes
        self._show_what_came()
        return panes

    def _open_panes(self, panes: DeskPanes, desk: Desk) -> None:
        panes.open(self._picture.pane or desk.preferences.get(PANE, CALL_LOG), with_demo=self._with_demo)

    def _take(self, link: str, pane: str, token: str) -> None:
        """Note what came; when much comes at once, the window comes forward once, for the last."""
        self._came = Arrived(link or self._came.link, pane, token)
        if self._coming is None:
            self._coming = asyncio.get_running_loop().call_later(_TOGETHER_S, self._come_forward)

    def _come_forward(self) -> None:
        self._coming = None
        if self._came.link or self._came.pane != QUICK_DIAL or self._beside is None:
            come_forward(self.window, self._came.token)
        self._show_what_came()

    def _show_what_came(self) -> None:
        if self._panes is None:  # it is shown once they are there
            return
        came, self._came = self._came, Arrived()
        if came.link:
            self._panes.fill(came.link)
        elif came.pane == QUICK_DIAL and self._beside is not None:
            self._beside.quick_dial(came.token)
        elif came.pane:
            self.window.go_to(came.pane)

    def _ask_demo(self) -> None:
        self.demo_asked = True
        self.window.quit()

    async def _save_picture(self, desk: Desk, file: Path) -> None:
        """Wait until nothing has been under way for a moment, and save what the window shows."""
        clock = asyncio.get_running_loop().time
        end, quiet_since = clock() + _SETTLE_AT_MOST_S, clock()
        while clock() < end and clock() - quiet_since < _SETTLE_S:
            await asyncio.sleep(0.05)
            if self._tasks.names or not desk.schedule.at_rest:
                quiet_since = clock()
        if not self.window.grab().save(str(file), "PNG"):
            raise StorageFailed(
                _("The picture cannot be written to {file}.", file=file), advice=_("Choose another file.")
            )

    async def _end(self, desk: Desk, panes: DeskPanes | None) -> None:
        self.window.hide()
        try:
            if panes is not None and self._picture.file is None:
                await self._remember(desk)
            if self._beside is not None:
                await self._beside.close()
            if panes is not None:
                panes.close()
        finally:
            await self._tasks.cancel_all()
            await desk.close()

    async def _remember(self, desk: Desk) -> None:
        try:
            await asyncio.to_thread(desk.preferences.set, GEOMETRY, self.window.geometry_text)
            await asyncio.to_thread(desk.preferences.set, PANE, self.window.current)
        except VoipdeskError as error:
            print(error, file=sys.stderr)  # noqa: T201 - the window is gone

    def _show_bug(self, bug: BaseException) -> None:
        from voipdesk.gui.bug_report import bug_report
        from voipdesk.gui.widgets.bug_dialog import BugDialog

        report = bug_report(bug)
        print(report, file=sys.stderr)  # noqa: T201 - a report must not be lost with the dialog
        if self._bugs is None and self.window.isVisible():
            self._bugs = BugDialog(report, self.window)
            self._bugs.destroyed.connect(self._forget_bug_dialog)
            self._bugs.open()

    def _forget_bug_dialog(self) -> None:
        self._bugs = None
