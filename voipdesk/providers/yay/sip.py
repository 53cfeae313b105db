"""Yay.com's SIP users, of the account itself or of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.providers.yay import wire_sip
from voipdesk.providers.yay.door import Behind
from voipdesk.providers.yay.wire import get, item_path
from voipdesk.providers.yay.wire_sip import read_sip_account, read_sip_accounts, read_statuses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip import SipAccount


class YaySip(Behind):
    """HasSipAccounts."""

    async def fetch_sip_accounts(self, *, acting_for: str = "") -> list[SipAccount]:
        """Fetch all SIP users, of the account itself or of a customer of its."""
        return await self._door.ask_all(
            wire_sip.PATH,
            lambda answer: read_sip_accounts(answer, self._settings.registrar),
            lambda account: account.id,
            acting_for=acting_for,
        )

    async def fetch_sip_account(self, sip_id: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one with its password; NotFound when it is not there."""
        request = get(item_path(wire_sip.PATH, sip_id), acting_for=acting_for)
        return await self._door.ask(request, lambda answer: read_sip_account(answer, self._settings.registrar))

    async def fetch_sip_statuses(self, *, acting_for: str = "") -> Mapping[str, str]:
        """Fetch the state of each SIP user by id, in the service's own words."""
        states = await self._door.ask_all(
            wire_sip.STATUS_PATH, read_statuses, lambda state: state[0], acting_for=acting_for
        )
        return {sip_id: status for sip_id, status in states if sip_id and status}
