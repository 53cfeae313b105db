"""What a process under measurement tells the one that measures, and what it holds."""

import json
import os
from pathlib import Path


def say(**values: object) -> None:
    """Tell the process that measures."""
    print(json.dumps(values), flush=True)


def rss_mib() -> float:
    """Memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / (1 << 20)
