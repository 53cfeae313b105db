"""A command in a process of its own on a pseudo-terminal, as a person types it."""

import os
import sys


def on_a_terminal(argv, *answers):
    """Run a command, and type an answer each time it asks; give its exit code and all that was to be seen."""
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.execv(sys.executable, [sys.executable, "-m", "voipdesk", *argv])
    shown, left = b"", list(answers)
    try:
        while more := os.read(terminal, 1000):
            shown += more
            if left and shown.endswith(b": "):
                os.write(terminal, left.pop(0))
    except OSError:
        pass  # the terminal's end: the command has ended
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode()
