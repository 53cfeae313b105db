"""The program in a process of its own, as typed into a terminal, or its commands in this one."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from unittest.mock import patch

from voipdesk.cli.main import main

DOOR = "\nimport sys\nfrom voipdesk.__main__ import main\nsys.exit(main())"
IMPATIENT = "import voipdesk.providers.http as http\nhttp.TIMEOUT_S = 1.0\n"
"""Waits a second for an answer instead of half a minute."""


@dataclass(frozen=True)
class Ended:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@dataclass
class Program:
    """Runs commands in an environment, with code to be run before it where a test shortens a time.

    It keeps all that they said.
    """

    environment: Mapping[str, str] = field(default_factory=lambda: without_proxies(os.environ))
    first: str = ""
    common: tuple[str, ...] = ()
    """Arguments of every command."""
    stdin: str = ""
    said: list[str] = field(default_factory=list)

    def __call__(self, *argv: str, stdin: str | None = None) -> Ended:
        return self.finish(self.start(*argv), stdin)

    def start(self, *argv: str) -> subprocess.Popen[str]:
        opener = ("-c", self.first + DOOR) if self.first else ("-m", "voipdesk")
        return subprocess.Popen(
            [sys.executable, *opener, *self.common, *argv],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, process: subprocess.Popen[str], stdin: str | None = None) -> Ended:
        try:
            out, err = process.communicate(self.stdin if stdin is None else stdin, timeout=120)
        finally:
            process.kill()
        self.said += [out, err]
        return Ended(process.returncode, out, err)


@dataclass
class Here:
    """Runs commands in this process: all of a program but its start, which takes longer than most commands."""

    common: tuple[str, ...] = ()
    stdin: str = ""

    def __call__(self, *argv: str, stdin: str | None = None) -> Ended:
        out, err = io.StringIO(), io.StringIO()
        typed = io.StringIO(self.stdin if stdin is None else stdin)
        with patch("sys.stdin", typed), redirect_stdout(out), redirect_stderr(err):
            try:
                code = main([*self.common, *argv])
            except SystemExit as ended:
                code = ended.code
        return Ended(code, out.getvalue(), err.getvalue())


def without_proxies(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment from which requests cannot be led to a proxy."""
    return {key: value for key, value in environment.items() if not key.lower().endswith("_proxy")}
