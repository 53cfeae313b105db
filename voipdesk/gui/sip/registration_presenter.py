"""What asks of each SIP account on the screen whether a phone is signed in with it, where that costs a request each."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from voipdesk.core.budget import Budget, Priority
from voipdesk.core.errors import NotFound, OverBudget, VoipdeskError
from voipdesk.core.language import _
from voipdesk.gui.sip import model
from voipdesk.gui.words import now

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from voipdesk.core.accounts import Account
    from voipdesk.gui.sip.browse import BrowsePage
    from voipdesk.gui.sip.choice import Choice
    from voipdesk.gui.sip.list_presenter import ListPresenter
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.sip import Sip

_FRESH = timedelta(minutes=5)
"""A status younger than this is not asked for again by looking at it."""
APART_S = 1.0
"""Seconds between two requests nobody waits for."""
_ASK, _ASK_ONE = "sip: registrations", "sip: registration"


@dataclass(frozen=True, slots=True)
class _Known:
    status: str
    at: datetime


class RegistrationPresenter:
    """Asks for the chosen SIP account first, then for those that can be seen; half of the budget is left for others.

    What is asked for without a press leaves the last requests of the budget alone, as all background work does.
    """

    def __init__(
        self,
        page: BrowsePage,
        lists: ListPresenter,
        sip: Sip,
        tasks: Tasks,
        budget: Callable[[Account], Awaitable[Budget]],
    ) -> None:
        self._page = page
        self._lists = lists
        self._sip = sip
        self._tasks = tasks
        self._budget = budget
        self._known: dict[str, _Known] = {}
        self._missing: set[str] = set()
        """Those the service would not tell of: they are not asked for again until the list is read anew."""
        self._whose: Choice | None = None
        self._front = False
        lists.listed.subscribe(self._listed)
        page.rows_shown.connect(self._wake)
        page.table.current_changed.connect(lambda _id: self._come_to())
        page.sheet.status_asked.connect(lambda: tasks.start(_ASK_ONE, self._ask_now))

    def show(self) -> None:
        """Go on asking: the pane can be seen."""
        self._front = True
        self._wake()

    def hide(self) -> None:
        """Ask for nothing that nobody sees."""
        self._front = False
        self._tasks.cancel(_ASK)

    def status_of(self, sip_id: str) -> tuple[str, str]:
        """Give what is known of a status, and what stands in its place while nothing is."""
        if not self._offered:
            return self._lists.statuses.get(sip_id, ""), ""
        known = self._known.get(sip_id)
        return (known.status, model.not_said()) if known is not None else ("", model.not_yet())

    @property
    def _offered(self) -> bool:
        return self._lists.choice is not None and self._lists.one_by_one

    def _listed(self, _chosen: str) -> None:
        if self._whose is not self._lists.choice:
            self._known, self._whose = {}, self._lists.choice
        self._missing.clear()
        self._come_to()

    def _come_to(self) -> None:
        self._show_line()
        self._wake()

    def _show_line(self) -> None:
        known = self._known.get(self._page.table.current)
        self._page.sheet.show_status(*model.status_line(known.status if known else "", known.at if known else None))

    def _wake(self) -> None:
        if self._front and self._offered and self._next() and not self._tasks.running(_ASK):
            self._tasks.start(_ASK, self._ask)

    def _next(self, *, chosen_only: bool = False) -> str:
        """Give the id of the one to be asked for next, "" when all on the screen is known."""
        chosen = self._page.table.current
        wanted = [chosen, *([] if chosen_only else self._page.visible_ids)]
        return next((one for one in wanted if one and one not in self._missing and self._is_old(one)), "")

    def _is_old(self, sip_id: str) -> bool:
        known = self._known.get(sip_id)
        return self._lists.account(sip_id) is not None and (known is None or now() - known.at > _FRESH)

    async def _ask(self) -> None:
        choice = self._lists.choice
        while choice is not None and choice is self._lists.choice:
            budget = await self._budget(choice.account)
            saving = budget.left_for_background * 2 < budget.limit.requests
            saved = _("Requests are saved: the status of the others is asked for as you choose them.")
            self._say(saved if saving and self._next() else "")
            sip_id = self._next(chosen_only=saving)
            if not sip_id or not await self._ask_for(choice, sip_id, Priority.BACKGROUND):
                return
            await asyncio.sleep(APART_S)

    async def _ask_now(self) -> None:
        choice, sip_id = self._lists.choice, self._page.table.current
        if choice is not None and self._lists.account(sip_id) is not None:
            await self._ask_for(choice, sip_id, Priority.USER)

    async def _ask_for(self, choice: Choice, sip_id: str, priority: Priority) -> bool:
        """Ask for one, and tell whether to go on."""
        try:
            told = await self._sip.registration(choice.account, sip_id, priority=priority)
        except NotFound:
            self._missing.add(sip_id)
            return True
        except VoipdeskError as error:
            if choice is self._lists.choice:
                self._missing.update(self._page.visible_ids, (sip_id,))
                said = [_("The status is not known: {error}", error=error.message)]
                if not isinstance(error, OverBudget):
                    said.append(_("Others are asked for when the list is read again."))
                self._say(" ".join(said))
            return False
        if choice is not self._lists.choice:
            return False
        self._known[sip_id] = _Known(told.status, now())
        self._lists.learn(sip_id, told.domain)
        if sip_id == self._page.table.current:
            self._show_line()
        return True

    def _say(self, text: str) -> None:
        if self._page.status_note.text() != text:
            self._page.status_note.setText(text)
