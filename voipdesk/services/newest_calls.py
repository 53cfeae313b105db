"""The newest calls as the archive's file has them, for a window that is not connected to anything yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.archive import newest

if TYPE_CHECKING:
    from voipdesk.core.call_log import LoggedCall
    from voipdesk.settings.paths import Paths


def newest_calls(paths: Paths, limit: int) -> list[LoggedCall]:
    """Read up to `limit` calls, newest first; none where the file is not as it should be. Takes some milliseconds."""
    return newest.page(paths.archive_file, limit)
