"""What hands a SIP account to a phone, by an address that is valid once and for a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.gui.sip import handover_model
from voipdesk.gui.words import now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voipdesk.core.handover import Place
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.core.softphones import Softphone
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.handover_page import HandoverPage
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.sip_setup import SipSetup

_PLACES, _SERVE = "sip: places", "sip: hand over"
_TOPIC = "sip: hand over"
_EVERY_S = 1.0


class HandoverPresenter:
    """Serves one account at a time, and nothing before the person has said to whom; leaving the page ends it."""

    def __init__(
        self,
        page: HandoverPage,
        setup: Callable[[], SipSetup],
        tasks: Tasks,
        messages: Messages,
        show: Callable[[], None],
    ) -> None:
        self._page = page
        self._setup = setup
        self._tasks = tasks
        self._messages = messages
        self._show = show
        self._softphone: Softphone | None = None
        self._settings: SipSettings | None = None
        self._places: Sequence[Place] = ()
        page.begin_asked.connect(self._begin)
        page.stop_asked.connect(self._stop)
        page.again_asked.connect(lambda: self._ask(with_password=page.with_password.isChecked()))

    def open(self, softphone: Softphone, settings: SipSettings, with_password: bool) -> None:
        """Ask who may fetch what this softphone is set up with."""
        self._softphone, self._settings = softphone, settings
        self._ask(with_password=with_password)

    def forget(self) -> None:
        """End what is served, and hold no password any more."""
        self._tasks.cancel(_PLACES)
        self._tasks.cancel(_SERVE)
        self._softphone, self._settings = None, None

    def _ask(self, *, with_password: bool) -> None:
        self._tasks.start(_PLACES, self._find_places, with_password=with_password)

    async def _find_places(self, *, with_password: bool) -> None:
        self._places = await self._setup().places()
        softphone, settings = self._softphone, self._settings
        if softphone is None or settings is None:
            return
        network = [number for number, place in enumerate(self._places) if not place.this_computer_only]
        # those on the network come first: it is a phone that this is for
        order = sorted(range(len(self._places)), key=lambda number: number not in network)
        self._places = [self._places[number] for number in order]
        self._page.ask(
            f"{softphone.name} · {settings.title} · {settings.address}",
            [(handover_model.place_title(place), place.about) for place in self._places],
            0,
            None if network else handover_model.no_network(),
            password=with_password if settings.password else None,
        )
        self._show()

    def _begin(self) -> None:
        number = self._page.places.checkedId()
        if 0 <= number < len(self._places) and not self._tasks.running(_SERVE):
            self._tasks.start(_SERVE, self._serve, self._places[number])

    async def _serve(self, place: Place) -> None:
        softphone, settings, setup = self._softphone, self._settings, self._setup()
        if softphone is None or settings is None:
            return
        with_password = self._page.with_password.isChecked()
        try:
            handover = await setup.hand_over(softphone.key, settings, place.host, with_password=with_password)
        except VoipdeskError as error:
            self._messages.error(error, topic=_TOPIC)
            return
        self._messages.dismiss(_TOPIC)
        try:
            code = await asyncio.to_thread(lambda: setup.qr_png(handover.url))
            steps = handover_model.steps(softphone.name)
            self._page.serve(handover.url, code, steps, handover_model.waiting(handover.ends_at, now()))
            outcome = asyncio.ensure_future(handover.outcome())
            while not (await asyncio.wait([outcome], timeout=_EVERY_S))[0]:
                self._page.go_on(handover_model.waiting(handover.ends_at, now()))
            self._page.end(handover_model.ended(outcome.result()))
        finally:
            await handover.close()

    def _stop(self) -> None:
        self._tasks.cancel(_SERVE)
        self._page.end(handover_model.stopped())
