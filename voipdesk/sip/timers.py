"""How long the check waits, and for what; all of it ends within 15 seconds."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Timers:
    """In seconds. What a step does not use, a later one may: `whole` is the end of them all."""

    t1: float = 0.5
    """Until a request is sent again over UDP, doubled each time (RFC 3261, section 17.1.1.1)."""
    t2: float = 4.0
    """The longest of these, and the only one once the server has said that it is at work."""
    resolve: float = 3.5
    reach: float = 4.0
    """For all addresses together, and once more for the TLS handshake."""
    answer: float = 3.0
    sign_in: float = 4.5
    others: float = 2.0
    """Looking whether another port or transport answers, after nothing else did."""
    whole: float = 12.5
    clean_up: float = 2.0
    """To take out of the registrar what this check has put in, after `whole` too, and to see who is left there."""

    def scaled(self, factor: float) -> Timers:
        """Give the same, faster or slower."""
        return Timers(*(getattr(self, one.name) * factor for one in fields(self)))
