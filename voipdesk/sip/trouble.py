"""What goes wrong between this computer and a SIP server: sentences for people, and a cause for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import Unreachable

if TYPE_CHECKING:
    from voipdesk.core.sip_check import Cause


class Trouble(Unreachable):
    """A step of the check failed; `details` holds what support would ask for, never a secret."""

    def __init__(self, cause: Cause, message: str, *, advice: str = "", details: str = "") -> None:
        super().__init__(message, advice=advice, details=details)
        self.cause = cause
