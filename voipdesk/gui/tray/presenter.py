"""What the tray shows: how many calls wait, the last callers to dial back, and whether it is quiet."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from voipdesk.core.call_log import CallFilter, Direction
from voipdesk.core.language import _, ngettext
from voipdesk.core.number import display_number
from voipdesk.core.tray import RecentCall, TrayState
from voipdesk.gui.call_log.wording import MISSED, local, one_line, other_number, other_side
from voipdesk.gui.words import when

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from voipdesk.core.call_log import LoggedCall
    from voipdesk.core.missed_calls import MissedCall
    from voipdesk.core.tray import Tray
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.call_log import CallLog
    from voipdesk.services.desktop_settings import DesktopSettings

TASK = "tray"
_RECENT = 8
_LOOKED_AT = 60
_TOGETHER_S = 0.5


class TrayPresenter:
    """Keeps the tray true."""

    def __init__(
        self,
        tray: Tray,
        call_log: CallLog,
        settings: DesktopSettings,
        tasks: Tasks,
        *,
        region: Callable[[], str],
        names: Callable[[Sequence[str]], Awaitable[dict[str, str]]],
    ) -> None:
        self._tray = tray
        self._call_log = call_log
        self._settings = settings
        self._tasks = tasks
        self._region = region
        self._names = names
        self._waiting = 0
        tray.quiet_asked = self._set_quiet
        self._unsubscribe = (
            call_log.changed.subscribe(lambda _change: self.show()),
            settings.changed.subscribe(lambda _choices: self.show()),
        )

    def show_waiting(self, calls: Sequence[MissedCall]) -> None:
        """Show how many calls wait."""
        self._waiting = len(calls)
        self.show()

    def show(self) -> None:
        """Show how things stand, soon."""
        self._tasks.restart(TASK, self._show)

    def close(self) -> None:
        """Let go of the services."""
        for unsubscribe in self._unsubscribe:
            unsubscribe()

    async def _show(self) -> None:
        await asyncio.sleep(_TOGETHER_S)
        quiet = self._settings.choices.do_not_disturb
        tip = ["voipdesk"]
        if self._waiting:
            tip.append(ngettext("{n} missed call", "{n} missed calls", self._waiting))
        if quiet:
            tip.append(_("do not disturb"))
        self._tray.show(TrayState(self._waiting, " · ".join(tip), await self._recent(), quiet))

    async def _recent(self) -> tuple[RecentCall, ...]:
        newest: dict[str, LoggedCall] = {}
        for logged in await self._call_log.page(CallFilter(), limit=_LOOKED_AT):
            if number := other_number(logged.call):
                newest.setdefault(number, logged)
        calls = list(newest.items())[:_RECENT]
        names = await self._names([number for number, _logged in calls])
        display = partial(display_number, region=self._region())
        return tuple(
            RecentCall(_label(logged, names.get(number, ""), display), display(number)) for number, logged in calls
        )

    def _set_quiet(self, on: bool) -> None:
        self._tasks.start("tray: quiet", partial(self._settings.choose, do_not_disturb=on))


def _label(logged: LoggedCall, name: str, display: Callable[[str], str]) -> str:
    call = logged.call
    named, number = other_side(call, display)
    caller = one_line(name) or named or number
    time = when(local(call.started_at))
    if call.outcome in MISSED:
        return _("Missed {caller} · {time}", caller=caller, time=time)
    if call.direction is Direction.IN:
        return _("From {caller} · {time}", caller=caller, time=time)
    return _("To {called} · {time}", called=caller, time=time)
