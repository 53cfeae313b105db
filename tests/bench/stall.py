"""The longest stalls of the window's thread while it syncs 100,000 rows: how late a timer of one millisecond comes."""

from tests.bench import homes
from tests.bench.figures import Figure, percentile
from tests.bench.processes import demo_server, figures, module
from tests.bench.sync import ROWS

P99_MS = 16
MAX_MS = 50


def measure(pairs: int) -> list[Figure]:
    """Let the window itself sync an account it has just been given."""
    results = []
    with demo_server(ROWS) as base_url:
        for _ in range(min(pairs, 3)):
            with homes.fresh(base_url) as home:
                found = figures(module("window", "sync", home, ROWS))
            late = found["late_ms"]
            p99, most = percentile(late, 0.99), max(late)
            runs = f"{found['rows']:.0f} rows in {found['seconds']:.1f} s, {len(late)} beats, worst "
            runs += " ".join(f"{ms:.0f}" for ms in sorted(late)[-8:])
            results.append(
                Figure(
                    "stall of the window's thread during the sync",
                    f"p99 {p99:.1f} ms, max {most:.1f} ms",
                    "",
                    f"p99 ≤ {P99_MS} ms, max ≤ {MAX_MS} ms",
                    p99 <= P99_MS and most <= MAX_MS,
                    runs,
                )
            )
    return results
