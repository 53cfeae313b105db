"""Yay.com as a vendor: what its accounts need to be told, and the door to a client."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from voipdesk.core.accounts import Field, FieldKind, Vendor
from voipdesk.core.call_log import Source
from voipdesk.core.errors import BadInput, about_field
from voipdesk.core.language import N_, _
from voipdesk.providers.provider import check_settings, limit_fields, set_limit, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.accounts import Account
    from voipdesk.core.budget import Limit, RequestBudget
    from voipdesk.providers.yay.client import YayClient

_VENDOR = Vendor(
    key="yay",
    name="Yay.com",
    fields=(
        Field(
            "reseller",
            N_("Reseller"),
            required=True,
            help=N_("In the dashboard, beside the API's user and password."),
        ),
        Field("user", N_("User"), required=True, help=N_("The API's user, in the dashboard.")),
        Field(
            "password",
            N_("Password"),
            FieldKind.SECRET,
            required=True,
            help=N_(
                "The API's password. This computer's public address must be on the dashboard's list of IP addresses."
            ),
        ),
        Field(
            "base_url",
            N_("Address of the service"),
            FieldKind.URL,
            default="https://api.yay.com",
            help=N_("Another one only where the service is sold under another name."),
            subject=N_("The address of the service"),
        ),
        Field(
            "registrar",
            N_("SIP registrar"),
            FieldKind.HOST,
            help=N_("Where telephones sign in; the service's set-up page for telephones names it."),
        ),
        Field(
            "low_balance",
            N_("Warn when the balance is under"),
            FieldKind.AMOUNT,
            help=N_("Without a currency, such as 25.00; empty for never."),
        ),
        Field(
            "time_zone",
            N_("Time zone of the service"),
            FieldKind.TIME_ZONE,
            default="Europe/London",
            help=N_("Used for days, and for times that come without a zone."),
        ),
        Field(
            "history_path",
            N_("Path of the call history"),
            FieldKind.PATH,
            default="/voip/call",
            help=N_("Change it only when the service has no such command."),
        ),
        Field(
            "click_to_call_path",
            N_("Path of click-to-call"),
            FieldKind.PATH,
            default="/voip/call",
            help=N_("Change it only when the service has no such command."),
        ),
        *limit_fields("600", N_("How many requests are sent in the period below; the service names no limit.")),
    ),
)


class YayProvider:
    """Makes clients for Yay.com accounts."""

    vendor = _VENDOR

    def check(self, account: Account) -> None:
        """Raise BadInput for settings that cannot be right."""
        from voipdesk.providers.yay.wire import header_value

        check_settings(_VENDOR, account)
        for field in _VENDOR.settings[:2]:
            with about_field(field.key):
                header_value(field.label, self._setting(account, field.key))
        mine = account.my_number
        with about_field("my_number"):
            if mine and (not mine.isprintable() or any(c.isspace() for c in mine) or len(mine) > 64):
                raise BadInput(
                    _("“{number}” cannot be your own number.", number=mine[:64]),
                    advice=_("Use the extension of your SIP user, such as 1001."),
                )

    def limit(self, account: Account) -> Limit:
        """Give what the account's settings say: the service publishes no limit."""
        return set_limit(_VENDOR, account)

    def capabilities(self, account: Account) -> frozenset[type]:  # noqa: ARG002 (other vendors' depend on it)
        """Give what every Yay.com account can do."""
        return _offered()

    def call_sources(self, account: Account) -> tuple[Source, ...]:  # noqa: ARG002 (other vendors' depend on it)
        """Give the one log, of the users' calls."""
        return (Source.USER,)

    def connect(self, account: Account, secrets: Mapping[str, str], budget: RequestBudget) -> YayClient:
        """Make a client; raise BadInput for settings or a password that cannot be right. Call it in a thread."""
        from voipdesk.core.credit import read_amount
        from voipdesk.providers.http import load
        from voipdesk.providers.yay.client import YayClient

        self.check(account)
        load()  # here, so that the first request is as fast as the service, and is measured as such
        low_balance = self._setting(account, "low_balance")
        return YayClient(
            base_url=self._setting(account, "base_url"),
            reseller=self._setting(account, "reseller"),
            user=self._setting(account, "user"),
            password=secrets.get("password", ""),
            registrar=self._setting(account, "registrar"),
            low_balance=read_amount(low_balance, sign=".") if low_balance else None,
            time_zone=self._setting(account, "time_zone"),
            history_path=self._setting(account, "history_path"),
            click_to_call_path=self._setting(account, "click_to_call_path"),
            budget=budget,
        )

    def _setting(self, account: Account, key: str) -> str:
        return setting(_VENDOR, account, key)


@cache
def _offered() -> frozenset[type]:
    from voipdesk.core.accounts import CanTest
    from voipdesk.core.call_log import HasCallLog
    from voipdesk.core.credit import CanMoveCredit, HasBalance
    from voipdesk.core.customers import CanActFor, HasCustomers
    from voipdesk.core.dial import CanDial
    from voipdesk.core.sip import HasSipAccounts
    from voipdesk.core.status import HasStatus

    offered = {CanTest, HasStatus, CanDial, HasCallLog, HasCustomers, CanActFor, HasSipAccounts}
    return frozenset({*offered, HasBalance, CanMoveCredit})
