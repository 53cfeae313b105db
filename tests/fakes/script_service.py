"""The call scripts of an account, without connections: a test says what is answered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.core.errors import NotFound
from voipdesk.core.scripts import HasScripts, Script
from voipdesk.gui.words import now
from voipdesk.services.events import Event
from voipdesk.services.script_edit import ScriptEdited, ScriptInTheWay, changes
from voipdesk.services.scripts import ScriptList, ScriptTest, check_url

if TYPE_CHECKING:
    from voipdesk.core.accounts import Account
    from voipdesk.core.errors import VoipdeskError
    from voipdesk.services.object_changes import Change


class FakeScripts:
    """Answers from `scripts`; while `answers` is cleared, whoever asks waits."""

    def __init__(self) -> None:
        self.changed: Event[str] = Event()
        self.scripts: tuple[Script, ...] = ()
        self.tests: dict[str, ScriptTest] = {}
        self.asked: list[str] = []
        self.errors: dict[str, VoipdeskError] = {}
        """By what is asked: "list", "create" and so on."""
        self.one_only = True
        self.takes_names = True
        self.answers = asyncio.Event()
        self.answers.set()

    async def list(self, account: Account) -> ScriptList:
        await self._answer("list")
        return ScriptList(account.id, self.scripts, now())

    async def get(self, account: Account, script_id: str) -> Script:
        await self._answer("get", script_id)
        found = next((one for one in self.scripts if one.id == script_id), None)
        if found is None:
            raise NotFound(f"“{account.name}” has no script “{script_id}”.")
        return found

    def changes(self, before: Script, url: str, name: str) -> tuple[Change, ...]:
        return changes(before, url, name)

    async def create(self, account: Account, url: str, name: str = "") -> Script:
        url = check_url(url)
        await self._answer("create", url)
        if self.scripts and self.one_only:
            raise ScriptInTheWay(self.scripts[0])
        made = Script(f"s{len(self.scripts) + 1}", url, name)
        self.scripts = (*self.scripts, made)
        self.changed.emit(account.id)
        return made

    async def update(self, account: Account, before: Script, url: str, name: str) -> ScriptEdited:
        url = check_url(url)
        await self._answer("update", before.id)
        after = replace(before, url=url, name=name if self.takes_names else before.name)
        self.scripts = tuple(after if one.id == before.id else one for one in self.scripts)
        self.changed.emit(account.id)
        return ScriptEdited(after, changes(after, url, name))

    async def delete(self, account: Account, script: Script) -> None:
        await self._answer("delete", script.id)
        self.scripts = tuple(one for one in self.scripts if one.id != script.id)
        self.changed.emit(account.id)

    async def test(self, account: Account, url: str) -> ScriptTest:
        url = check_url(url)
        await self._answer("test", url)
        return self.tests[url]

    async def _answer(self, what: str, about: str = "") -> None:
        self.asked.append(f"{what} {about}".strip())
        await self.answers.wait()
        if what in self.errors:
            raise self.errors[what]


class ScriptAccounts:
    """Accounts that a test changes; they have scripts, but for those in `plain`."""

    def __init__(self, *accounts: Account) -> None:
        self.accounts = list(accounts)
        self.plain: set[str] = set()
        self.changed: Event[None] = Event()

    def list(self) -> tuple[Account, ...]:
        return tuple(self.accounts)

    def offers(self, account: Account, capability: type) -> bool:
        return capability is HasScripts and account.id not in self.plain
