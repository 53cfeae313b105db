"""MicroSIP on Windows: the section of one account for its microsip.ini, in the encoding that it keeps.

Source: MicroSIP 3.19's settings.cpp, AccountDlg.cpp. It reads with Windows' GetPrivateProfileString, which takes blanks
around a value away and one pair of quotes; no other character means anything inside a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.wording import check_password, file_name, in_the_file, to_be_typed

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings

SOFTPHONE = Softphone(
    "microsip", "MicroSIP", N_("Windows: the section [Account1] for its file microsip.ini."), ("ini",)
)


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "ini") -> SetUpFile:  # noqa: ARG001
    """Make the section, in UTF-16LE with its mark, lines ended with CRLF."""
    check_password(settings, with_password=with_password)
    fields = {
        "label": settings.title,
        "server": settings.domain,
        "proxy": settings.outbound_proxy,
        "domain": settings.domain,
        "username": settings.username,
        "password": settings.password if with_password else "",
        "authID": settings.auth_username,
        "displayName": settings.display_name,
        "transport": settings.transport.value,
        "SRTP": "mandatory" if settings.srtp else "",
        "registerRefresh": "300",
        "keepAlive": "15",
    }
    lines = ["[Account1]", *(f"{key}={_value(value)}" for key, value in fields.items()), ""]
    notes = (
        _("Close MicroSIP first: it writes its file anew when it ends."),
        _(
            "Put the section into %APPDATA%\\MicroSIP\\microsip.ini, or the microsip.ini beside a portable MicroSIP. "
            "Are there accounts already, give it the next number: [Account2]."
        ),
        in_the_file() if with_password else to_be_typed(),
    )
    content = "\r\n".join(lines).encode("utf-16-le")
    return SetUpFile(file_name(settings, ".ini"), "text/plain", b"\xff\xfe" + content, "utf-16", with_password, notes)


def _value(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return f'"{text}"' if quoted or text != text.strip() else text
