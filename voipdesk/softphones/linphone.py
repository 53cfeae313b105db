"""Linphone, on computers and phones: the XML of its remote provisioning.

Sources: Linphone's wiki, Remote Provisioning; its list of provisioning keys; linphonec 5.1 as seen to work.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.configuration import Change, Home, already_there, read_text, same_account, write_text
from voipdesk.softphones.sections import Sections
from voipdesk.softphones.sip_uri import name_addr, server_uri
from voipdesk.softphones.wording import (
    Part,
    check_password,
    check_without,
    file_name,
    in_the_file,
    refuse,
    to_be_typed,
)
from voipdesk.softphones.xml_text import DECLARATION, element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip_settings import SipSettings

SOFTPHONE = Softphone(
    "linphone",
    "Linphone",  # NON-NLS: its name
    N_("Windows, macOS, Linux, Android, iOS: XML that it fetches from an address, such as that in a QR code."),
    ("xml",),
    to_phones=True,
    on_this_computer=True,
)
HOMES = (
    Home(("linphone",), "linphone", "linphonerc", in_config=True, needs=("linphone",)),
    Home(("linphonec",), "", ".linphonerc", needs=("linphone",)),  # the one for a terminal
)
SECTIONS = "http://www.linphone.org/xsds/lpconfig.xsd"


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "xml") -> SetUpFile:  # noqa: ARG001
    """Make the provisioning file; BadInput for what Linphone cannot carry."""
    _check(settings, with_password=with_password)
    parts = {
        "sip": {"default_proxy": "0", **({"media_encryption": "srtp"} if settings.srtp else {})},
        "proxy_0": proxy(settings),
        "auth_info_0": auth_info(settings, with_password=with_password),
        "misc": {"transient_provisioning": "1"},  # or what is changed in Linphone is undone at its next start
    }
    sections = "".join(
        f'  <section name="{name}">\n'  # NON-NLS
        + "".join(f"    {element('entry', v, {'name': key, 'overwrite': 'true'})}\n" for key, v in entries.items())
        + "  </section>\n"
        for name, entries in parts.items()
    )
    content = f'{DECLARATION}<config xmlns="{SECTIONS}">\n{sections}</config>\n'  # NON-NLS
    notes = (
        _("On a phone, scan the QR code of an address that serves it: “Hand over to a phone”, or “voipdesk sip qr”."),
        _(
            "On a computer: linphone --fetch-config FILE. It becomes the first account and replaces the one that is "
            "first now."
        ),
        in_the_file() if with_password else to_be_typed(),
    )
    return SetUpFile(file_name(settings, ".xml"), "application/xml", content.encode(), "utf-8", with_password, notes)


def proxy(settings: SipSettings) -> dict[str, str]:
    """Give the entries of an account's section, whether of the XML or of a linphonerc.

    reg_proxy is where REGISTER goes, the outbound proxy where there is one; whom it is for stands in reg_identity.
    """
    server = f"<{server_uri(settings.outbound_proxy or settings.domain, settings.transport)}>"
    route = f"<{server_uri(settings.outbound_proxy, settings.transport, 'lr')}>" if settings.outbound_proxy else ""
    entries = {
        "reg_proxy": server,
        "reg_identity": name_addr(settings),
        "reg_expires": "3600",
        "reg_sendregister": "1",
        "publish": "0",
    }
    return {**entries, "reg_route": route} if route else entries


def auth_info(settings: SipSettings, *, with_password: bool) -> dict[str, str]:
    """Give the entries of an account's credentials; the realm is left to the server."""
    entries = {"username": settings.username, "userid": settings.auth_name, "domain": settings.host}
    return {**entries, "passwd": settings.password} if with_password else entries


def change(files: Mapping[str, bytes], settings: SipSettings, *, with_password: bool, replace: bool) -> Change:
    """Add the account after those that are there; AlreadySetUp where one of the same user and host is."""
    _check(settings, with_password=with_password)
    if with_password and settings.password.endswith(" "):
        raise refuse(SOFTPHONE.name, Part.PASSWORD, _("its own file loses a blank at the end"))
    name, content = next(iter(files.items()), (HOMES[0].pattern, b""))
    sections = Sections(read_text(content))
    number = _number_of(sections, settings)
    replaced = number is not None
    if replaced and not replace:
        raise already_there(SOFTPHONE.name, settings)
    if number is None:
        number = _count(sections, "proxy")
    if "default_proxy" not in sections.values("sip"):
        sections.set("sip", {"default_proxy": str(number)})
    if settings.srtp:
        sections.set("sip", {"media_encryption": "srtp"})
    sections.set(f"proxy_{number}", proxy(settings), remove=("reg_route",))
    # what was made of another password or realm would win over the new one
    sections.set(
        _credentials_of(sections, settings),
        auth_info(settings, with_password=with_password),
        remove=("passwd", "ha1", "realm", "algorithm"),
    )
    return Change(name, write_text(str(sections)), replaced)


def _check(settings: SipSettings, *, with_password: bool) -> None:
    check_password(settings, with_password=with_password)
    check_without(SOFTPHONE.name, Part.USERNAME, settings.username, ";")  # it signs in with another name then


def _count(sections: Sections, kind: str) -> int:
    """Count the accounts: Linphone numbers them from 0 and looks no further than the first that is missing."""
    names, number = set(sections.names()), 0
    while f"{kind}_{number}" in names:
        number += 1
    return number


def _number_of(sections: Sections, settings: SipSettings) -> int | None:
    for number in range(_count(sections, "proxy")):
        identity = sections.values(f"proxy_{number}").get("reg_identity", "")
        found = re.search(r"sips?:([^@>]+)@([^>;?]+)", identity.rpartition("<")[2])
        if found and same_account(found[1], found[2], settings):
            return number
    return None


def _credentials_of(sections: Sections, settings: SipSettings) -> str:
    """Give the section of the account's credentials, a new one where there is none."""
    count = _count(sections, "auth_info")
    for number in range(count):
        values = sections.values(f"auth_info_{number}")
        if same_account(values.get("username", ""), values.get("domain", ""), settings):
            return f"auth_info_{number}"
    return f"auth_info_{count}"
