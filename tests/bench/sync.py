"""Sync of 100,000 rows from a local server into archive and index, beside the plainest program that does it."""

from statistics import median

from tests.bench import homes
from tests.bench.figures import Figure, listed, ratio
from tests.bench.processes import demo_server, figures, module

ROWS = 100_000
LIMIT = 0.6


def measure(pairs: int) -> list[Figure]:
    """Compare rows per second."""
    ours, floors = [], []
    with demo_server(ROWS) as base_url:
        for _ in range(pairs):
            for name, rates in (("floor_sync", floors), ("our_sync", ours)):
                with homes.fresh(base_url) as home:
                    found = figures(module(name, home, base_url))
                if found["rows"] != ROWS:
                    msg = f"{name} archived {found['rows']} rows of {ROWS}"
                    raise RuntimeError(msg)
                rates.append(ROWS / found["seconds"])
    share = ratio(ours, floors)
    return [
        Figure(
            "sync of 100,000 rows",
            f"{median(ours):,.0f} rows/s = {share:.2f} ×",
            f"{median(floors):,.0f} rows/s",
            f"≥ {LIMIT} ×",
            share >= LIMIT,
            f"ours {listed(ours, 0)}; floor {listed(floors, 0)}",
        )
    ]
