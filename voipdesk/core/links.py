"""Links that dial: their schemes, and who opens them on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMES = ("tel", "callto", "sip", "sips")


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Who opens the links of a scheme."""

    scheme: str
    owner: str
    """The program's name, "" for nobody."""
    ours: bool


class TelLinks(Protocol):
    """Registers voipdesk with the system as what opens telephone links, and takes it back.

    Every method may wait for the system's tools: call it on a thread. Raises StorageFailed when the system does not
    let it, BadInput when it cannot be done from here.
    """

    def owners(self) -> tuple[LinkOwner, ...]:
        """Tell who opens each scheme now, in the order of SCHEMES."""
        ...

    def install(self, schemes: Sequence[str]) -> str:
        """Have these opened with voipdesk; gives what is left to do for the person, "" when it is done."""
        ...

    def remove(self, schemes: Sequence[str]) -> str:
        """Let these be opened by what opened them before; gives what is left to do, as above."""
        ...
