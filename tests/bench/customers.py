"""The longest stalls of the window's thread with 5,000 customers: listed, searched as one types, scrolled.

How late a timer of one millisecond comes, as in stall.py. The list itself is read over HTTP from a demo server.
"""

import asyncio
import itertools
import sys
import time

from tests.bench.figures import Figure, percentile
from tests.bench.reseller_window import reseller, run, until

P99_MS = 16
CUSTOMERS = 5_000
TYPED = ("abbey", "lee 0161", "+44 20 79", "c-7", "harbour ann", "zzzz")
PHASES = ("listed anew", "searched as one types", "scrolled", "walked through by keys")
_STEPS = 300


def measure(pairs: int) -> list[Figure]:
    """Let the window do it, in a process of its own."""
    from tests.bench.processes import figures, module

    late: dict[str, list[tuple[float, float]]] = {phase: [] for phase in PHASES}
    with reseller() as (home, _base_url):
        for _ in range(min(pairs, 3)):
            found = figures(module("customers", home))
            for phase in PHASES:
                late[phase] += found[phase]
    return [_figure(phase, beats) for phase, beats in late.items()]


def _figure(phase: str, beats: list[tuple[float, float]]) -> Figure:
    late, worked = [ms for ms, _ in beats], [ms for _, ms in beats]
    p99, worst = percentile(late, 0.99), sorted(late)[-8:]
    runs = f"{len(late)} beats, worst " + " ".join(f"{ms:.0f}" for ms in worst)
    runs += f"; the thread's own work p99 {percentile(worked, 0.99):.1f} ms, max {max(worked):.1f} ms"
    return Figure(
        f"stall of the window's thread while {CUSTOMERS} customers are {phase}",
        f"p99 {p99:.1f} ms, max {worst[-1]:.1f} ms",
        "",
        f"p99 ≤ {P99_MS} ms",
        p99 <= P99_MS,
        runs,
    )


class _Beats:
    """A timer of one millisecond, and how late it came."""

    def __init__(self):
        from PySide6.QtCore import Qt, QTimer

        self._at = []
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=1)
        self._timer.timeout.connect(lambda: self._at.append((time.monotonic(), time.thread_time())))

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *_):
        self._timer.stop()

    @property
    def late_ms(self):
        """Milliseconds that each beat came late, and what the thread itself worked in it: the rest is the machine's."""
        pairs = itertools.pairwise(self._at)
        return [
            (round(max(0.0, (wall - before) * 1000 - 1), 2), round((cpu - used) * 1000, 2))
            for (before, used), (wall, cpu) in pairs
        ]


async def _scenario(panes):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from tests.bench.telling import say

    await until(lambda: panes and panes[0].view.browse.customers.model.total >= CUSTOMERS)
    pane, found = panes[0], {}
    lists = pane.view.browse.customers
    await asyncio.sleep(3)
    with _Beats() as beats:
        as_of = pane._lists._listed_shown
        pane.refresh()
        await until(lambda: pane._lists._listed_shown is not as_of)
        await asyncio.sleep(0.5)
    found[PHASES[0]] = beats.late_ms
    lists.search.setFocus()
    with _Beats() as beats:
        for text in TYPED:
            for letter in text:
                QTest.keyClick(lists.search, letter)
                await asyncio.sleep(0.08)
            for _ in text:
                QTest.keyClick(lists.search, Qt.Key.Key_Backspace)
                await asyncio.sleep(0.04)
    found[PHASES[1]] = beats.late_ms
    bar = lists.table.verticalScrollBar()
    with _Beats() as beats:
        for step in [*range(_STEPS + 1), *range(_STEPS, -1, -1)]:
            bar.setValue(bar.maximum() * step // _STEPS)
            await asyncio.sleep(0.008)
    found[PHASES[2]] = beats.late_ms
    lists.table.setFocus()
    with _Beats() as beats:
        for step in range(60):
            QTest.keyClick(lists.table, Qt.Key.Key_Down)
            await asyncio.sleep(0.05 if step % 10 else 1)
    found[PHASES[3]] = beats.late_ms
    say(**found)


if __name__ == "__main__":
    sys.exit(run(_scenario, "customers", "CustomersPane"))
