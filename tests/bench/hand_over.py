"""`voipdesk tel:…` with the window open, from its start to its end, beside a Python that does nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, ratio
from tests.bench.processes import ROOT, Run

LIMIT = 3.0


def measure(pairs: int) -> list[Figure]:
    """Compare wall time; these processes are very short, so there are many of them."""
    home = Path(tempfile.mkdtemp(prefix="voipdesk-bench-"))
    script = Path(sys.executable).with_name("voipdesk")
    floor = [sys.executable, "-c", "pass"]
    ours = [str(script), "--home", str(home), "--", "tel:+442079460000"]
    try:
        with Run([str(script), "--home", str(home)]) as window:
            window.rest()
            while not list(Path(os.environ["XDG_RUNTIME_DIR"]).glob("voipdesk/*.sock")):
                time.sleep(0.05)
            window.rest()
            _seconds(floor), _seconds(ours)
            floors, times = zip(*((_seconds(floor), _seconds(ours)) for _ in range(10 * pairs)), strict=True)
    finally:
        shutil.rmtree(home)
    share = ratio(times, floors)
    return [
        Figure(
            "voipdesk tel:… handed to the open window",
            f"{median(times) * 1000:.0f} ms = {share:.2f} ×",
            f"{median(floors) * 1000:.0f} ms",
            f"≤ {LIMIT} ×",
            share <= LIMIT,
        )
    ]


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
