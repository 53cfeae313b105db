"""VoIPcloud as a vendor: what its accounts need to be told, and the door to a client."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.accounts import CanTest, Field, FieldKind, Vendor
from voipdesk.core.call_log import HasCallLog, Source
from voipdesk.core.dial import CanDial
from voipdesk.core.errors import BadInput, about_field
from voipdesk.core.language import N_, _
from voipdesk.core.status import HasStatus
from voipdesk.providers.provider import check_settings, limit_fields, set_limit, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Limit, RequestBudget
    from voipdesk.providers.voipcloud.client import VoipcloudClient

_VENDOR = Vendor(
    key="voipcloud",
    name="VoIPcloud",
    fields=(
        Field(
            "api_key",
            N_("API key"),
            FieldKind.SECRET,
            required=True,
            help=N_("In the customer portal: Billing ▸ customer details ▸ Edit details, or the PBX's API settings."),
        ),
        Field(
            "base_url",
            N_("Address of the service"),
            FieldKind.URL,
            required=True,
            help=N_("Your region's or reseller's portal, such as https://au.voipcloud.online."),
            subject=N_("The address of the service"),
        ),
        Field(
            "api_version",
            N_("API version"),
            FieldKind.CHOICE,
            default="v1",
            choices=("v1", "v2"),
            fixed=True,
            help=N_("v1 unless your provider says otherwise."),
        ),
        Field(
            "post_encoding",
            N_("Encoding of call requests"),
            FieldKind.CHOICE,
            default="form",
            choices=("form", "multipart", "json"),
            help=N_("Change it only when dialling is refused as a wrong request."),
        ),
        Field(
            "time_zone",
            N_("Time zone of the service"),
            FieldKind.TIME_ZONE,
            help=N_("Used for times that come without one, such as Australia/Sydney; empty is this computer's."),
        ),
        *limit_fields("100", N_("How many requests the service takes in the period below.")),
    ),
)


class VoipcloudProvider:
    """Makes clients for VoIPcloud accounts."""

    vendor = _VENDOR

    def check(self, account: Account) -> None:
        """Raise BadInput for settings that cannot be right."""
        from voipdesk.providers.voipcloud.wire import is_number

        check_settings(_VENDOR, account)
        with about_field("base_url"):
            if "/api/integration" in self._setting(account, "base_url"):
                raise BadInput(_("The address of the service must end before /api/integration."))
        with about_field("my_number"):
            if account.my_number and not is_number(account.my_number):
                raise BadInput(
                    _("“{number}” cannot be your own number.", number=account.my_number),
                    advice=_("Use 1 to 32 digits, such as 1001."),
                )

    def limit(self, account: Account) -> Limit:
        """Give the account's limit, 100 requests in 15 minutes unless its settings say otherwise."""
        return set_limit(_VENDOR, account)

    def capabilities(self, account: Account) -> frozenset[type]:  # noqa: ARG002 (other vendors' depend on it)
        """Give what every VoIPcloud account can do."""
        return frozenset({CanTest, CanDial, HasCallLog, HasStatus})

    def call_sources(self, account: Account) -> tuple[Source, ...]:  # noqa: ARG002 (other vendors' depend on it)
        """Give the logs of users, queues and ring groups."""
        return (Source.USER, Source.QUEUE, Source.RING_GROUP)

    def connect(self, account: Account, secrets: Mapping[str, str], budget: RequestBudget) -> VoipcloudClient:
        """Make a client; raise BadInput for settings or a key that cannot be right. Call it in a thread."""
        from voipdesk.providers.http import load
        from voipdesk.providers.voipcloud.client import VoipcloudClient

        self.check(account)
        load()  # here, so that the first request is as fast as the service, and is measured as such
        return VoipcloudClient(
            base_url=self._setting(account, "base_url"),
            api_key=secrets.get("api_key", ""),
            version=self._setting(account, "api_version"),
            encoding=self._setting(account, "post_encoding"),
            time_zone=self._setting(account, "time_zone"),
            budget=budget,
        )

    def _setting(self, account: Account, key: str) -> str:
        return setting(_VENDOR, account, key)
