"""Coverage of the programs that tests start: it doubles the time that they take to start, so most are not measured."""

import os

_ASKS = "COVERAGE_PROCESS_CONFIG"
# pytest's own processes are measured, and ask for it by this while they start
_asking = {_ASKS: os.environ.pop(_ASKS)} if {"PYTEST_XDIST_WORKER", _ASKS} <= os.environ.keys() else {}


def measured() -> dict[str, str]:
    """The environment of a program that runs what no test does in its own process, such as asking on a terminal."""
    return {**os.environ, **_asking}
