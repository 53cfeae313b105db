"""What the window asks of a pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Pane(Protocol):
    """One entry of the side list and what it shows."""

    @property
    def key(self) -> str:
        """Its name in the preferences and for `--pane`."""
        ...

    @property
    def title(self) -> str:
        """Its name in the side list; a text marked with N_, that the window shows in the language spoken."""
        ...

    @property
    def icon(self) -> str:
        """The name of its drawing in `resources/icons`."""
        ...

    @property
    def widget(self) -> QWidget:
        """What it shows."""
        ...

    @property
    def badge(self) -> str:
        """A few characters beside the title, such as a count; the window reads it every second."""
        ...

    @property
    def account(self) -> str:
        """The id of the account it shows, "" for none or several; the window reads it every second, too."""
        ...

    def shown(self) -> None:
        """Tell it that it came to the front: look for what changed, give the focus to its first field."""
        ...

    def hidden(self) -> None:
        """Tell it that another pane took its place."""
        ...

    def refresh(self) -> None:
        """Ask the service again (F5)."""
        ...


@runtime_checkable
class CanSearch(Protocol):
    """A pane with a search field (Ctrl+F, Ctrl+K)."""

    def search(self) -> None:
        """Give the focus to the search field."""
        ...


@runtime_checkable
class CanExport(Protocol):
    """A pane whose rows can be saved to a file (Ctrl+E)."""

    def export(self) -> None:
        """Ask for a file and write what the pane's filter matches."""
        ...
