"""Memory with 1,000,000 calls after scrolling from end to end, beside the same window on an empty archive."""

from statistics import median

from tests.bench import homes
from tests.bench.figures import Figure, listed
from tests.bench.processes import demo_server, figures, module

MORE_MIB = 30
ALL_MIB = 130


def measure(pairs: int) -> list[Figure]:
    """Compare resident memory."""
    home = homes.million()
    full, empty = [], []
    with demo_server(0) as base_url:
        homes.connect(home, base_url)
        for _ in range(min(pairs, 3)):
            with homes.fresh(base_url) as other:
                empty.append(figures(module("window", "rest", other))["rss_mib"])
            full.append(figures(module("window", "scroll", home))["rss_mib"])
    more = median(full) - median(empty)
    return [
        Figure(
            "memory, 1,000,000 calls scrolled end to end",
            f"{median(full):.0f} MiB, {more:+.0f} MiB",
            f"{median(empty):.0f} MiB",
            f"≤ +{MORE_MIB} MiB, ≤ {ALL_MIB} MiB in all",
            more <= MORE_MIB and median(full) <= ALL_MIB,
            f"full {listed(full, 0)}; empty {listed(empty, 0)}",
        )
    ]
