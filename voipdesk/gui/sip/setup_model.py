"""What the set-up page says of a program: what is made for it and what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _

if TYPE_CHECKING:
    from voipdesk.core.softphones import SetUpFile, Softphone

_FORMS = {"txt": N_("Text"), "html": N_("A page to print (HTML)"), "xml": N_("A provisioning file (XML)")}
_KINDS = {"txt": N_("Text"), "html": N_("A page to print"), "xml": N_("A provisioning file")}


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
    return Offer(
        softphone.name,
        softphone.about,
        tuple((ending, _form(ending)) for ending in softphone.formats),
        form if form in softphone.formats else softphone.formats[0],
        installs=installs,
        to_phones=softphone.to_phones,
    )


def file_kind(made: SetUpFile) -> str:
    """Give a file dialog's filter for what was made."""
    ending = made.name.rpartition(".")[2]
    kind = _(_KINDS[ending]) if ending in _KINDS else _("File")  # NON-NLS: marked in its table
    return f"{kind} (*.{ending})"


def _form(ending: str) -> str:
    if ending not in _FORMS:
        return _("A .{ending} file", ending=ending)
    return _(_FORMS[ending])  # NON-NLS: marked in its table
