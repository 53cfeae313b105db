"""What the set-up page says of a program: what is made for it and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.core.softphones import SetUpFile, Softphone

_FORMS = {"txt": "Text", "html": "A page to print (HTML)", "xml": "A provisioning file (XML)"}


@dataclass(frozen=True, slots=True)
class Offer:
    """What is shown of one program; all of it plain text, and the password in none of it."""

    name: str
    about: str
    forms: tuple[tuple[str, str], ...]
    """What can be made, by the ending of the file."""
    form: str
    steps: tuple[str, ...] = ()
    file_title: str = ""
    preview: str = ""
    wraps: bool = False
    """Whether the preview is text to read rather than lines of a file."""
    installs: bool = False
    """Whether it can be set up here and now."""
    to_phones: bool = False


def offer(softphone: Softphone, form: str, *, installs: bool) -> Offer:
    """Say what there is for a program; `installs` tells whether it is on this computer and can be set up there."""
    forms = tuple((ending, _FORMS.get(ending, f"A .{ending} file")) for ending in softphone.formats)
    return Offer(
        softphone.name,
        softphone.about,
        forms,
        form if form in softphone.formats else softphone.formats[0],
        installs=installs,
        to_phones=softphone.to_phones,
    )


def file_kind(made: SetUpFile) -> str:
    """Give a file dialog's filter for what was made."""
    ending = made.name.rpartition(".")[2]
    return f"{_FORMS.get(ending, 'File').partition(' (')[0]} (*.{ending})"
