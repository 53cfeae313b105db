"""Measures what the issue asks for, each figure beside its floor, and prints one table."""

import argparse
import importlib
import os
import platform

PARTS = ("start", "sync", "search", "memory", "stall", "customers", "switch", "contacts", "command", "hand_over")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="only these (all)")
    parser.add_argument("--pairs", type=int, default=5, help="paired runs of each (5)")
    asked = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} CPUs, Qt on {os.environ.get('QT_QPA_PLATFORM', '?')}")
    missed = 0
    for part in asked.parts or PARTS:
        figures = importlib.import_module(f"tests.bench.{part}").measure(asked.pairs)
        for figure in figures:
            print(figure, flush=True)
            missed += not figure.met
    print(f"{missed} beyond the limit" if missed else "all within the limits")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
