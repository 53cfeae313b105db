"""Yay's part of a demo server, for tests in the same process; its methods are for any thread but the server's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from voipdesk.demo.yay_objects import SIP_MARK, USER_MARK
from voipdesk.demo.yay_people import FIRST_EXTENSION, NAMES_ELSEWHERE, sip_status, stores
from voipdesk.demo.yay_reseller import PASSWORD, RESELLER, USER

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.demo.server import DemoServer
    from voipdesk.demo.yay_objects import SipUser, Store
    from voipdesk.demo.yay_reseller import Reseller, YayState


class YayHandle:
    """What an account is given, what has happened, and what the documents leave open; "" is the reseller itself."""

    reseller, user, password = RESELLER, USER, PASSWORD
    registrar = "sip.demo.example"
    my_number = str(FIRST_EXTENSION)
    """Of the reseller's own SIP users."""
    sip_mark, user_mark = SIP_MARK, USER_MARK
    """What the passwords of SIP users, and of customers' users, begin with: to be found nowhere."""
    names_elsewhere = NAMES_ELSEWHERE
    """Names that customers of other resellers have."""

    def __init__(self, server: DemoServer, reseller: Callable[[], Reseller]) -> None:
        self._server = server
        self._reseller = reseller

    def state(self) -> YayState:
        """Tell what has been asked, moved, opened, edited and dialled."""
        return self._server.on_server(lambda: self._reseller().state())

    def switch(self, **switches: object) -> None:
        """Set switches by name, as in `YaySwitches`."""
        self._server.on_server(lambda: self._reseller().switch(switches))

    def names(self) -> list[str]:
        """Give the customers' names, in the order of the list."""
        return self._server.on_server(lambda: self._reseller().customers.names)

    def uuid(self, name: str) -> str:
        """Give the id of a customer; raises KeyError."""
        uuid = self._server.on_server(lambda: self._reseller().customers.named(name))
        if uuid is None:
            raise KeyError(name)
        return uuid

    def customer(self, name: str) -> dict[str, object]:
        """Give a customer's whole object as the service has it, whatever the switches; raises KeyError."""
        uuid = self.uuid(name)
        found: dict[str, object] = msgspec.to_builtins(
            self._server.on_server(lambda: self._reseller().customers.get(uuid))
        )
        return found

    def change(self, name: str, **fields: object) -> None:
        """Change fields of a customer, as somebody else does in the dashboard; raises KeyError."""
        uuid = self.uuid(name)
        self._server.on_server(lambda: self._reseller().customers.change(uuid, **fields))

    def balance(self, name: str = "") -> Decimal:
        """Give what the reseller or a customer has; raises KeyError."""
        if not name:
            return self._server.on_server(lambda: self._reseller().balance)
        uuid = self.uuid(name)
        return self._server.on_server(lambda: self._reseller().customers.balance(uuid))

    def set_balance(self, balance: Decimal | str, name: str = "") -> None:
        """Let the reseller or a customer have so much; raises KeyError."""
        amount, uuid = Decimal(balance), self.uuid(name) if name else ""

        def set_it() -> None:
            if uuid:
                self._reseller().customers.set_balance(uuid, amount)
            else:
                self._reseller().balance = amount

        self._server.on_server(set_it)

    def sip_users(self, name: str = "") -> tuple[SipUser, ...]:
        """Give the SIP users of the reseller or of a customer, passwords included; raises KeyError."""
        uuid = self.uuid(name) if name else ""
        return self._server.on_server(lambda: self._reseller().sip_users(uuid))

    def sip_status(self, user: SipUser) -> str:
        """Give a SIP user's state, "" for one that the service says nothing of."""
        return sip_status(user)

    def stores(self) -> tuple[Store, ...]:
        """Give the stores."""
        return stores(self._reseller().seed)

    def arrive(self, count: int = 1) -> None:
        """Let calls come in at the top of the reseller's call history now."""
        self._server.on_server(lambda: self._reseller().book("").arrive(count))

    def write_out(self) -> None:
        """Write the list of customers and the calls in advance, so that they take milliseconds; for measurements."""

        def write() -> None:
            reseller = self._reseller()
            reseller.customers.listed(reseller.switches)
            reseller.book("")

        self._server.on_server(write)
