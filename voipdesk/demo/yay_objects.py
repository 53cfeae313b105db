"""Yay's objects as its documentation shows them; the defaults are what a PUT resets to that leaves a field out.

Source: Yay.com, API documentation, "Sub Resellers" and "SIP Account Management"; VoIP API Beginners Guide Part 1.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

USER_MARK = "Zq7usr"
"""What every store user's password of the demo's own customers begins with."""
SIP_MARK = "Zq7sip"
"""What every SIP user's password begins with."""
STORE_ROLE = 3
"""The role of who signs in to a store (VoIP API Beginners Guide Part 2)."""


class Part(msgspec.Struct, kw_only=True):
    """What customers have several of."""

    uuid: str = ""
    created_on: str = ""
    updated_on: str = ""


class Address(Part, kw_only=True):
    """A postal address of a customer."""

    street_one: str = ""
    street_two: str | None = None
    street_three: str | None = None
    city: str = ""
    state: str | None = None
    zip: str = ""
    country_code: str = ""


class User(Part, kw_only=True):
    """Somebody who signs in to a customer's store; the documentation's sample shows the password too."""

    name: str = ""
    password: str = ""
    email: str = ""
    contact_first_name: str = ""
    contact_last_name: str = ""
    role_id: int = 0


class IpRange(msgspec.Struct, kw_only=True):
    """An address that a customer's own programs may ask from."""

    ip_range: str
    created_on: str = ""


class Customer(msgspec.Struct, kw_only=True):
    """A "Sub Reseller"; the fields from `allow_international` on stand for those that no documentation names."""

    uuid: str = ""
    name: str
    contact_name: str
    phone: str | None = None
    store_front: str | None = None
    allow_outbound: bool = True
    addresses: list[Address] = msgspec.field(default_factory=list)
    users: list[User] = msgspec.field(default_factory=list)
    ip_addresses: list[IpRange] = msgspec.field(default_factory=list)
    allow_international: bool = False
    timezone: str = "Europe/London"
    low_balance_email: str | None = None
    notes: str = ""
    created_on: str = ""
    updated_on: str = ""


class Store(msgspec.Struct, kw_only=True, frozen=True):
    """A store front."""

    uuid: str
    name: str
    domain: str
    created_on: str
    updated_on: str


class SipUser(NamedTuple):
    """A SIP user; its two generations of field names are written by `written`."""

    uuid: str
    login: str
    password: str
    display_name: str
    extension: int
    encrypted: bool
    caller_id: str
    created_on: str

    def written(self, *, old: bool) -> dict[str, object]:
        """Write it with the field names of 2021 when `old`, else those of 2023."""
        names: dict[str, object] = (
            {"name": self.login, "password": self.password, "nickname": self.display_name, "type": 3}
            if old
            else {
                "user_name": self.login,
                "user_password": self.password,
                "display_name": self.display_name,
                "type": 9,
                "chat_enabled": False,
                "allow_multi_device": False,
                "show_missed_calls": True,
            }
        )
        return {
            "uuid": self.uuid,
            **names,
            "extension": self.extension,
            "caller_id": self.caller_id,
            "allowed_caller_ids": [self.caller_id],
            "emergency_caller_id": None,
            "call_encryption": self.encrypted,
            "call_recording": "none",
            "allow_direct_calls": False,
            "can_pickup": True,
            "country_code": "GB",
            "timezone": "Europe/London",
            "ring_duration": 30,
            "mobile_dnd": False,
            "restrict_caller_id": False,
            "restrict_outbound": False,
            "personal_mailbox": None,
            "hold_playlist": None,
            "created_on": self.created_on,
            "updated_on": self.created_on,
        }
