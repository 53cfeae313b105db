"""The demo PBX, and the program in its own process against it."""

import os
import re
import shlex
import signal
import subprocess
import sys

import pytest

from tests.measuring import measured


def voipdesk(*argv, stdin=""):
    return subprocess.run(
        [sys.executable, "-m", "voipdesk", *argv], input=stdin, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent otherwise elsewhere")
def test_the_demo_serves_until_ctrl_c_and_says_how_to_use_it():
    command = [sys.executable, "-m", "voipdesk", "demo"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=measured()) as demo:
        url = re.search(r"http://127\.0\.0\.1:\d+", demo.stdout.readline())[0]
        assert demo.stdout.readline().startswith("Add ")
        for command in [demo.stdout.readline() for _ in range(3)]:
            (_, secret), (_, *argv) = (shlex.split(part) for part in command.split("|"))
            assert argv[argv.index("--base-url") + 1].startswith(url)
            added = voipdesk(*argv, stdin=secret)
            assert added.returncode == 0, added.stderr
            name = argv[argv.index("--name") + 1]
            tested = voipdesk("accounts", "test", name, "--secret-stdin", stdin=secret)
            assert tested.returncode == 0, tested.stderr
        demo.send_signal(signal.SIGINT)
        demo.stdout.read()
    assert demo.returncode == 0


def test_a_port_that_is_taken_is_said(run, demo):
    ended = run("demo", "--port", demo.base_url.rpartition(":")[2])
    assert ended.code == 2
    assert "cannot be used" in ended.err
