"""Where the files are that come with the program: icons, style, sounds."""

from __future__ import annotations

from pathlib import Path

from voipdesk.core.errors import StorageFailed
from voipdesk.core.language import _

_PACKAGE = Path(__file__).resolve().parent.parent
# a wheel carries them inside the package, a checkout keeps them beside it
_PLACES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")


def resource(name: str) -> Path:
    """Return the file `name`, given with `/` below `resources/`; StorageFailed when the installation lacks it."""
    for place in _PLACES:
        file = place / name
        if file.is_file():
            return file
    raise StorageFailed(
        _("The file {name} is missing from this installation.", name=name), advice=_("Install voipdesk again.")
    )
