"""What asks an address and shows its answer."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.gui.scripts import model

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.accounts import Account
    from voipdesk.gui.scripts.view import ScriptsView
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.scripts import Scripts

_TEST, _CLOCK = "scripts: test", "scripts: clock"
_EVERY_S = 1.0


class TestPresenter:
    """Runs one test at a time; one that is left or cancelled is not waited for."""

    __test__ = False  # or pytest takes it for a test class

    def __init__(self, view: ScriptsView, scripts: Scripts, tasks: Tasks) -> None:
        self._view = view
        self._scripts = scripts
        self._tasks = tasks
        self._asked: tuple[Account, str] | None = None
        self._back: Callable[[], None] = lambda: None
        view.test.again_asked.connect(self._again)
        view.test.cancel_asked.connect(self._cancel)
        view.test.left.connect(self._leave)

    def open(self, account: Account, url: str, back: Callable[[], None]) -> None:
        """Test an address; `back` goes to where it was asked for."""
        self._asked, self._back = (account, url), back
        self._view.show_page(self._view.test)
        self._again()

    def _again(self) -> None:
        if self._asked is not None:
            self._view.test.begin(self._asked[1], model.testing(self._asked[1], 0))
            self._tasks.start(_TEST, self._test, *self._asked)
            self._tasks.start(_CLOCK, self._tell_time, self._asked[1])

    async def _tell_time(self, url: str) -> None:
        begun = time.monotonic()
        while self._tasks.running(_TEST):
            await asyncio.sleep(_EVERY_S)
            if self._tasks.running(_TEST):
                self._view.test.go_on(model.testing(url, time.monotonic() - begun))

    async def _test(self, account: Account, url: str) -> None:
        page = self._view.test
        try:
            test = await self._scripts.test(account, url)
        except VoipdeskError as error:
            page.end(model.failed(error))
            return
        finally:
            self._tasks.cancel(_CLOCK)
        if test.well_formed:
            page.end(model.tested(test), test.indented)
        else:
            page.end(model.tested(test), test.text, test.line or 0, test.column or 0)

    def _stop(self) -> None:
        self._tasks.cancel(_TEST)
        self._tasks.cancel(_CLOCK)

    def _cancel(self) -> None:
        self._stop()
        self._view.test.end(model.cancelled())

    def _leave(self) -> None:
        self._stop()
        self._asked = None
        self._back()
