"""Apidaze's SIP accounts; it has no customers to act for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput, OutcomeUnknown, VoipdeskError
from voipdesk.core.language import _
from voipdesk.providers.apidaze import wire_sip
from voipdesk.providers.apidaze.door import Behind
from voipdesk.providers.apidaze.wire import item_path, read_done
from voipdesk.providers.exchange import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip import SipAccount, SipAccountFields, SipRegistration


class ApidazeSip(Behind):
    """CanManageSipAccounts and HasSipRegistration."""

    async def fetch_sip_accounts(self, *, acting_for: str = "") -> list[SipAccount]:
        """Fetch all SIP accounts."""
        _check_own(acting_for)
        place = self._door.place
        return await self._door.ask(
            Request("GET", wire_sip.PATH), lambda answer: wire_sip.read_sip_accounts(answer, place)
        )

    async def fetch_sip_account(self, sip_id: str, *, acting_for: str = "") -> SipAccount:
        """Fetch one, with its password if the service tells it; NotFound when it is not there."""
        _check_own(acting_for)
        place = self._door.place
        return await self._door.ask(
            Request("GET", item_path(wire_sip.PATH, sip_id)), lambda answer: wire_sip.read_sip_account(answer, place)
        )

    async def fetch_sip_statuses(self, *, acting_for: str = "") -> Mapping[str, str]:
        """Give none: each is asked about by itself."""
        _check_own(acting_for)
        return {}

    async def fetch_sip_registration(self, sip_id: str) -> SipRegistration:
        """Fetch the registration of one; NotFound when it is not there."""
        request = Request("GET", f"{item_path(wire_sip.PATH, sip_id)}/status")
        return await self._door.ask(request, wire_sip.read_registration)

    async def create_sip_account(self, username: str, fields: SipAccountFields) -> SipAccount:
        """Create one; sent once. Where the answer does not show it, the list does."""
        place = self._door.place
        request = wire_sip.create_request(username, fields)
        created = await self._door.ask(request, lambda answer: wire_sip.read_created(answer, username, place))
        return created or await self._find_account(username)

    async def update_sip_account(self, before: SipAccount, fields: SipAccountFields) -> None:
        """Give one that was read as `before` these fields; sent once."""
        await self._door.ask(wire_sip.update_request(before, fields), read_done)

    async def delete_sip_account(self, sip_id: str) -> None:
        """Delete one; sent once."""
        await self._door.ask(Request("DELETE", item_path(wire_sip.PATH, sip_id), acts=True), read_done)

    async def _find_account(self, username: str) -> SipAccount:
        try:
            listed = await self.fetch_sip_accounts()
        except VoipdeskError as error:
            raise OutcomeUnknown(
                _(
                    "The service has taken the SIP account “{username}”, but the list could not be read: {message}",
                    username=username,
                    message=error.message,
                ),
                advice=_("Look at the list before you try again."),
                details=error.details,
            ) from error
        found = next((one for one in listed if one.username == username), None)
        if found is None:
            raise OutcomeUnknown(
                _("The service has taken the SIP account “{username}”, but does not list it yet.", username=username),
                advice=_("Look at the list before you try again."),
            )
        return found


def _check_own(acting_for: str) -> None:
    if acting_for:
        raise BadInput(_("This service has no customers to act for."))
