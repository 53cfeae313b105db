"""The language that the person chose, before anything else is read of the settings."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from voipdesk.core.language import LANGUAGES
from voipdesk.settings.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path


def chosen_language(home: Path | None) -> str:
    """Give it as Preferences.language does, and load no more of the settings: what asks may need nothing else of them.

    "" also for settings that cannot be read, which who needs them will say.
    """
    try:
        with Paths.look(home).settings_file.open("rb") as file:
            return known_language(tomllib.load(file).get("language"))
    except (OSError, ValueError):
        return ""


def known_language(setting: object) -> str:
    """Give the key of LANGUAGES that a setting is; "" for one that is none."""
    return setting if isinstance(setting, str) and setting in LANGUAGES else ""
