"""SIP accounts of an account, or of a customer it acts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from voipdesk.core.accounts import Account
    from voipdesk.core.sip import SipAccount
    from voipdesk.services.connections import Connections


@dataclass(frozen=True, slots=True)
class SipList:
    """SIP accounts, whose they are, and when they were read."""

    account_id: str
    acting_for: str
    """The name of the customer, "" for the account itself."""
    accounts: tuple[SipAccount, ...]
    at: datetime


class Sip:
    """Reads SIP accounts, always afresh; `acting_for` names a customer of the account, "" is the account itself."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def list(self, account: Account, *, acting_for: str = "") -> SipList:
        """List all SIP accounts."""
        raise NotImplementedError

    async def get(self, account: Account, sip_id: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password."""
        raise NotImplementedError

    async def find(self, account: Account, text: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password, by its id, user name or extension."""
        raise NotImplementedError

    async def statuses(self, account: Account, *, acting_for: str = "") -> Mapping[str, str]:
        """Give the state of each SIP account by id, in the service's own words; those absent are not known."""
        raise NotImplementedError

    def can_act_for(self, account: Account) -> bool:
        """Tell whether the account can act for customers."""
        raise NotImplementedError
