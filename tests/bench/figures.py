"""A figure beside its floor, and the sums made of several runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What was measured, what of, and whether it is within its limit."""

    what: str
    ours: str
    floor: str
    limit: str
    met: bool
    runs: str = ""

    def __str__(self) -> str:
        verdict = "ok  " if self.met else "MISS"
        line = f"{verdict} {self.what}: {self.ours}"
        line += f" | floor {self.floor}" if self.floor else ""
        return f"{line} | limit {self.limit}" + (f"\n     {self.runs}" if self.runs else "")


def ratio(ours: Sequence[float], floors: Sequence[float]) -> float:
    """The median of the ratios of runs made in pairs: what the machine did meanwhile falls out."""
    return median(one / other for one, other in zip(ours, floors, strict=True))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def listed(values: Sequence[float], digits: int = 2) -> str:
    """All runs, for who wants to see how they scatter."""
    return " ".join(f"{value:.{digits}f}" for value in values)
