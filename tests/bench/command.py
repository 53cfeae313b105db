"""`voipdesk calls --limit 20` as a process, beside the imports it cannot do without."""

import subprocess
import sys
import time
from statistics import median

from tests.bench import homes
from tests.bench.figures import Figure, ratio
from tests.bench.processes import ROOT

LIMIT = 1.5


def measure(pairs: int) -> list[Figure]:
    """Compare wall time; these processes are short, so there are more of them."""
    home = homes.million()
    floor = [sys.executable, "-c", "import sqlite3, msgspec, sqlalchemy"]
    command = [sys.executable, "-m", "voipdesk", "--home", str(home), "calls", "--limit", "20"]
    _seconds(floor), _seconds(command)
    floors, ours = zip(*((_seconds(floor), _seconds(command)) for _ in range(3 * pairs)), strict=True)
    share = ratio(ours, floors)
    return [
        Figure(
            "voipdesk calls --limit 20",
            f"{median(ours) * 1000:.0f} ms = {share:.2f} ×",
            f"{median(floors) * 1000:.0f} ms",
            f"≤ {LIMIT} ×",
            share <= LIMIT,
        )
    ]


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
