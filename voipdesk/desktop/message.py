"""What a second start says to the open window, and how strictly that is read."""

from __future__ import annotations

import re

HELLO = "voipdesk 1"
TAKEN = b"taken\n"
REFUSED = b"refused\n"
LONGEST = 16_384
"""Bytes of a message; what is longer is not read to its end."""
LONGEST_TEXT = 2_500
"""Characters of a link or text; what is cut is still too long to be searched for a number, which may be cut as well."""

_FIELDS = 4
_PANE = re.compile(r"[a-z_-]{0,32}")
_TOKEN = re.compile(r"[!-~]{0,256}")


class Message:
    """A link or number to fill in, a pane to show, and what lets the window come forward; each may be ""."""

    __slots__ = ("link", "pane", "token")

    def __init__(self, link: str = "", pane: str = "", token: str = "") -> None:
        self.link = link
        self.pane = pane
        self.token = token
        """Of the desktop's start-up notification (XDG_ACTIVATION_TOKEN, DESKTOP_STARTUP_ID)."""


def pack(message: Message) -> bytes:
    """Write a message; what no message may hold is left out of it."""
    link = message.link.replace("\0", "")[:LONGEST_TEXT]
    pane = message.pane if _PANE.fullmatch(message.pane) else ""
    token = message.token if _TOKEN.fullmatch(message.token) else ""
    fields = (HELLO, link, pane, token)
    return "".join(f"{field}\0" for field in fields).encode("utf-8", "replace")


def is_whole(data: bytes) -> bool:
    """Tell whether a message has come to its end, or past it."""
    return data.count(b"\0") >= _FIELDS or len(data) > LONGEST


def unpack(data: bytes) -> Message | None:
    """Read a message; None unless it is exactly one, in every byte."""
    if len(data) > LONGEST or not data.endswith(b"\0"):
        return None
    try:
        fields = data[:-1].decode().split("\0")
    except UnicodeDecodeError:
        return None
    if len(fields) != _FIELDS or fields[0] != HELLO:
        return None
    _, link, pane, token = fields
    if len(link) > LONGEST_TEXT or not _PANE.fullmatch(pane) or not _TOKEN.fullmatch(token):
        return None
    return Message(link, pane, token)
