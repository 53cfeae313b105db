"""What the buttons of the set-up page do: choose a program, save its file, set it up here, hand it to a phone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.gui.messages import Level
from voipdesk.gui.sip import setup_model
from voipdesk.gui.sip.install_presenter import InstallPresenter

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.core.softphones import SetUpFile, Softphone, SoftphoneHere
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.setup_page import SetupPage
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.sip_setup import SipSetup

_OPEN, _SAVE = "sip: softphones here", "sip: save file"
_TOPIC = "sip: set up"
_FIRST = "sheet"


class SetupPresenter:
    """Sets up one SIP account at a time; the program chosen last is the one that is chosen next."""

    def __init__(
        self,
        page: SetupPage,
        setup: Callable[[], SipSetup],
        tasks: Tasks,
        messages: Messages,
        show: Callable[[], None],
        hand_over: Callable[[Softphone, SipSettings, bool], None],
    ) -> None:
        self._page = page
        self._setup = setup
        self._tasks = tasks
        self._messages = messages
        self._show = show
        self._settings: SipSettings | None = None
        self._softphones: dict[str, Softphone] = {}
        self._chosen = _FIRST
        self._made: SetUpFile | None = None
        self._here: dict[str, SoftphoneHere] = {}
        """The softphones that are installed on this computer, by their keys."""
        self._install = InstallPresenter(page, setup, tasks, messages)
        page.install_asked.connect(self._install_here)
        page.wanted.connect(self._offer)
        page.save_asked.connect(self._choose_file)
        page.hand_over_asked.connect(lambda: self._hand_over(hand_over))
        page.file_chosen.connect(lambda file: tasks.start(_SAVE, self._save, Path(file)))

    def open(self, settings: SipSettings) -> None:
        """Show what a softphone can be set up with, once it is known which are installed here."""
        self._settings = settings
        self._tasks.start(_OPEN, self._open, settings)

    async def _open(self, settings: SipSettings) -> None:
        setup = await asyncio.to_thread(self._setup)  # the first time its modules are loaded
        self._here = {one.softphone.key: one for one in await setup.here()}
        self._softphones = {one.key: one for one in setup.softphones()}
        programs = [(key, one.name, self._remark(key)) for key, one in self._softphones.items()]
        whom = f"{settings.title} · {settings.address}" if settings.title != settings.address else settings.address
        self._page.begin(whom, programs, self._chosen, has_password=bool(settings.password))
        self._offer()
        self._show()

    def forget(self) -> None:
        """Hold no password any more."""
        self._tasks.cancel(_OPEN)
        self._settings, self._made = None, None

    def _offer(self) -> None:
        settings, softphone = self._settings, self._softphones.get(self._page.programs.key)
        if settings is None or softphone is None:
            return
        same = softphone.key == self._chosen
        self._chosen = softphone.key
        form = self._page.form.value if same else ""
        offer = setup_model.offer(softphone, form, installs=softphone.key in self._here)
        with_password = self._page.with_password.isChecked()
        try:
            made = self._setup().export(softphone.key, settings, with_password=with_password, ending=offer.form)
            # what is made with the password is never on the screen
            readable = "txt" if offer.form == "html" else offer.form
            shown = self._setup().export(softphone.key, settings, ending=readable)
        except BadInput as error:
            self._made = None
            self._page.show_refusal(offer, error)
            return
        self._made = made
        title = _("What is in it, beside the password") if with_password else _("What is in it")
        self._page.show_offer(
            replace(offer, steps=made.notes, file_title=title, preview=shown.text, wraps=readable == "txt")
        )

    def _remark(self, key: str) -> str:
        here = self._here.get(key)
        if here is None:
            return ""
        return _("here, and running") if here.running else _("on this computer")

    def _install_here(self) -> None:
        here = self._here.get(self._page.programs.key)
        if here is not None and self._settings is not None and self._made is not None:
            self._install.begin(here, self._settings, with_password=self._page.with_password.isChecked())

    def _hand_over(self, go_on: Callable[[Softphone, SipSettings, bool], None]) -> None:
        settings, softphone = self._settings, self._softphones.get(self._page.programs.key)
        if settings is not None and softphone is not None and self._made is not None:
            go_on(softphone, settings, self._page.with_password.isChecked())

    def _choose_file(self) -> None:
        if self._made is not None and not self._tasks.running(_SAVE):
            self._page.choose_file(self._made.name, setup_model.file_kind(self._made))

    async def _save(self, path: Path) -> None:
        from voipdesk.services.private_file import write_private

        made = self._made
        if made is None:
            return
        if await asyncio.to_thread(path.exists):
            lost = _("“{file}” is there already. Its contents will be lost.", file=path.name)
            if not await self._messages.confirm(self._page, _("Replace the file?"), lost, _("Replace")):
                return
        await asyncio.to_thread(lambda: write_private(path, made.content, overwrite=True))
        secret = _("The password is in it: delete it when it is no longer needed.") if made.has_password else ""
        action = (_("Open it"), lambda: _open(path)) if made.media_type == "text/html" else None
        text = _("Saved as {path}, readable by you alone.", path=path)
        self._messages.show(Level.GOOD, text, secret, action=action, topic=_TOPIC)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
