"""When notices of missed calls come and go, and what a press on one does."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from voipdesk.core.missed_calls import MissedKind
from voipdesk.core.notices import Press
from voipdesk.core.number import display_number
from voipdesk.gui.notices import model
from voipdesk.services.events import Event
from voipdesk.services.missed_news import MissedNews

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from voipdesk.core.desktop_choices import DesktopChoices
    from voipdesk.core.missed_calls import MissedCall
    from voipdesk.core.notices import Notifier
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.desktop_settings import DesktopSettings
    from voipdesk.services.missed_calls import MissedCalls

TASK = "missed calls"  # NON-NLS: the name of a task
_TOGETHER_S = 0.3
"""What comes within this many seconds is looked at together: a refresh tells of each of its logs."""


class MissedNotices:
    """Follows the calls that wait; `waiting_changed` tells those that the user wants to be told of."""

    def __init__(
        self,
        missed: MissedCalls,
        settings: DesktopSettings,
        notifier: Notifier,
        tasks: Tasks,
        *,
        begun: datetime,
        region: Callable[[], str],
        names: Callable[[Sequence[str]], Awaitable[dict[str, str]]],
        looking: Callable[[], bool],
        call_back: Callable[[str, str], None],
        show_calls: Callable[[str], None],
    ) -> None:
        """Begin to follow; the last two functions are given a token, by which a window may come forward.

        `looking` tells whether the person has the newest calls in view.
        """
        self.waiting_changed: Event[tuple[MissedCall, ...]] = Event()
        self._missed = missed
        self._settings = settings
        self._notifier = notifier
        self._tasks = tasks
        self._news = MissedNews(begun)
        self._region = region
        self._names = names
        self._looking = looking
        self._call_back = call_back
        self._show_calls = show_calls
        self._shown: dict[str, MissedCall] = {}
        """The calls that notices stand for, by the tag each has or would have; newest last."""
        self._many = False
        notifier.pressed = self._press
        self._unsubscribe = (
            missed.changed.subscribe(lambda _none: self.look()),
            settings.changed.subscribe(lambda _choices: self.look()),
        )

    def look(self) -> None:
        """Look at the calls that wait, soon."""
        self._tasks.restart(TASK, self._look)

    def close(self) -> None:
        """Let go of the services."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    async def _look(self) -> None:
        await asyncio.sleep(_TOGETHER_S)
        looking = self._looking()
        if looking:
            await self._missed.see_all()
        choices = self._settings.choices
        waiting = await self._missed.waiting()
        news = self._news.take(waiting, looking=looking)
        meant = tuple(call for call in waiting if _is_meant(call, choices))
        still = {id_ for call in meant for id_ in call.ids}
        gone = [tag for tag, call in self._shown.items() if still.isdisjoint(call.ids)]
        for tag in gone:
            del self._shown[tag]
        new = [call for call in reversed(news.new) if _is_meant(call, choices)]
        if choices.do_not_disturb:
            new = []
        self._shown.update((model.tag_of(call), call) for call in new)
        await self._show(new, gone)
        self.waiting_changed.emit(meant)

    async def _show(self, new: Sequence[MissedCall], gone: Sequence[str]) -> None:
        """Give each call its notice or, when they are many, one to all of them until none waits any more."""
        for tag in gone:
            await self._notifier.withdraw(tag)
        if not self._shown:
            if self._many:
                await self._notifier.withdraw(model.MANY)
            self._many = False
            return
        display = partial(display_number, region=self._region())
        if not (new or (self._many and gone)):
            return
        names = await self._names([call.number for call in self._shown.values()])
        if len(self._shown) > model.MOST_SINGLE or self._many:
            if not self._many:
                for tag in self._shown:
                    await self._notifier.withdraw(tag)
            self._many = True
            calls = list(reversed(self._shown.values()))
            await self._notifier.show(model.notice_for_many(calls, names, display, quiet=not new))
            return
        for call in new:
            await self._notifier.show(model.notice_for(call, names, display))

    def _press(self, tag: str, press: Press, token: str) -> None:
        call = self._shown.get(tag)
        if call is not None and press is Press.BUTTON and model.can_call(call):
            self._call_back(display_number(call.number, self._region()), token)
        else:
            self._show_calls(token)


def _is_meant(call: MissedCall, choices: DesktopChoices) -> bool:
    if call.kind is MissedKind.ABANDONED:
        return choices.notify_abandoned
    return choices.notify_missed and choices.missed_of in {"", call.logged.call.name}
