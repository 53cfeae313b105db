"""The language that the person chose, before anything else is read of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.settings.paths import Paths
from voipdesk.settings.preferences import Preferences

if TYPE_CHECKING:
    from pathlib import Path


def chosen_language(home: Path | None) -> str:
    """Give it as Preferences.language does; "" also for settings that cannot be read, which who needs them will say."""
    try:
        return Preferences(Paths.look(home).settings_file).language
    except VoipdeskError:
        return ""
