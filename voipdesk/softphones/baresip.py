"""Baresip: the line of one account for its file `accounts`.

Sources: baresip's docs/examples/accounts and src/account.c; baresip 1.0 as seen to work: in quotes, all but a quote is
taken as it is. It knows no escapes, and reads lines of 1024 bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.configuration import (
    Change,
    Home,
    already_there,
    lines_of,
    read_text,
    same_account,
    write_text,
)
from voipdesk.softphones.sip_uri import server_uri
from voipdesk.softphones.wording import Part, check_password, check_without, file_name, in_the_file, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip_settings import SipSettings

SOFTPHONE = Softphone(
    "baresip",
    "baresip",
    N_("Linux, macOS, Windows: the line for its file “accounts”."),
    ("txt",),
    on_this_computer=True,
)
HOME = Home(("baresip",), ".baresip", "accounts")
HOMES = (HOME,)
LONGEST_LINE = 1000


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "txt") -> SetUpFile:  # noqa: ARG001
    """Make the line."""
    content = f"{line(settings, with_password=with_password)}\n".encode()
    notes = (
        _("Add the line to the file ~/.baresip/accounts while baresip is closed."),
        in_the_file() if with_password else _("The password is not in it: baresip asks for it when it starts."),
    )
    return SetUpFile(file_name(settings, ".txt"), "text/plain", content, "utf-8", with_password, notes)


def line(settings: SipSettings, *, with_password: bool) -> str:
    """Give the account's line, without its end; BadInput for what baresip cannot carry."""
    check_password(settings, with_password=with_password)
    check_without(SOFTPHONE.name, Part.USERNAME, settings.username, ";?")
    check_without(SOFTPHONE.name, Part.DISPLAY_NAME, settings.display_name, '"')
    check_without(SOFTPHONE.name, Part.AUTH_USERNAME, settings.auth_username, '"')
    name = f'"{settings.display_name}" ' if settings.display_name else ""
    transport = f";transport={settings.transport}"
    parts = [f"{name}<sip:{settings.username}@{settings.domain}{transport}>", f'auth_user="{settings.auth_name}"']
    if with_password:
        check_without(SOFTPHONE.name, Part.PASSWORD, settings.password, '"')
        parts.append(f'auth_pass="{settings.password}"')
    if settings.outbound_proxy:
        parts.append(f'outbound="{server_uri(settings.outbound_proxy, settings.transport)}"')
    if settings.srtp:
        parts.append("mediaenc=srtp-mand")
    text = ";".join([*parts, "regint=3600"])
    if len(text.encode()) > LONGEST_LINE:
        reason = _("together its values are longer than a line that baresip reads")
        raise refuse(SOFTPHONE.name, Part.ACCOUNT, reason)
    return text


def change(files: Mapping[str, bytes], settings: SipSettings, *, with_password: bool, replace: bool) -> Change:
    """Add the account's line to the file `accounts`; AlreadySetUp where one of the same user and host is there."""
    name = HOME.pattern
    new = line(settings, with_password=with_password) + "\n"
    lines = lines_of(read_text(files.get(name, b"")))
    same = [place for place, text in enumerate(lines) if _is_of(text, settings)]
    if not same:
        return Change(name, write_text("".join([*lines, new])), replaced=False)
    if not replace:
        raise already_there(SOFTPHONE.name, settings)
    lines[same[0]] = new
    return Change(name, write_text("".join(lines)), replaced=True)


def _is_of(text: str, settings: SipSettings) -> bool:
    found = re.match(r'\s*(?:"[^"]*"\s*)?<sips?:([^@>;?]+)@([^>;?]+)', text)
    return found is not None and same_account(found[1], found[2], settings)
