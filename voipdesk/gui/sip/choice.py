"""Whose SIP accounts are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """An account, or a customer it acts for; each time it is made it is another one, so that late answers are known."""

    account: Account
    acting_for: str = ""
