"""SIP accounts and scripts as Apidaze has them, and as they are written."""

from __future__ import annotations

import msgspec

from voipdesk.demo.numbers import OFFICE
from voipdesk.demo.people import USERS
from voipdesk.demo.yay_people import Dice

SIP_MARK = "Zq7kpn"
"""What every SIP account's password begins with."""
MAIN_SCRIPT = "https://scripts.demo.example/main.xml"
WRITTEN = {
    "name": "name",
    "internal_caller_id_number": "internal_number",
    "external_caller_id_number": "external_number",
    "mwi_account": "mwi_account",
}
"""Of the names in a form, the fields."""


class SipAccount(msgspec.Struct, kw_only=True):
    """A SIP account."""

    id: int
    username: str
    password: str
    name: str = ""
    internal_number: str = ""
    external_number: str = ""
    mwi_account: str = ""
    registered: bool = False
    created_at: str = ""
    updated_at: str = ""

    def written(self, *, password: bool, own_names: bool) -> dict[str, object]:
        """Write it as KPN does, or as Apidaze itself."""
        sip = {"username": self.username, **({"password": self.password} if password else {})}
        stamps: dict[str, object] = {"created_at": self.created_at, "updated_at": self.updated_at}
        if own_names:
            caller = {
                "outboundCallerIdName": "",
                "outboundCallerIdNumber": self.external_number,
                "internalCallerIdName": "",
                "internalCallerIdNumber": self.internal_number,
            }
            return {"id": self.id, "name": self.name, "callerid": caller, "sip": sip, **stamps}
        return {
            "id": str(self.id),
            "name": self.name,
            "sip": sip,
            "callerid": {
                "internal_name": "",
                "internal_number": self.internal_number,
                "external_name": "",
                "external_number": self.external_number,
            },
            "voicemail": {"mwi_account": self.mwi_account},
            **stamps,
        }


class Script(msgspec.Struct, kw_only=True):
    """An external script."""

    id: int
    url: str
    name: str = ""
    created_at: str = ""
    updated_at: str = ""

    def written(self) -> dict[str, object]:
        """Write it."""
        return {**msgspec.to_builtins(self), "id": str(self.id)}


def sip_accounts(seed: int) -> list[SipAccount]:
    """Make the office's SIP accounts: one for each of its users, two in three signed in."""
    made = []
    for place, user in enumerate(USERS[:8]):
        dice = Dice.of(seed, "apidaze", place)
        made.append(
            SipAccount(
                id=2101 + place * 7,
                username=user.name.split()[0].lower().encode("ascii", "ignore").decode() + f"_{user.extension}",
                password=f"{SIP_MARK}{dice.text(12)}",
                name=user.name,
                internal_number=user.extension,
                external_number=f"{OFFICE.prefix}{20 + place}",
                mwi_account=user.extension if place % 2 == 0 else "",
                registered=place % 3 != 1,
                created_at=f"2025-0{1 + place}-14T09:1{place}:40.000Z",
                updated_at=f"2025-0{1 + place}-20T16:3{place}:05.000Z",
            )
        )
    return made
