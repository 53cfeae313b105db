"""Apidaze's part of a demo server, for tests in the same process; its methods are for any thread but the server's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.demo.apidaze_account import CLIENT_ID, CLIENT_SECRET
from voipdesk.demo.apidaze_objects import MAIN_SCRIPT, SIP_MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.demo.apidaze_account import ApidazeAccount, ApidazeState
    from voipdesk.demo.apidaze_objects import SipAccount
    from voipdesk.demo.server import DemoServer


class ApidazeHandle:
    """What an account is given, what has happened, and what the documents leave open."""

    client_id, client_secret = CLIENT_ID, CLIENT_SECRET
    main_script = MAIN_SCRIPT
    """The address of the script that is there at the start."""
    sip_mark = SIP_MARK
    """What the passwords of SIP accounts begin with: to be found nowhere."""

    def __init__(self, server: DemoServer, account: Callable[[], ApidazeAccount]) -> None:
        self._server = server
        self._account = account

    @property
    def base_url(self) -> str:
        """The address an account is given."""
        from voipdesk.demo.apidaze import BASE_PATH

        return f"{self._server.base_url}{BASE_PATH}"

    @property
    def token_url(self) -> str:
        """The address where it gets its tokens."""
        from voipdesk.demo.apidaze import ACCESS_PATH

        return f"{self._server.base_url}{ACCESS_PATH}"

    def state(self) -> ApidazeState:
        """Tell what has been asked, created, changed and deleted."""
        return self._server.on_server(lambda: self._account().state())

    def switch(self, **switches: object) -> None:
        """Set switches by name, as in `ApidazeSwitches`."""
        self._server.on_server(lambda: self._account().switch(switches))

    def end_tokens(self) -> None:
        """Let all tokens end now, before their time."""
        self._server.on_server(lambda: self._account().end_tokens())

    def sip_accounts(self) -> list[SipAccount]:
        """Give the SIP accounts, passwords included."""
        return self._server.on_server(lambda: list(self._account().sip.values()))

    def script_id(self) -> str:
        """Give the id of the first script."""
        return self._server.on_server(lambda: str(next(iter(self._account().scripts))))
