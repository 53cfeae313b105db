"""What sets up a softphone that is installed on this computer, in its own configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.core.language import _
from voipdesk.gui.messages import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.core.softphones import SetUpHere, SoftphoneHere
    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.setup_page import SetupPage
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.sip_setup import AlreadySetUp, SipSetup

_ASK, _WRITE = "sip: ask to set up here", "sip: set up here"
_TOPIC = "sip: set up"


class InstallPresenter:
    """Asks before it writes, and before it replaces an account that is there."""

    def __init__(self, page: SetupPage, setup: Callable[[], SipSetup], tasks: Tasks, messages: Messages) -> None:
        self._page = page
        self._setup = setup
        self._tasks = tasks
        self._messages = messages

    def begin(self, here: SoftphoneHere, settings: SipSettings, *, with_password: bool) -> None:
        """Ask whether to set up a softphone, unless that is under way."""
        if not self._tasks.running(_WRITE):
            self._tasks.start(_ASK, self._ask, here, settings, with_password=with_password)

    async def _ask(self, here: SoftphoneHere, settings: SipSettings, *, with_password: bool) -> None:
        name = here.softphone.name
        text = [
            _(
                "The account is written into {folder}. What is there now is kept beside it as a dated copy, and other "
                "accounts of {name} stay as they are.",
                folder=here.folder,
                name=name,
            ),
            _("The password goes along.") if with_password else _("The password does not: it is typed in there."),
        ]
        if here.running:
            text.insert(
                0, _("{name} is running: close it first, for it writes its configuration when it ends.", name=name)
            )
        question = _("Set up {name} on this computer?", name=name)
        if await self._messages.confirm(self._page, question, " ".join(text), _("Set it up")):
            self._write(here, settings, with_password=with_password, replace=False)

    def _write(self, here: SoftphoneHere, settings: SipSettings, *, with_password: bool, replace: bool) -> None:
        self._tasks.start(_WRITE, self._set_up, here, settings, with_password=with_password, replace=replace)

    async def _set_up(self, here: SoftphoneHere, settings: SipSettings, *, with_password: bool, replace: bool) -> None:
        from voipdesk.services.sip_setup import AlreadySetUp

        key = here.softphone.key
        self._page.set_busy(busy=True)
        try:
            done = await self._setup().set_up_here(key, settings, with_password=with_password, replace=replace)
        except AlreadySetUp as error:
            self._tasks.start(_ASK, self._ask_to_replace, here, settings, error, with_password=with_password)
            return
        except VoipdeskError as error:
            self._messages.error(error, topic=_TOPIC)
            return
        finally:
            self._page.set_busy(busy=False)
        self._tell(done)

    async def _ask_to_replace(
        self, here: SoftphoneHere, settings: SipSettings, error: AlreadySetUp, *, with_password: bool
    ) -> None:
        stays = _("The other accounts stay, and what is there now is kept as a dated copy.")
        text = f"{error.message} {stays}"
        if await self._messages.confirm(self._page, _("Replace the account?"), text, _("Replace it")):
            self._write(here, settings, with_password=with_password, replace=True)

    def _tell(self, done: SetUpHere) -> None:
        text = _("Replaced in {file}.", file=done.file) if done.replaced else _("Added to {file}.", file=done.file)
        backup = _("As it was before: {backup}.", backup=done.backup) if done.backup else ""
        advice = " ".join(filter(None, (backup, *done.notes)))
        self._messages.show(Level.GOOD, text, advice, topic=_TOPIC)
