"""A service with SIP accounts that can be changed, and call scripts, in memory: as Apidaze is, without HTTP."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from tests.fakes.archive import NOW
from tests.fakes.connections import FakeConnections
from voipdesk.core.accounts import Account
from voipdesk.core.errors import NotFound, Refused
from voipdesk.core.scripts import Script
from voipdesk.core.sip import SipAccount, SipAccountFields, SipRegistration

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ACCOUNT = Account("v1", "Voice", "voice")


class VoiceClient:
    """CanManageSipAccounts, HasSipRegistration and HasScripts; `asked` is what it was sent.

    `faults` by the kind of request ("sip-list", "sip", "sip-create" …) are raised one after another, None for a request
    that goes well; `acts` tells whether a request that failed is carried out all the same.
    """

    def __init__(self) -> None:
        self.sip: dict[str, SipAccount] = {}
        self.scripts: dict[str, Script] = {}
        self.registrations: dict[str, SipRegistration] = {}
        self.answers: dict[str, str] = {}
        """What the addresses of scripts answer."""
        self.asked: list[str] = []
        self.faults: defaultdict[str, list[Exception | None]] = defaultdict(list)
        self.acts = True
        self.meanwhile: dict[str, Callable[[], None]] = {}
        """What happens just before a request of a kind is answered."""
        self.one_script = False

    async def aclose(self) -> None: ...

    def connections(self) -> FakeConnections:
        return FakeConnections(self, lambda: NOW)

    def add_sip(self, sip_id: str, username: str, **fields: str) -> SipAccount:
        self.sip[sip_id] = SipAccount(sip_id, username, f"pw-{sip_id}", **fields)
        return self.sip[sip_id]

    def add_script(self, script_id: str, url: str, name: str = "") -> Script:
        self.scripts[script_id] = Script(script_id, url, name)
        return self.scripts[script_id]

    # CanManageSipAccounts, HasSipRegistration

    async def fetch_sip_accounts(self, *, acting_for: str = "") -> list[SipAccount]:
        self._answer("sip-list", "sip-list")
        return list(self.sip.values())

    async def fetch_sip_account(self, sip_id: str, *, acting_for: str = "") -> SipAccount:
        self._answer("sip", f"sip {sip_id}")
        return self._found(self.sip, sip_id)

    async def fetch_sip_statuses(self, *, acting_for: str = "") -> Mapping[str, str]:
        return {}

    async def fetch_sip_registration(self, sip_id: str) -> SipRegistration:
        self._answer("registration", f"registration {sip_id}")
        self._found(self.sip, sip_id)
        return self.registrations.get(sip_id, SipRegistration("Not registered"))

    async def create_sip_account(self, username: str, fields: SipAccountFields) -> SipAccount:
        def act() -> None:
            self.sip[f"new-{username}"] = SipAccount(f"new-{username}", username, "made", **asdict(fields))

        self._answer("sip-create", f"sip-create {username}", act)
        return self.sip[f"new-{username}"]

    async def update_sip_account(self, before: SipAccount, fields: SipAccountFields) -> None:
        def act() -> None:
            self.sip[before.id] = replace(self._found(self.sip, before.id), **asdict(fields))

        self._answer("sip-update", f"sip-update {before.id} {fields}", act)

    async def delete_sip_account(self, sip_id: str) -> None:
        self._answer("sip-delete", f"sip-delete {sip_id}", lambda: self.sip.pop(self._found(self.sip, sip_id).id))

    # HasScripts

    async def fetch_scripts(self) -> list[Script]:
        self._answer("script-list", "script-list")
        return list(self.scripts.values())

    async def fetch_script(self, script_id: str) -> Script:
        self._answer("script", f"script {script_id}")
        return self._found(self.scripts, script_id)

    async def create_script(self, url: str, name: str = "") -> Script:
        def act() -> None:
            if self.one_script and self.scripts:
                raise Refused("Only one external script is allowed per domain.")
            self.add_script(f"new-{len(self.scripts)}", url, name)

        self._answer("script-create", f"script-create {url} {name}", act)
        return list(self.scripts.values())[-1]

    async def update_script(self, script_id: str, url: str, name: str) -> None:
        def act() -> None:
            self.scripts[script_id] = replace(self._found(self.scripts, script_id), url=url, name=name)

        self._answer("script-update", f"script-update {script_id} {url} {name}", act)

    async def delete_script(self, script_id: str) -> None:
        def act() -> None:
            del self.scripts[self._found(self.scripts, script_id).id]

        self._answer("script-delete", f"script-delete {script_id}", act)

    async def test_script(self, url: str) -> str:
        self._answer("script-test", f"script-test {url}")
        return self.answers[url]

    def _answer(self, kind: str, asked: str, act: Callable[[], object] = lambda: None) -> None:
        self.asked.append(asked)
        if kind in self.meanwhile:
            self.meanwhile[kind]()
        fault = self.faults[kind].pop(0) if self.faults[kind] else None
        if fault is None or self.acts:
            act()
        if fault is not None:
            raise fault

    @staticmethod
    def _found(things: dict[str, object], key: str):
        if key not in things:
            raise NotFound("The service has not what was asked for.", details="GET /x")
        return things[key]
