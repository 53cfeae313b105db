import asyncio
import sys
import threading

import pytest
from PySide6.QtCore import QTimer

from voipdesk.gui import loop


async def test_a_bug_on_another_thread_is_reported_on_the_gui_thread(until, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reported = []
    loop.report_bugs(lambda bug: reported.append((str(bug), threading.current_thread())))
    try:
        bug = ValueError("unexpected")
        await asyncio.to_thread(lambda: sys.excepthook(ValueError, bug, None))
        await until(lambda: reported)
        assert reported == [("unexpected", threading.main_thread())]
    finally:
        asyncio.get_running_loop().set_exception_handler(None)


def test_nothing_of_asyncio_runs_after_its_loop_has_ended(qapp):
    """Else a task that goes on just as the loop ends finds no loop to start another on."""
    running = loop.new_loop(qapp)
    seen = []

    def at_the_end(_task):
        QTimer.singleShot(0, lambda: seen.append(asyncio._get_running_loop()))

    async def main():
        asyncio.current_task().add_done_callback(at_the_end)
        return 7

    try:
        assert running.run_until_complete(main()) == 7
        assert seen in ([], [running])
    finally:
        running.close()


def test_a_loop_that_is_stopped_early_says_so(qapp):
    running = loop.new_loop(qapp)

    async def main():
        running.stop()
        await asyncio.sleep(60)

    try:
        with pytest.raises(RuntimeError, match="stopped before"):
            running.run_until_complete(main())
        for task in asyncio.all_tasks(running):
            task.cancel()
        running.run_until_complete(asyncio.sleep(0))
    finally:
        running.close()
