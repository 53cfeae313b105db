"""The settings sheet: what is typed into any softphone or telephone, as text and as one page to print."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _, current_language
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.form import form_lines
from voipdesk.softphones.wording import check_password, file_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.softphones.form import Line

SOFTPHONE = Softphone(
    "sheet",
    N_("Settings sheet"),
    N_("What is typed into any softphone or telephone, to read or to print."),
    ("txt", "html"),
)


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "txt") -> SetUpFile:
    """Make the sheet as text or as HTML."""
    check_password(settings, with_password=with_password)
    steps = (
        _("In the softphone, add an account; where it asks for the kind, it is SIP."),
        _(
            "Type what stands below into the fields of the same or a like name. Fields that are not here stay as they "
            "are."
        ),
        _("Save. The program says “registered”, “online” or shows a green mark when it is signed in."),
    )
    lines = form_lines(settings, with_password=with_password)
    return sheet(settings, steps, _("Set up a softphone"), lines, with_password=with_password, ending=ending)


def sheet(
    settings: SipSettings,
    steps: Sequence[str],
    heading: str,
    lines: Sequence[Line],
    *,
    with_password: bool,
    ending: str,
) -> SetUpFile:
    """Make a sheet of the steps of one client and the lines of its form."""
    if with_password:
        notes = [_("Whoever has this sheet can call at your expense: keep it as you keep a key.")]
        if settings.password != settings.password.strip():
            notes.insert(0, _("The password begins or ends with a blank, which belongs to it."))
    else:
        notes = [_("The password is not on the sheet: tell it to the user by another way.")]
    if ending == "html":
        content, media_type = _html(settings, steps, heading, lines, notes), "text/html"
    else:
        content, media_type = _text(settings, steps, heading, lines, notes), "text/plain"
    return SetUpFile(
        file_name(settings, f".{ending}"), media_type, content.encode(), "utf-8", with_password, tuple(notes)
    )


def _text(
    settings: SipSettings, steps: Sequence[str], heading: str, lines: Sequence[Line], notes: Sequence[str]
) -> str:
    width = max(len(line.label) for line in lines)
    rows = [f"  {line.label:<{width}}  {line.value}" for line in lines]
    parts = [f"{heading}: {settings.title}", *(f"{n}. {step}" for n, step in enumerate(steps, 1)), "", *rows, ""]
    return "\n".join([*parts, *notes]) + "\n"


def _html(
    settings: SipSettings, steps: Sequence[str], heading: str, lines: Sequence[Line], notes: Sequence[str]
) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{escape(line.label)}</th><td>'  # NON-NLS: markup
        f"<bdi{' class=typed' if line.typed else ''}>{escape(line.value)}</bdi>"
        f"{f'<small>{escape(line.hint)}</small>' if line.hint else ''}</td></tr>"
        for line in lines
    )
    listed = "\n".join(f"<li>{escape(step)}</li>" for step in steps)
    title = f"{escape(heading)}: <bdi>{escape(settings.title)}</bdi>"  # NON-NLS: markup
    below = "\n".join(f"<p>{escape(note)}</p>" for note in notes)
    return _PAGE.format(
        language=current_language(),
        name=escape(f"{heading}: {settings.title}"),
        title=title,
        steps=listed,
        rows=rows,
        notes=below,
    )


# Without a script or anything fetched: it looks the same wherever it is opened, and tells nobody.
_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, noarchive">
<title>{name}</title>
<style>
:root {{ color-scheme: only light; }}
@page {{ size: auto; margin: 18mm; }}
body {{ background: #fff; color: #111; font: 11pt/1.45 system-ui, "DejaVu Sans", sans-serif; margin: 2em auto;
  max-width: 42em; padding: 0 1em; }}
h1 {{ font-size: 16pt; margin: 0 0 .6em; overflow-wrap: anywhere; }}
ol {{ padding-left: 1.4em; }}
table {{ border-collapse: collapse; margin: 1.2em 0; page-break-inside: avoid; width: 100%; }}
th, td {{ border-bottom: 1px solid #bbb; padding: .5em .6em .5em 0; text-align: left; vertical-align: top; }}
th {{ font-weight: 600; width: 12em; }}
bdi {{ overflow-wrap: anywhere; white-space: pre-wrap; }}
.typed {{ font-family: "DejaVu Sans Mono", ui-monospace, Consolas, monospace; font-size: 12pt; }}
small {{ color: #555; display: block; font-size: 9pt; }}
@media print {{ body {{ margin: 0; max-width: none; padding: 0; }} }}
</style>
</head>
<body>
<h1>{title}</h1>
<ol>
{steps}
</ol>
<table>
{rows}
</table>
{notes}
</body>
</html>
"""  # NON-NLS: markup
