"""Changes told line by line, before they are sent and when a service did not take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.services.object_changes import Change


def tell_changes(heading: str, changes: Sequence[Change]) -> None:
    """Print them beside the results, under a heading."""
    output.note(heading)
    nothing = _("nothing")
    for change in changes:
        output.note(f"  {change.label}: {change.before or nothing} → {change.after or nothing}")
