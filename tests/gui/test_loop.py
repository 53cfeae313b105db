import asyncio
import sys
import threading

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
