"""What runs a check of a SIP account and shows how it goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from voipdesk.core.language import _
from voipdesk.core.sip_check import Verdict
from voipdesk.gui.messages import Level
from voipdesk.gui.sip import check_model
from voipdesk.gui.words import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.sip_check import CheckStep, StepKind
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.check_page import CheckPage
    from voipdesk.gui.tasks import Tasks
    from voipdesk.gui.widgets.saying import Saying
    from voipdesk.services.sip_check import SipCheck

_CHECK, _ASK = "sip: check", "sip: ask to register"
_TOPIC = "sip: check"


class CheckPresenter:
    """Runs one check at a time; one that is left is not run on. It registers only after a yes."""

    def __init__(
        self,
        page: CheckPage,
        check: Callable[[], SipCheck],
        tasks: Tasks,
        messages: Messages,
        show: Callable[[], None],
    ) -> None:
        self._page = page
        self._check = check
        self._tasks = tasks
        self._messages = messages
        self._show = show
        self._settings: SipSettings | None = None
        self._steps: dict[StepKind, CheckStep] = {}
        self._saying = check_model.under_way()
        page.again_asked.connect(lambda: self._start(register=False))
        page.register_asked.connect(lambda: tasks.start(_ASK, self._ask_to_register))
        page.cancel_asked.connect(self._cancel)
        page.copy_asked.connect(self._copy)

    def open(self, settings: SipSettings) -> None:
        """Begin to check an account; `check` is called in a thread."""
        self._settings = settings
        self._show()
        self._start(register=False)

    def forget(self) -> None:
        """End what is under way, and hold no password any more."""
        self._tasks.cancel(_CHECK)
        self._tasks.cancel(_ASK)
        self._settings, self._steps = None, {}

    def _start(self, *, register: bool) -> None:
        settings = self._settings
        if settings is None:
            return
        self._steps = {}
        title, address = settings.title, settings.address
        self._page.begin(f"{title} · {address}" if title != address else address, check_model.under_way())
        self._tasks.start(_CHECK, self._run, settings, register=register)

    async def _run(self, settings: SipSettings, *, register: bool) -> None:
        check = await asyncio.to_thread(self._check)
        report = await check.run(settings, register=register, tell=self._tell)
        self._steps = {step.kind: step for step in report.steps}
        self._page.show_steps(report.steps)
        self._end(check_model.ended(report), registers=check_model.may_register(report))

    def _tell(self, step: CheckStep) -> None:
        self._steps[step.kind] = step
        self._page.show_steps(tuple(self._steps.values()))

    def _end(self, saying: Saying, *, registers: bool) -> None:
        self._saying = saying
        self._page.end(saying, registers=registers)

    def _cancel(self) -> None:
        self._tasks.cancel(_CHECK)
        self._steps = {kind: step for kind, step in self._steps.items() if step.verdict is not Verdict.UNDER_WAY}
        self._page.show_steps(tuple(self._steps.values()))
        self._end(check_model.cancelled(), registers=False)

    async def _ask_to_register(self) -> None:
        settings = self._settings
        if settings is None:
            return
        question, text, yes = check_model.register_question(settings.title)
        if await self._messages.confirm(self._page, question, text, yes) and settings is self._settings:
            self._start(register=True)

    def _copy(self) -> None:
        if self._settings is not None:
            text = check_model.report_text(self._settings, self._saying, tuple(self._steps.values()), now())
            QGuiApplication.clipboard().setText(text)
            self._messages.show(Level.GOOD, _("The report is copied."), _("The password is not in it."), topic=_TOPIC)
