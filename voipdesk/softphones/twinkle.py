"""Twinkle on Linux: the profile of one account.

Sources: Twinkle's src/user.cpp, and Twinkle 1.10 as seen to work. Each line is split at its first “=”, and blanks
around both sides are lost; nothing else means anything inside a line. It has no TLS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.sip_settings import Transport
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.configuration import (
    Change,
    Home,
    already_there,
    free_name,
    lines_of,
    read_text,
    same_account,
    write_text,
)
from voipdesk.softphones.wording import Part, check_password, check_without, file_name, in_the_file, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip_settings import SipSettings

SOFTPHONE = Softphone(
    "twinkle",
    "Twinkle",  # NON-NLS: its name
    N_("Linux: a profile, one file for each account."),
    ("cfg",),
    on_this_computer=True,
)
HOMES = (Home(("twinkle", "twinkle-console"), ".twinkle", "*.cfg"),)


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "cfg") -> SetUpFile:
    """Make the profile; BadInput for what Twinkle cannot carry."""
    lines = (f"{key}={value}\n" for key, value in _entries(settings, with_password=with_password).items() if value)
    notes = (
        _("Put the file into the folder ~/.twinkle; Twinkle offers it as a user profile when it starts."),
        in_the_file() if with_password else _("The password is not in it: Twinkle asks for it when it signs in."),
    )
    name = file_name(settings, f".{ending}")
    return SetUpFile(name, "text/plain", "".join(lines).encode(), "utf-8", with_password, notes)


def change(files: Mapping[str, bytes], settings: SipSettings, *, with_password: bool, replace: bool) -> Change:
    """Add a profile, or change ours of one that is there; AlreadySetUp where one of the same user and host is."""
    for name, content in files.items():
        text = read_text(content)
        pairs = [line.partition("=")[::2] for line in lines_of(text)]
        values = {key.strip(): value.strip() for key, value in pairs}
        if not same_account(values.get("user_name", ""), values.get("user_domain", ""), settings):
            continue
        if not replace:
            raise already_there(SOFTPHONE.name, settings)
        entries = _entries(settings, with_password=with_password)
        kept = [line for line in lines_of(text) if line.partition("=")[0].strip() not in entries]
        ours = [f"{key}={value}\n" for key, value in entries.items() if value]
        return Change(name, write_text("".join([*kept, *ours])), replaced=True)
    made = set_up(settings, with_password=with_password)
    stem = made.name.removesuffix(".cfg")
    return Change(free_name(files, stem, ".cfg"), made.content, replaced=False)


def _entries(settings: SipSettings, *, with_password: bool) -> dict[str, str]:
    """Give what a profile says of the account, "" for what is not to stand in it."""
    check_password(settings, with_password=with_password)
    if settings.transport is Transport.TLS or settings.srtp:
        reason = _("it is to be encrypted with TLS, which Twinkle does not know")
        raise refuse(SOFTPHONE.name, Part.ACCOUNT, reason)
    password = settings.password if with_password else ""
    # it takes no answer in which its own name comes back with one
    check_without(SOFTPHONE.name, Part.DISPLAY_NAME, settings.display_name, "\\")
    if password != password.strip(" "):
        raise refuse(SOFTPHONE.name, Part.PASSWORD, _("it begins or ends with a blank"))
    return {
        "user_name": settings.username,
        "user_domain": settings.domain,
        "user_display": settings.display_name,
        "auth_name": settings.auth_name,
        "auth_pass": password,
        "outbound_proxy": settings.outbound_proxy,
        "all_requests_to_proxy": "yes" if settings.outbound_proxy else "",
        "registration_time": "3600",
        "register_at_startup": "yes",
        "sip_transport": settings.transport.value,
    }
