"""From the start of the process to the first 200 rows painted and the window settled, beside a bare window."""

from statistics import median

from tests.bench import homes
from tests.bench.figures import Figure, listed, ratio
from tests.bench.processes import Run, demo_server, module

LIMIT = 1.6
LIBRARIES = ("httpx", "qasync", "keyring", "sqlalchemy", "msgspec")
"""What the program stands on; a bare window that only imports them is measured, too."""


def measure(pairs: int) -> list[Figure]:
    """Start each in turn on the archive of 1,000,000 calls; the service answers and has nothing new."""
    home = homes.million()
    commands = {
        "floor": module("floor_window", home),
        "libraries": module("floor_window", home, *LIBRARIES),
        "ours": module("window", "start", home),
    }
    painted: dict[str, list[float]] = {name: [] for name in commands}
    settled: dict[str, list[float]] = {name: [] for name in commands}
    cpu: dict[str, list[float]] = {name: [] for name in commands}
    with demo_server(0) as base_url:
        homes.connect(home, base_url)
        for pair in range(pairs + 1):
            for name, command in commands.items():
                with Run(command) as run:
                    told = run.hear()
                    first = told["painted"] - run.started
                    rest = max(first, run.rest() - run.started)
                if pair:  # the first pair warms the caches of the disk
                    painted[name].append(first)
                    settled[name].append(rest)
                    cpu[name].append(told["cpu"])
    figures = (
        ("first 200 rows painted", painted),
        ("… and the window settled", settled),
        ("CPU time until painted, all threads", cpu),
    )
    return [_figure(what, times) for what, times in figures]


def _figure(what: str, times: dict[str, list[float]]) -> Figure:
    ours, floor, libraries = times["ours"], times["floor"], times["libraries"]
    share = ratio(ours, floor)
    imports = f"a bare window that imports {len(LIBRARIES)} libraries {median(libraries):.2f} s"
    return Figure(
        f"start, {what}",
        f"{median(ours):.2f} s = {share:.2f} ×",
        f"{median(floor):.2f} s",
        f"≤ {LIMIT} ×",
        share <= LIMIT,
        f"ours {listed(ours)}; floor {listed(floor)}; {imports} = {ratio(libraries, floor):.2f} ×",
    )
