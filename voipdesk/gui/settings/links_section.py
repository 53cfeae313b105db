"""What the choices about telephone links do."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import N_
from voipdesk.gui.settings.links_view import LinksView
from voipdesk.gui.theme import Tone
from voipdesk.gui.widgets.saying import Saying

if TYPE_CHECKING:
    from voipdesk.gui.settings.surroundings import Surroundings
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.theme import Theme
    from voipdesk.services.dial import Dial


class LinksSection:
    """Sets at once what is changed, and shows what is then so."""

    title = N_("Telephone links and selected numbers")

    def __init__(self, surroundings: Surroundings, dial: Dial, tasks: Tasks, theme: Theme) -> None:
        self._links = surroundings.links
        self._dial = dial
        self._tasks = tasks
        self.widget = LinksView(theme, surroundings.selection_command)
        self.widget.link_set.connect(self._set_link)
        self.widget.at_once_set.connect(lambda on: tasks.start("settings: at once", self._set_at_once, on))

    def shown(self) -> None:
        """Look at what is set, which other programs change as well."""
        self.widget.show_at_once(at_once=self._dial.links_at_once)
        if not self._tasks.running("settings: link"):
            self._tasks.start("settings: links", self._show_links)

    def close(self) -> None:
        """Let go of nothing: no service is listened to."""

    def _set_link(self, scheme: str, ours: bool) -> None:
        self.widget.set_busy(busy=True)
        self._tasks.cancel("settings: links")
        self._tasks.start("settings: link", self._register, scheme, ours)

    async def _register(self, scheme: str, ours: bool) -> None:
        act = self._links.install if ours else self._links.remove
        try:
            left_to_do = await asyncio.to_thread(act, [scheme])
            self.widget.show_notice(Saying(Tone.WARNING, left_to_do) if left_to_do else None)
        except VoipdeskError as error:
            self.widget.show_notice(Saying(Tone.BAD, error.message, error.advice))
        finally:
            await self._show_links()

    async def _show_links(self) -> None:
        self.widget.show_links(await asyncio.to_thread(self._links.owners))

    async def _set_at_once(self, on: bool) -> None:
        try:
            await self._dial.set_links_at_once(on)
        finally:
            self.widget.show_at_once(at_once=self._dial.links_at_once)
