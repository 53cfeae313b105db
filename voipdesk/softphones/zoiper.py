"""Zoiper 5: its form to type into, and the provisioning XML that its Premium edition fetches.

Sources: Zoiper's public configuration-data.md 1.16.2 and provisioning.md 1.16.1; the form's order is that of “Apidaze
Voice – VoIP Innovations”. Zoiper's own Config.xml is not written: it keeps passwords in a form of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.language import N_, _
from voipdesk.core.softphones import SetUpFile, Softphone
from voipdesk.softphones.form import form_lines
from voipdesk.softphones.sheet import sheet
from voipdesk.softphones.wording import check_password, file_name, to_be_typed
from voipdesk.softphones.xml_text import DECLARATION, element

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings

SOFTPHONE = Softphone(
    "zoiper",
    "Zoiper",  # NON-NLS: its name
    N_("Windows, macOS, Linux, phones: its form to type into, or XML that the Premium edition fetches."),
    ("txt", "html", "xml"),
    to_phones=True,
)


def set_up(settings: SipSettings, *, with_password: bool, ending: str = "txt") -> SetUpFile:
    """Make the sheet in the order of Zoiper's form (txt, html), or the provisioning file (xml)."""
    check_password(settings, with_password=with_password)
    if ending != "xml":
        # its form is quoted as it is
        lines = form_lines(settings, with_password=with_password, label=str)
        return sheet(settings, _steps(), _("Set up Zoiper"), lines, with_password=with_password, ending=ending)
    premium = _(
        "Zoiper takes this file from an address only, and only in its Premium edition; in others, use the sheet."
    )
    notes = (premium,) if with_password else (premium, to_be_typed())
    name = file_name(settings, ".xml")
    return SetUpFile(name, "application/xml", _xml(settings, with_password).encode(), "utf-8", with_password, notes)


def _steps() -> tuple[str, ...]:
    return (
        _(
            "In Zoiper: Settings ▸ Accounts ▸ Add. Where it asks for user name and password first, set it up by hand, "
            "kind SIP."
        ),
        _("Type what stands below, from the top. “Use outbound proxy” stands under “Optional SIP credentials”."),
        _("Save. A green mark beside the account says that it is signed in."),
    )


def _xml(settings: SipSettings, with_password: bool) -> str:
    yes, no = "true", "false"
    fields = {
        "name": settings.title,
        "protocol": "sip",
        "save_username": yes,
        "username": settings.username,
        "save_password": yes if with_password else no,
        "password": settings.password if with_password else "",
        "register_on_startup": yes,
        "SIP_domain": settings.domain,
        "SIP_use_outbound_proxy": yes if settings.outbound_proxy else no,
        "SIP_outbound_proxy": settings.outbound_proxy,
        "SIP_transport_type": settings.transport.value,
        "SIP_use_auth_username": yes if settings.auth_username else no,
        "SIP_auth_username": settings.auth_username,
        "SIP_callerId": settings.display_name,
        "SIP_use_rport": yes,
        "SIP_srtp_mode": "sdes" if settings.srtp else "none",
        "SIP_dtmf_style": "rfc_2833",
    }
    lines = "".join(f"      {element(key, value)}\n" for key, value in fields.items() if value)
    account = f"    <account>\n{lines}    </account>\n"  # NON-NLS
    return f"{DECLARATION}<options>\n  <accounts>\n{account}  </accounts>\n</options>\n"  # NON-NLS
