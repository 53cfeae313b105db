"""What a service says about itself, and what was seen of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """A service's own report in the shape it came in: a text, rows of key and value, or a table. All plain text."""

    text: str = ""
    columns: tuple[str, ...] = ()
    """Headings; ("", "") for rows of key and value."""
    rows: tuple[tuple[str, ...], ...] = ()


@runtime_checkable
class HasStatus(Protocol):
    """Offered by a client whose service reports on itself."""

    async def fetch_status(self) -> ServiceStatus:
        """Ask the service how it is."""
        ...


@dataclass(frozen=True, slots=True)
class StatusSample:
    """What one look at a service found, kept to show how it changed."""

    at: datetime
    answered: bool
    accepted: bool | None
    """Whether the key was accepted; None when nothing was answered."""
    latency_ms: int | None
    summary: str
    """The service's own words in one line, or the error's."""
