"""Search in 1,000,000 calls: from a key press to painted rows, and the archive's part beside bare SQL."""

from tests.bench import homes
from tests.bench.figures import Figure, percentile
from tests.bench.processes import demo_server, figures, module

KEY_LIMIT_MS = 50
ARCHIVE_LIMIT = 1.5


def measure(pairs: int) -> list[Figure]:
    """Measure in the real window, then the archive alone."""
    home = homes.million()
    with demo_server(0) as base_url:
        homes.connect(home, base_url)
        found = [figures(module("window", "search", home)) for _ in range(min(pairs, 3))]
    times = [ms for run in found for ms in run["key_ms"]]
    archive = figures(module("archive_search", home, pairs))
    p95 = percentile(times, 0.95)
    return [
        Figure(
            "search, key press to painted rows",
            f"p95 {p95:.0f} ms, median {percentile(times, 0.5):.0f}, max {max(times):.0f}",
            "",
            f"p95 ≤ {KEY_LIMIT_MS} ms",
            p95 <= KEY_LIMIT_MS,
            "slowest " + ", ".join(found[0]["slowest"]),
        ),
        Figure(
            "search, the archive's part",
            f"{archive['ours_ms']:.1f} ms = {archive['ratio']:.2f} ×, p95 {archive['ours_p95_ms']:.0f} ms",
            f"{archive['floor_ms']:.1f} ms, p95 {archive['floor_p95_ms']:.0f} ms",
            f"≤ {ARCHIVE_LIMIT} ×",
            archive["ratio"] <= ARCHIVE_LIMIT,
            "worst " + ", ".join(archive["worst"]),
        ),
    ]
