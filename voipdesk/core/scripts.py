"""Call scripts: the web addresses that tell a service, in XML, what to do with a call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Script:
    """A call script as its service has it; texts are as sent, "" where the service says nothing."""

    id: str
    url: str
    name: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    """The service's whole object under its own field names."""


@runtime_checkable
class HasScripts(Protocol):
    """Offered by a client whose service asks web addresses what to do with a call."""

    async def fetch_scripts(self) -> list[Script]:
        """Fetch all scripts."""
        ...

    async def fetch_script(self, script_id: str) -> Script:
        """Fetch one; NotFound when it is not there."""
        ...

    async def create_script(self, url: str, name: str = "") -> Script:
        """Create one; sent once. Refused where the domain has one already.

        Raises BadInput for what cannot be sent, OutcomeUnknown when the answer was lost.
        """
        ...

    async def update_script(self, script_id: str, url: str, name: str) -> None:
        """Give one another address and name, both of which are sent; sent once.

        Raises NotFound, BadInput for what cannot be sent, OutcomeUnknown when the answer was lost.
        """
        ...

    async def delete_script(self, script_id: str) -> None:
        """Delete one; sent once. Raises NotFound, OutcomeUnknown when the answer was lost."""
        ...

    async def test_script(self, url: str) -> str:
        """Have the service ask the address, and give what came of it as text: hostile until read.

        Raises Refused with the service's words where the address did not answer it.
        """
        ...
