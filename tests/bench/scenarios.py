"""What is done to the window while it is measured; each ends by telling its figures."""

import asyncio
import itertools
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from tests.bench.telling import rss_mib, say

_STEPS = 400
_REST_S = 3.0


async def rest(probe):
    """Leave the window alone."""
    await _until(lambda: probe.table is not None)
    await asyncio.sleep(_REST_S)
    say(rss_mib=rss_mib())


async def scroll(probe):
    """Scroll from end to end and back, waiting for the rows of every place."""
    await _until(lambda: probe.painted_at and probe.table.model().window.reachable)
    await asyncio.sleep(_REST_S)
    table = probe.table
    bar = table.verticalScrollBar()
    for step in [*range(_STEPS + 1), *range(_STEPS, -1, -1)]:
        bar.setValue(bar.maximum() * step // _STEPS)
        await _until(lambda: all(table.model().call(row) for row in table.rows_seen))
    say(rss_mib=rss_mib())


class _Painted(QObject):
    """Notes the first paint after the rows were replaced.

    Where no call matched and none does now, nothing on the screen changes and Qt paints nothing: the window is then
    asked to, or the next beat of the cursor would be taken for it.
    """

    def __init__(self, window, model):
        super().__init__()
        self._window, self._model = window, model
        self._replaced = self._had_none = False
        self.at = 0.0
        model.modelAboutToBeReset.connect(self._look)
        model.modelReset.connect(self._note)
        window.installEventFilter(self)

    def begin(self):
        self._replaced, self.at = False, 0.0

    def _look(self):
        self._had_none = not self._model.rowCount()

    def _note(self):
        self._replaced = True
        if self._had_none and not self._model.rowCount():
            self._window.centralWidget().update()

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        # The window is told to bring its picture up to date once per frame; everything in it is painted within.
        if self._replaced and not self.at and event.type() == QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self._done)
        return False

    def _done(self):
        self.at = self.at or time.perf_counter()


async def search(probe):
    """Type texts letter by letter, each key when the rows of the last are painted."""
    await _until(lambda: probe.painted_at and probe.table.model().window.reachable)
    await asyncio.sleep(_REST_S)
    from tests.bench.texts import TEXTS
    from voipdesk.gui.call_log.view import CallLogView

    window = probe.table.window()
    field = window.findChild(CallLogView).filters.search
    field.setFocus()
    painted = _Painted(window, probe.table.model())
    times = []
    for text in TEXTS:
        for letter in text:
            painted.begin()
            started = time.perf_counter()
            _press(field, letter)
            if letter == " ":  # changes nothing at the end of a text
                await asyncio.sleep(0.2)
                continue
            await _until(lambda: painted.at)
            times.append(((painted.at - started) * 1000, field.text()))
            await asyncio.sleep(0.12)  # a quick typist's pace
        field.clear()
        await asyncio.sleep(0.5)
    slowest = [f"“{text}” {ms:.0f}" for ms, text in sorted(times, reverse=True)[:5]]
    say(key_ms=[ms for ms, _ in times], slowest=slowest)


def _press(field, letter):
    from PySide6.QtTest import QTest  # here, since it is no part of the program's memory

    if letter.isascii():
        QTest.keyClick(field, letter)
    else:
        field.insert(letter)  # as an input method would


async def sync(probe, rows):
    """Measure how late a timer of one millisecond comes while the window reads the whole log by itself."""
    beats = []
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    await _until(lambda: probe.sync_began)
    timer.start()
    await _until(lambda: probe.sync_ended and probe.table.model().window.count >= int(rows), 300)
    timer.stop()
    late = [max(0.0, (after - before) * 1000 - 1) for before, after in itertools.pairwise(beats)]
    say(
        late_ms=[round(ms, 2) for ms in late],
        rows=probe.table.model().window.count,
        seconds=probe.sync_ended - probe.sync_began,
    )


async def _until(condition, at_most_s=60.0):
    end = time.monotonic() + at_most_s
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.002)
