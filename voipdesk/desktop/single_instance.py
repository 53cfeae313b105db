"""The open window's side of the hand-over: takes what other starts of this user send, reads it strictly, answers."""

from __future__ import annotations

import os
import socket
import struct
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from voipdesk.desktop.hand_over import pipe_name
from voipdesk.desktop.message import LONGEST, REFUSED, TAKEN, is_whole, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.desktop.hand_over import Claim
    from voipdesk.desktop.message import Message

_WITHIN_MS = 5_000
"""How long a start may take to say what it wants."""
_LOCAL_PEERCRED = 1
"""<sys/un.h> of macOS, as the layout of struct xucred: version, user, …"""


class Receiver(QObject):
    """Gives each message to `take`; what comes before `answer` was called waits in the socket's queue."""

    def __init__(self, claim: Claim, take: Callable[[Message], None]) -> None:
        super().__init__()
        self._claim = claim
        self._take = take
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def answer(self) -> None:
        """Begin to take messages."""
        if self._server.isListening():
            return
        if self._claim.listener is None:  # pragma: no cover - Windows
            self._server.listen(pipe_name(self._claim.path))
        else:
            self._server.listen(self._claim.listener.detach())

    def close(self) -> None:
        """Take no more; who has no answer yet looks for another window."""
        self._server.close()
        for peer in self.findChildren(QLocalSocket):
            peer.abort()
        if self._claim.listener is not None:
            self._claim.listener.close()

    def _welcome(self) -> None:
        while (peer := self._server.nextPendingConnection()) is not None:
            peer.setParent(self)
            peer.disconnected.connect(peer.deleteLater)
            if is_of_this_user(peer):
                _Guest(peer, self._take)
            else:
                peer.abort()


class _Guest(QObject):
    """One start that says what it wants."""

    def __init__(self, peer: QLocalSocket, take: Callable[[Message], None]) -> None:
        super().__init__(peer)
        self._peer = peer
        self._take = take
        self._said = b""
        peer.readyRead.connect(self._hear)
        QTimer.singleShot(_WITHIN_MS, self, peer.abort)
        self._hear()

    def _hear(self) -> None:
        if is_whole(self._said):
            return
        self._said += bytes(self._peer.read(LONGEST + 1 - len(self._said)).data())
        if is_whole(self._said):
            message = unpack(self._said)
            self._peer.write(REFUSED if message is None else TAKEN)
            self._peer.disconnectFromServer()  # once it is written
            if message is not None:
                self._take(message)


def is_of_this_user(peer: QLocalSocket) -> bool:
    """Ask the system whose process is at the other end; on Windows the pipe itself lets nobody else in."""
    if sys.platform == "win32":  # pragma: no cover - the other branch is the one tested here
        return True
    with socket.socket(fileno=os.dup(int(peer.socketDescriptor()))) as end:
        if sys.platform == "darwin":  # pragma: no cover - macOS
            user = struct.unpack_from("2I", end.getsockopt(0, _LOCAL_PEERCRED, 8))[1]
        else:
            user = struct.unpack("3i", end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[1]
    return bool(user == os.getuid())
