"""What get-system-status says, in whatever shape: its answer is not documented (VoIPcloud, API Integration; no I/O)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.providers.report import report
from voipdesk.providers.voipcloud.wire import read_envelope, read_value

if TYPE_CHECKING:
    from voipdesk.core.status import ServiceStatus
    from voipdesk.providers.exchange import Answer


def read_status(answer: Answer) -> ServiceStatus:
    """Show the report as it came; raise what `read_envelope` raises."""
    content = read_envelope(answer, bare=True)
    return report(read_value(content.data, answer), content.words)
