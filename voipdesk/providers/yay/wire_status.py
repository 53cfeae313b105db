"""What Yay.com says about the account that asks (API documentation, GET /authenticated; its fields are not; no I/O)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.blanking import blanked
from voipdesk.providers.report import report
from voipdesk.providers.yay.wire import get, read_envelope, read_value

if TYPE_CHECKING:
    from voipdesk.core.status import ServiceStatus
    from voipdesk.providers.exchange import Answer, Request


def status_request() -> Request:
    """Ask who asks."""
    return get("/authenticated")


def read_status(answer: Answer) -> ServiceStatus:
    """Show the reseller's details as they came, but for secrets."""
    content = read_envelope(answer)
    return report(blanked(read_value(content.result, answer)), content.words)
