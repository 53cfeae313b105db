"""Twinkle on Linux: the profile of one account.

Sources: Twinkle's src/user.cpp, and Twinkle 1.10 as seen to work. Each line is split at its first “=”, and blanks
around both sides are lost; nothing else means anything inside a line. It has no TLS.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.sip_settings import Transport
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.wording import IN_THE_FILE, advice_for, check_password, check_without, file_name, refuse

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings

SOFTPHONE = Softphone(
    "twinkle", "Twinkle", "Linux: a profile, one file for each account.", ("cfg",), on_this_computer=True
)
_WHERE = "Put the file into the folder ~/.twinkle; Twinkle offers it as a user profile when it starts."
_ASKS = "The password is not in it: Twinkle asks for it when it signs in."


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "cfg") -> SetUpFile:
    """Make the profile; BadInput for what Twinkle cannot carry."""
    check_password(settings, with_password=with_password)
    if settings.transport is Transport.TLS or settings.srtp:
        raise refuse(SOFTPHONE.name, "account", "it is to be encrypted with TLS, which Twinkle does not know")
    password = settings.password if with_password else ""
    # it takes no answer in which its own name comes back with one
    check_without(SOFTPHONE.name, "display name", settings.display_name, "\\")
    if password != password.strip(" "):
        raise refuse(SOFTPHONE.name, "password", "it begins or ends with a blank", advice_for("password"))
    fields = {
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
    content = "".join(f"{key}={value}\n" for key, value in fields.items() if value).encode()
    notes = (_WHERE, IN_THE_FILE if with_password else _ASKS)
    return SetUpFile(file_name(settings, f".{ending}"), "text/plain", content, "utf-8", with_password, notes)
