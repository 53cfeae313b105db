"""asyncio on Qt's event loop: the only module that knows qasync."""

from __future__ import annotations

import asyncio
import signal
import sys
from typing import TYPE_CHECKING

from qasync import QEventLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType
    from typing import Any

    from PySide6.QtWidgets import QApplication


class Quit:
    """The end of the program, asked for once or more; awaited by the composition root.

    The last window's closing must not end Qt's loop by itself: qasync would raise for the work still under way.
    """

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __call__(self) -> None:
        """Ask for the end."""
        self._event.set()

    async def wait(self) -> None:
        """Wait until the end is asked for."""
        await self._event.wait()


def new_loop(app: QApplication) -> asyncio.AbstractEventLoop:
    """Make an asyncio loop that runs on `app`."""
    loop: asyncio.AbstractEventLoop = QEventLoop(app)
    return loop


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main()` on Qt's loop to its end and give its result; what still runs then is cancelled."""
    app.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
        return runner.run(main())


def quit_on_signals(quit_: Callable[[], None]) -> None:
    """End cleanly on SIGINT and SIGTERM; to be called on the running loop."""
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        try:
            loop.add_signal_handler(getattr(signal, name), quit_)
        except NotImplementedError:  # Windows: Qt ends the window itself there
            return


def report_bugs(report: Callable[[BaseException], None]) -> None:
    """Bring every unexpected exception to `report`: those of tasks and those of Qt's slots."""

    def from_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        bug = context.get("exception")
        report(bug if isinstance(bug, BaseException) else RuntimeError(str(context.get("message", ""))))

    def from_slot(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if isinstance(bug, KeyboardInterrupt):
            sys.__excepthook__(kind, bug, trace)
            return
        report(bug.with_traceback(trace))

    asyncio.get_running_loop().set_exception_handler(from_loop)
    sys.excepthook = from_slot
