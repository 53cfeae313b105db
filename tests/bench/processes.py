"""Processes under measurement: started, listened to, watched until they rest, ended."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[2]
_REST_S = 0.25
_REST_CPU_S = 0.01
"""A process rests when it has used less than this much of a CPU in that time."""


def module(name: str, *arguments: object) -> list[str]:
    """Give the command line of a module of this folder."""
    return [sys.executable, "-m", f"tests.bench.{name}", *map(str, arguments)]


class Run:
    """A process that says what it measured, a JSON object a line; moments are time.monotonic's, which all share."""

    def __init__(self, command: Sequence[str]) -> None:
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdout
        assert self._process.stdin
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()
        self._process.stdin.close()

    def hear(self) -> dict[str, Any]:
        """Wait for the next line."""
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("{"):
                return json.loads(line)
        msg = f"the process ended without its figures, exit code {self._process.wait()}"
        raise RuntimeError(msg)

    def rest(self) -> float:
        """Wait until the process rests and give the moment from which it did."""
        since, used = time.monotonic(), self._cpu()
        while True:
            time.sleep(0.005)
            now, cpu = time.monotonic(), self._cpu()
            if cpu - used > _REST_CPU_S:
                since, used = now, cpu
            elif now - since >= _REST_S:
                return since

    def _cpu(self) -> float:
        """Seconds of CPU that all its threads have used, from the scheduler's own books."""
        total = 0
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue
        return total / 1e9


def figures(command: Sequence[str]) -> dict[str, Any]:
    """Run a process to its first line of figures."""
    with Run(command) as run:
        return run.hear()


@contextmanager
def demo_server(calls: int) -> Iterator[str]:
    """Run a demo server with so many rows, all written in advance as far as it keeps them; give its address."""
    with Run(module("serve", calls)) as run:
        yield str(run.hear()["base_url"])
