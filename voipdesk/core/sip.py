"""SIP accounts: what a telephone or a softphone signs in with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voipdesk.core.errors import Refused

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
    internal_number: str = ""
    """What colleagues see when this one calls; "" where the service does not say."""
    external_number: str = ""
    """What others see when this one calls."""
    mailbox: str = ""
    """The voicemail account whose messages its telephone shows as waiting."""
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
        """Fetch the state of each SIP account by id, in the service's own words; those absent are not known.

        All in one request: where each is asked about by itself, as HasSipRegistration has it, none is known here.
        """
        ...


@dataclass(frozen=True, slots=True)
class SipAccountFields:
    """What of a SIP account can be set; "" leaves a field to the service when one is created."""

    display_name: str = ""
    internal_number: str = ""
    external_number: str = ""
    mailbox: str = ""


class UsernameTaken(Refused):
    """The account has a SIP account of this user name already."""


@dataclass(frozen=True, slots=True)
class SipRegistration:
    """Whether a telephone is signed in with a SIP account, and under which domain."""

    status: str
    """In the service's own words; "" where it does not say."""
    domain: str = ""
    """The registrar: the host of the address the service has for the account, "" where it does not say."""


@runtime_checkable
class CanManageSipAccounts(HasSipAccounts, Protocol):
    """Offered by a client that can create, change and delete its service's SIP accounts."""

    async def create_sip_account(self, username: str, fields: SipAccountFields) -> SipAccount:
        """Create one, with the password if the service tells it; sent once.

        Raises Refused (such as for a name that is taken), BadInput for what cannot be sent, OutcomeUnknown when the
        answer was lost.
        """
        ...

    async def update_sip_account(self, before: SipAccount, fields: SipAccountFields) -> None:
        """Give one that was read as `before` these fields, all of them, so that an empty one clears what was there.

        Sent once.

        Raises NotFound, BadInput for what cannot be sent, OutcomeUnknown when the answer was lost.
        """
        ...

    async def delete_sip_account(self, sip_id: str) -> None:
        """Delete one; sent once. Raises NotFound, OutcomeUnknown when the answer was lost."""
        ...


@runtime_checkable
class HasSipRegistration(Protocol):
    """Offered by a client whose service tells of each SIP account by itself, at the price of one request."""

    async def fetch_sip_registration(self, sip_id: str) -> SipRegistration:
        """Fetch the registration of one; NotFound when it is not there."""
        ...
