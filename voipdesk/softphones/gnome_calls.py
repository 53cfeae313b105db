"""GNOME Calls on Linux: the group of one account for its sip-account.cfg; the password goes to the Secret Service.

Source: GNOME Calls' plugins/provider/sip/calls-sip-provider.c and src/calls-secret-store.c. The format is that of
GLib's key files. Version 44 as seen to work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.configuration import (
    Change,
    Home,
    KeyringItem,
    already_there,
    read_text,
    same_account,
    write_text,
)
from voipdesk.softphones.sections import Sections
from voipdesk.softphones.wording import Part, check_password, check_without, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip_settings import SipSettings

SOFTPHONE = Softphone(
    "gnome-calls",
    "GNOME Calls",  # NON-NLS: its name
    N_("Linux: the account for its file sip-account.cfg; the password is kept in the keyring."),
    ("cfg",),
    on_this_computer=True,
)
HOME = Home(("gnome-calls",), "calls", "sip-account.cfg", in_config=True)
HOMES = (HOME,)
_HOST, _PORT, _USER, _PROTOCOL, _PROXY = "Host", "Port", "User", "Protocol", "Proxy"  # NON-NLS: keys of its file


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "cfg") -> SetUpFile:  # noqa: ARG001
    """Make the file with the account's group; the password is never in it, and the notes say where it goes."""
    check_password(settings, with_password=with_password)
    if with_password:
        check_secret(settings)
    content = group("sip-00", fields(settings)).encode()
    attributes = " ".join(f"{key} {_shell(value)}" for key, value in secret_attributes(settings).items())
    command = f"secret-tool store --label={_shell(secret_label(settings))} {attributes}"  # NON-NLS: for a shell
    notes = (
        _("Put it into the file ~/.config/calls/sip-account.cfg while GNOME Calls is closed."),
        _(
            "No file can hold the password: GNOME Calls reads it from the keyring alone. “Set up on this computer” or "
            "“voipdesk sip setup” keeps it there, and so does, of the package libsecret-tools: {command}",
            command=command,
        ),
        *_doubts(settings),
    )
    return SetUpFile("sip-account.cfg", "text/plain", content, "utf-8", has_password=False, notes=notes)


def fields(settings: SipSettings) -> dict[str, str]:
    """Give the account's keys and values; BadInput for what GNOME Calls cannot carry."""
    if settings.auth_username:
        reason = _("it signs in with an authentication name beside the user name")
        raise refuse(SOFTPHONE.name, Part.ACCOUNT, reason)
    check_without(SOFTPHONE.name, Part.USERNAME, settings.username, ";?,")
    check_without(SOFTPHONE.name, Part.DISPLAY_NAME, settings.display_name, '"')  # it does not sign in then
    return {
        "Id": settings.address,
        _HOST: settings.host,
        _PORT: str(settings.port or 0),
        _USER: settings.username,
        "DisplayName": settings.display_name or settings.username,
        _PROTOCOL: settings.transport.value.upper(),
        **({_PROXY: settings.outbound_proxy} if settings.outbound_proxy else {}),
        "AutoConnect": "true",
        "MediaEncryption": "2" if settings.srtp else "0",
    }


def change(files: Mapping[str, bytes], settings: SipSettings, *, with_password: bool, replace: bool) -> Change:
    """Add the account's group; AlreadySetUp where one of the same user and host is. The password is not its part."""
    check_password(settings, with_password=with_password)
    if with_password:
        check_secret(settings)
    name = HOME.pattern
    sections = Sections(read_text(files.get(name, b"")))
    there = (one for one in sections.names() if _is_of(sections.values(one), settings))
    same, new, number = next(there, None), "", 0
    if same is not None and not replace:
        raise already_there(SOFTPHONE.name, settings)
    while same is None and (not new or new in sections.names()):
        new, number = f"sip-{number:02}", number + 1
    entries = {key: _escaped(value) for key, value in fields(settings).items()}
    sections.set(same if same is not None else new, entries, remove=(_PROXY,))
    return Change(name, write_text(str(sections)), same is not None, _doubts(settings))


def _doubts(settings: SipSettings) -> tuple[str, ...]:
    if not settings.outbound_proxy:
        return ()
    return (
        _(
            "GNOME Calls 44 and older pass over an outbound proxy: they sign in only where the domain itself is "
            "reached."
        ),
    )


def _is_of(values: Mapping[str, str], settings: SipSettings) -> bool:
    return same_account(values.get(_USER, ""), values.get(_HOST, ""), settings)


def group(name: str, entries: Mapping[str, str]) -> str:
    """Give a group of a key file."""
    return "".join([f"[{name}]\n", *(f"{key}={_escaped(value)}\n" for key, value in entries.items())])


def check_secret(settings: SipSettings) -> None:
    """Raise BadInput for a password that GNOME Calls cannot sign in with, wherever it is kept."""
    if ":" in settings.password:
        raise refuse(SOFTPHONE.name, Part.PASSWORD, _("it cannot have the character :"))


def secret_attributes(settings: SipSettings) -> dict[str, str]:
    """Give what GNOME Calls looks its password up by."""
    return {"server": settings.host, "username": settings.username, "protocol": "sip"}


def keyring_item(settings: SipSettings) -> KeyringItem:
    """Give under what the password is kept: what it is looked up by, and the schema's name."""
    return KeyringItem(secret_label(settings), {**secret_attributes(settings), "xdg:schema": "sm.puri.Calls"})


def secret_label(settings: SipSettings) -> str:
    """Give the name of the password in the keyring's own program."""
    return f"Calls Password for {settings.address}"  # NON-NLS: as GNOME Calls names it


def _escaped(text: str) -> str:
    """Give a value as it is written; none of them begins with a blank or has a line's end."""
    return text.replace("\\", "\\\\")


def _shell(text: str) -> str:
    from shlex import quote

    return quote(text)
