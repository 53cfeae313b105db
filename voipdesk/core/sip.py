"""SIP accounts: what a telephone or a softphone signs in with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SipAccount:
    """A SIP account as its service has it; texts are as sent, "" where the service says nothing."""

    id: str
    username: str
    password: str = field(default="", repr=False)
    display_name: str = ""
    extension: str = ""
    domain: str = ""
    """The registrar, as the account's settings name it where the service does not."""
    outbound_proxy: str = ""
    encrypted: bool | None = None
    """Whether the service asks for TLS and SRTP; None where it does not say."""
    raw: Mapping[str, object] = field(default_factory=dict, repr=False)
    """The service's whole object under its own field names, the password included: never shown as it is."""


@runtime_checkable
class HasSipAccounts(Protocol):
    """Offered by a client whose service keeps SIP accounts."""

    async def fetch_sip_accounts(self, *, acting_for: str = "") -> list[SipAccount]:
        """Fetch all SIP accounts, of the account itself or of a customer of its (see CanActFor)."""
        ...

    async def fetch_sip_account(self, sip_id: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password; NotFound when it is not there."""
        ...

    async def fetch_sip_statuses(self, *, acting_for: str = "") -> Mapping[str, str]:
        """Fetch the state of each SIP account by id, in the service's own words; those absent are not known."""
        ...
