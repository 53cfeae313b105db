"""asyncio on Qt's event loop: the only module that knows qasync."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from qasync import QEventLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from types import TracebackType
    from typing import Any

    from PySide6.QtWidgets import QApplication


_GARBAGE_EVERY_MS = 500
_THREADS = 8
"""At most, for files, look-ups of names and what takes long to compute; the archive and the keyring have their own."""


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


class _Loop(QEventLoop):  # type: ignore[misc] # qasync has no types
    """qasync's loop, which stops when it is done.

    qasync handles Qt's events once more then, with no loop running: a task that goes on in that moment dies of it.
    """

    def run_until_complete(self, future: Any) -> Any:  # noqa: ANN401 - as asyncio has it
        """Run until `future` is done, and give its result."""
        future = asyncio.ensure_future(future, loop=self)
        future.add_done_callback(self._stop_for)
        try:
            self.run_forever()
        finally:
            future.remove_done_callback(self._stop_for)
        if not future.done():
            raise RuntimeError("the loop was stopped before its work was done")
        return future.result()

    def _stop_for(self, _future: object) -> None:
        self.stop()


def new_loop(app: QApplication) -> asyncio.AbstractEventLoop:
    """Make an asyncio loop that runs on `app`."""
    loop: asyncio.AbstractEventLoop = _Loop(app)
    # qasync's own pool starts ten threads at its first use, and logs the arguments of all that runs in it.
    loop.set_default_executor(ThreadPoolExecutor(_THREADS, thread_name_prefix="worker"))
    return loop


def run(app: QApplication, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main()` on Qt's loop to its end and give its result; what still runs then is cancelled."""
    app.setQuitOnLastWindowClosed(False)
    with GarbageHere(app), asyncio.Runner(loop_factory=lambda: new_loop(app)) as runner:
        return runner.run(main())


class GarbageHere:
    """Collects garbage on the GUI thread alone, as long as it is kept running.

    Python collects on whatever thread allocates; a widget in a cycle would then be deleted by a worker, which Qt does
    not survive.
    """

    def __init__(self, app: QApplication) -> None:
        self._timer = QTimer(app, interval=_GARBAGE_EVERY_MS)
        self._timer.timeout.connect(self._collect)
        self._was_enabled = gc.isenabled()

    def __enter__(self) -> None:
        gc.disable()
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @staticmethod
    def _collect() -> None:
        for generation, (counted, threshold) in reversed(
            list(enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)))
        ):
            if counted > threshold:
                gc.collect(generation)
                return


def keep_what_is_loaded() -> None:
    """Spare later collections the modules and widgets there are now: to look through them takes 50 ms and more."""
    gc.freeze()


def quit_on_signals(quit_: Callable[[], None]) -> None:
    """End cleanly on SIGINT and SIGTERM; to be called on the running loop."""
    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM"):
        try:
            loop.add_signal_handler(getattr(signal, name), quit_)
        except NotImplementedError:  # Windows: Qt ends the window itself there
            return


def report_bugs(report: Callable[[BaseException], None]) -> None:
    """Bring every unexpected exception to `report`, on the GUI thread: of tasks, of Qt's slots, of other threads."""
    loop = asyncio.get_running_loop()

    def from_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        bug = context.get("exception")
        report(bug if isinstance(bug, BaseException) else RuntimeError(str(context.get("message", ""))))

    def from_slot(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
        if isinstance(bug, KeyboardInterrupt):
            sys.__excepthook__(kind, bug, trace)
            return
        bug = bug.with_traceback(trace)
        if threading.current_thread() is threading.main_thread():
            report(bug)
        else:  # a dialog made on another thread would end the process
            loop.call_soon_threadsafe(report, bug)

    loop.set_exception_handler(from_loop)
    sys.excepthook = from_slot
