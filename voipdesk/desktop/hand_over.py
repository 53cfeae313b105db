"""A second start gives what it was asked for to the open window and leaves; the first takes the place.

Nothing dear is imported here, no Qt, no asyncio, no HTTP: who opens a link waits for it.
"""

from __future__ import annotations

import os
import socket
import sys
import time

from voipdesk.desktop.meeting_place import meeting_place
from voipdesk.desktop.message import LONGEST, REFUSED, TAKEN, Message, pack

PATIENCE_S = 60.0
"""Seconds that a window may take to come up, or to end, before this start gives up."""
_AGAIN_S = 0.03
_WAITING = 512
"""Starts that may wait at once for the window to look at them."""

if sys.platform == "win32":  # pragma: no cover - the other branch is the one tested here
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Claim:
    """The place of the one window of a home, held as long as the process lives: the system itself lets go of its lock.

    `listener` is bound and takes connections from the first moment, so that what is sent while the window comes up
    waits for it; None on Windows, where Qt makes the pipe.
    """

    __slots__ = ("_lock", "listener", "path")

    def __init__(self, path: str, lock: int, listener: socket.socket | None) -> None:
        self.path = path
        self.listener = listener
        self._lock = lock

    def release(self) -> None:
        """Let another start take the place."""
        if self.listener is not None:
            self.listener.close()
        os.close(self._lock)


def hand_over_or_claim(home: str, message: Message | None) -> Claim | None:
    """Give the message to the window of this home, None then; where there is no window, claim its place.

    Without a message the window is left in peace.
    Raises OSError where neither can be done: TimeoutError when a window is there and does not answer. `reason`
    says its text.
    """
    path = meeting_place(home)
    data = b"" if message is None else pack(message)
    end = time.monotonic() + PATIENCE_S
    while True:
        if _deliver(path, data, end):
            return None
        claim = _claim(path)
        if claim is not None:
            return claim
        if time.monotonic() > end:
            from voipdesk.core.language import N_

            raise TimeoutError(110, N_("the open window does not answer"))
        time.sleep(_AGAIN_S)


def hand_over(home: str, message: Message) -> bool:
    """Give the message to the window of this home; False where there is none. Raises OSError as above."""
    claim = hand_over_or_claim(home, message)
    if claim is None:
        return True
    claim.release()
    return False


def pipe_name(path: str) -> str:
    """Give the name of the pipe that stands for the socket on Windows."""
    return f"voipdesk-{os.path.basename(path)}"  # noqa: PTH119


def reason(error: OSError) -> str:
    """Say why it cannot be done, in the language spoken: the system's own words, or ours."""
    from voipdesk.core.language import _

    return _(error.strerror or str(error))  # NON-NLS: the system's words, or marked where it is raised


def _deliver(path: str, data: bytes, end: float) -> bool:
    """Send and wait for the answer; False when nobody is there, or went away before they answered."""
    try:
        answer = _ask_pipe(path, data) if sys.platform == "win32" else _ask(path, data, end)
    except (FileNotFoundError, ConnectionError):
        return False
    if answer == REFUSED:
        from voipdesk.core.language import N_

        raise PermissionError(13, N_("the open window does not take it"))
    return answer == TAKEN


def _ask(path: str, data: bytes, end: float) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as peer:
        peer.settimeout(max(0.1, end - time.monotonic()))
        peer.connect(f"{path}.sock")
        peer.sendall(data)
        return peer.recv(LONGEST) if data else TAKEN


def _ask_pipe(path: str, data: bytes) -> bytes:  # pragma: no cover - Windows
    with open(rf"\\.\pipe\{pipe_name(path)}", "r+b", buffering=0) as pipe:  # noqa: PTH123
        pipe.write(data)
        return pipe.read(LONGEST) if data else TAKEN


def _claim(path: str) -> Claim | None:
    """Take the lock, and with it the right to put a new socket where a killed window left its own; None if taken."""
    lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(lock)
    except OSError:
        os.close(lock)
        return None
    try:
        return Claim(path, lock, None if sys.platform == "win32" else _listen(f"{path}.sock"))
    except BaseException:
        os.close(lock)
        raise


def _listen(path: str) -> socket.socket:
    if os.path.lexists(path):
        os.unlink(path)  # noqa: PTH108
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.setblocking(False)
    listener.bind(path)
    listener.listen(_WAITING)
    return listener
