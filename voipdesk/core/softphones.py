"""Softphones: the client programs that can be set up, and what is made to set one up with."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Softphone:
    """One client program, or the sheet for those that are set up by typing."""

    key: str
    name: str
    about: str
    """One sentence: what it runs on, and what is made for it."""
    formats: tuple[str, ...]
    """What can be made for it, each by the ending of its file; the first is the default."""
    to_phones: bool = False
    """Whether a phone can fetch it from an address (see Handover)."""
    on_this_computer: bool = False
    """Whether it can be set up where it is installed, without a file passing through the user's hands."""


@dataclass(frozen=True, slots=True)
class SoftphoneHere:
    """A client program that is installed on this computer."""

    softphone: Softphone
    folder: str
    """Where it keeps its configuration."""
    running: bool


@dataclass(frozen=True, slots=True)
class SetUpHere:
    """A client program was set up on this computer."""

    file: str
    """Which file of its configuration was written."""
    backup: str
    """The file as it was before, "" where there was none."""
    replaced: bool
    notes: tuple[str, ...]
    """What is left to do, and how to undo it."""


@dataclass(frozen=True, slots=True)
class SetUpFile:
    """What a softphone is set up with, and what is left for the user to do."""

    name: str
    """A file name that fits, without a folder; no part of it comes from outside unchecked."""
    media_type: str
    content: bytes = field(repr=False)
    encoding: str
    """Of the text that the content is."""
    has_password: bool
    notes: tuple[str, ...] = ()
    """Sentences in the order in which things are done: where the file goes, and what is to be typed."""

    @property
    def text(self) -> str:
        """The content as text, for a screen or a clipboard."""
        return self.content.decode(self.encoding)
