"""The country that the computer is set up for."""

from __future__ import annotations

import locale
import os
import re

FALLBACK_REGION = "GB"


def system_region() -> str:
    """Take the country from the system's language settings; GB when they name none."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_TELEPHONE", "LANG")]
    # Python calls the C locale "en_US", so it is asked only where the environment says nothing, as on Windows.
    for name in names if any(names) else [locale.getlocale()[0] or ""]:
        match = re.match(r"[a-z]{2,3}_([A-Z]{2})\b", name.partition(".")[0])
        if match:
            return match[1]
    return FALLBACK_REGION
