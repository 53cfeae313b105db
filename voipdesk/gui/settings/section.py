"""One section of the settings pane: a title, and what can be chosen below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Section(Protocol):
    """What the pane asks of each of its sections."""

    @property
    def title(self) -> str:
        """What it is about; a text marked with N_, that the pane shows in the language spoken."""
        ...

    @property
    def widget(self) -> QWidget:
        """What can be chosen."""
        ...

    def shown(self) -> None:
        """Tell it that the pane came to the front: look at how things stand."""
        ...

    def close(self) -> None:
        """Let go of the services."""
        ...
