"""Apidaze, as KPN sells it, as a vendor: what its accounts need to be told, and the door to a client."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from voipdesk.core.accounts import Field, FieldKind, Vendor
from voipdesk.core.errors import BadInput, about_field
from voipdesk.core.language import N_, _
from voipdesk.providers.provider import check_settings, limit_fields, set_limit, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Limit, RequestBudget
    from voipdesk.core.call_log import Source
    from voipdesk.providers.apidaze.client import ApidazeClient

_VENDOR = Vendor(
    key="apidaze",
    name="Apidaze (KPN)",  # NON-NLS: a product
    fields=(
        Field(
            "client_id",
            N_("Client ID"),
            required=True,
            help=N_("On the application's page in KPN's API Store, where it is also called consumer key."),
        ),
        Field(
            "client_secret",
            N_("Client secret"),
            FieldKind.SECRET,
            required=True,
            help=N_("Beside the client ID, also called consumer secret; the application must be approved."),
        ),
        Field(
            "domain",
            N_("SIP domain"),
            FieldKind.HOST,
            help=N_("Where telephones sign in; needed only where the service does not tell it with a registration."),
        ),
        Field(
            "outbound_proxy",
            N_("Outbound proxy"),
            FieldKind.HOST,
            default="46.101.153.96:4060",  # the vendor's own, for all ("Set up your SIP client", d)
            help=N_("What telephones connect to on their way to the domain; another one only where KPN says so."),
        ),
        Field(
            "base_url",
            N_("Address of the service"),
            FieldKind.URL,
            default="https://api-prd.kpn.com/communication/apidaze/cpaas",
            help=N_("Another one only where KPN says so."),
            subject=N_("The address of the service"),
        ),
        Field(
            "token_url",
            N_("Token address"),
            FieldKind.URL,
            default="https://api-prd.kpn.com/oauth/client_credential/accesstoken",
            help=N_("Where the client ID and secret are exchanged for a token, without what comes after “?”."),
            subject=N_("The token address"),
        ),
        *limit_fields("600", N_("How many requests are sent in the period below; the service may tell another limit.")),
    ),
)


class ApidazeProvider:
    """Makes clients for Apidaze accounts."""

    vendor = _VENDOR

    def check(self, account: Account) -> None:
        """Raise BadInput for settings that cannot be right."""
        check_settings(_VENDOR, account)
        client_id = self._setting(account, "client_id")
        with about_field("client_id"):
            if not (client_id.isascii() and client_id.isprintable()) or " " in client_id:
                raise BadInput(
                    _("The client ID has a blank or a character that no client ID has."), advice=_("Copy it again.")
                )

    def limit(self, account: Account) -> Limit:
        """Give what the account's settings say; what the service tells of its quota is looked at with each answer."""
        return set_limit(_VENDOR, account)

    def capabilities(self, account: Account) -> frozenset[type]:  # noqa: ARG002 (other vendors' depend on it)
        """Give what every Apidaze account can do."""
        return _offered()

    def call_sources(self, account: Account) -> tuple[Source, ...]:  # noqa: ARG002 (other vendors' depend on it)
        """Give none: this product has no call log."""
        return ()

    def connect(self, account: Account, secrets: Mapping[str, str], budget: RequestBudget) -> ApidazeClient:
        """Make a client; raise BadInput for settings or a secret that cannot be right. Call it in a thread."""
        from voipdesk.providers.apidaze.client import ApidazeClient
        from voipdesk.providers.apidaze.door import Door
        from voipdesk.providers.apidaze.wire_sip import SignInPlace
        from voipdesk.providers.http import load

        self.check(account)
        load()  # here, so that the first request is as fast as the service, and is measured as such
        return ApidazeClient(
            Door(
                base_url=self._setting(account, "base_url"),
                token_url=self._setting(account, "token_url"),
                client_id=self._setting(account, "client_id"),
                client_secret=secrets.get("client_secret", ""),
                place=SignInPlace(self._setting(account, "domain"), self._setting(account, "outbound_proxy")),
                budget=budget,
            )
        )

    def _setting(self, account: Account, key: str) -> str:
        return setting(_VENDOR, account, key)


@cache
def _offered() -> frozenset[type]:
    from voipdesk.core.accounts import CanTest
    from voipdesk.core.scripts import HasScripts
    from voipdesk.core.sip import CanManageSipAccounts, HasSipAccounts, HasSipRegistration

    return frozenset({CanTest, HasSipAccounts, CanManageSipAccounts, HasSipRegistration, HasScripts})
