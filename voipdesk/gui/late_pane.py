"""A pane that is built when it is first needed, so that the window's first rows need not wait for it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from voipdesk.gui.pane import CanExport, CanSearch, Pane

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class ClosablePane(Pane, Protocol):
    """A pane that lets go of the services at the end."""

    def close(self) -> None:
        """Let go."""
        ...


class SearchPane(ClosablePane, CanSearch, Protocol):
    """One with a search field, too."""


class ExportPane(SearchPane, CanExport, Protocol):
    """One whose rows can be saved to a file as well."""


P = TypeVar("P", bound=ClosablePane)
S = TypeVar("S", bound=SearchPane)
E = TypeVar("E", bound=ExportPane)


class LatePane(Generic[P]):
    """Stands in the side list for a pane; `pane` builds it."""

    badge = ""

    def __init__(self, key: str, title: str, icon: str, build: Callable[[], P]) -> None:
        self.key = key
        self.title = title
        self.icon = icon
        self._build = build

    @cached_property
    def pane(self) -> P:
        """The pane itself."""
        return self._build()

    @property
    def widget(self) -> QWidget:
        """What it shows."""
        return self.pane.widget

    @property
    def account(self) -> str:
        """The account it shows, once it was built."""
        return self.pane.account if "pane" in self.__dict__ else ""

    def shown(self) -> None:
        """Tell the pane that it came to the front."""
        self.pane.shown()

    def hidden(self) -> None:
        """Tell the pane that another took its place."""
        self.pane.hidden()

    def refresh(self) -> None:
        """Let the pane ask the service again."""
        self.pane.refresh()

    def close(self) -> None:
        """Let go of the services, if it was built."""
        if "pane" in self.__dict__:
            self.pane.close()


class LateSearchPane(LatePane[S]):
    """Stands for a pane with a search field."""

    def search(self) -> None:
        """Give the focus to the search field."""
        self.pane.search()


class LateExportPane(LateSearchPane[E]):
    """Stands for a pane whose rows can be saved to a file."""

    def export(self) -> None:
        """Ask for a file and write the rows."""
        self.pane.export()
