"""A command in a process of its own on a pseudo-terminal, as a person types it."""

import contextlib
import os
import select
import subprocess
import sys
import time

from tests.measuring import measured

# Not pty.fork(): of a process with threads, such as the demo server's, the child may stand still for ever.
ON_ITS_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
CTRL_C = b"\x03"
PATIENCE_S = 120
"""Seconds after which a command that neither ends nor asks is a failure."""
AGAIN_S = 5
"""Seconds after which Ctrl-C is pressed once more: the command does not notice one that comes just before it reads."""


def on_a_terminal(argv, *answers):
    """Run a command, and type an answer each time it asks; give its exit code and all that was to be seen."""
    terminal, its_end = os.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", ON_ITS_TERMINAL, "-m", "voipdesk", *argv],
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        start_new_session=True,
        env=measured(),
    )
    os.close(its_end)
    try:
        shown = _typed(terminal, list(answers))
        return child.wait(timeout=PATIENCE_S), shown.decode()
    finally:
        child.kill()
        child.wait()
        os.close(terminal)


def _typed(terminal, left):
    shown, typed, until = b"", b"", time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if not select.select([terminal], [], [], AGAIN_S)[0]:
            if typed == CTRL_C:
                os.write(terminal, CTRL_C)
            continue
        more = b""
        with contextlib.suppress(OSError):  # the terminal's end: the command has ended
            more = os.read(terminal, 1000)
        if not more:
            return shown
        shown += more
        if left and shown.endswith(b": "):
            typed = left.pop(0)
            os.write(terminal, typed)
    raise AssertionError(f"the command neither ended nor asked; shown so far: {shown.decode()}")
