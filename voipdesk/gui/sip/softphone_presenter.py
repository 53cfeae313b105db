"""What leads from a SIP account, or from settings typed in, to setting up a softphone and to the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import VoipdeskError
from voipdesk.core.sip_settings import SipSettings, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from voipdesk.gui.messages import Messages
    from voipdesk.gui.sip.list_presenter import ListPresenter
    from voipdesk.gui.sip.sheet_presenter import SheetPresenter
    from voipdesk.gui.sip.view import SipView
    from voipdesk.gui.tasks import Tasks
    from voipdesk.services.sip import Sip

    Open = Callable[[SipSettings], None]
    """Goes on with settings, on a page of its own."""

SETTINGS = "sip: settings"
_TOPIC = "sip: settings"


class SoftphonePresenter:
    """Makes settings of what is chosen or typed, and hands them on; the page that was left is come back to."""

    def __init__(
        self,
        view: SipView,
        lists: ListPresenter,
        sheet: SheetPresenter,
        sip: Sip,
        tasks: Tasks,
        messages: Messages,
        *,
        set_up: Open,
        check: Open,
    ) -> None:
        self._view = view
        self._lists = lists
        self._sheet = sheet
        self._sip = sip
        self._messages = messages
        self._from_form = False
        panel, form = view.browse.sheet, view.settings
        panel.set_up_asked.connect(lambda: tasks.start(SETTINGS, self._take, set_up))
        panel.check_asked.connect(lambda: tasks.start(SETTINGS, self._take, check))
        view.browse.typed_asked.connect(self._open_form)
        form.done.connect(lambda: self._take_typed(set_up))
        form.check_asked.connect(lambda: self._take_typed(check))
        form.back.connect(self._cancel)

    def back(self) -> None:
        """Go back to where the settings came from."""
        if self._from_form:
            self._open_form()
        else:
            self._view.show_page(self._view.browse)
            self._view.browse.sheet.set_up.setFocus()

    async def _take(self, go_on: Open) -> None:
        """Take the chosen SIP account; it is read whole where its password or its domain is not known yet."""
        choice, sip = self._lists.choice, self._sheet.chosen
        if choice is None or sip is None:
            return
        if not (sip.password and sip.domain):
            whole = await self._sip.get(choice.account, sip.id, acting_for=choice.acting_for)
            if choice is not self._lists.choice or sip.id != self._view.browse.table.current:
                return
            self._lists.keep(whole)
            sip = self._sheet.chosen or sip
        if not sip.domain:
            self._sheet.ask_for_domain()
            return
        try:
            settings = settings_of(sip)
        except VoipdeskError as error:
            self._messages.error(error, topic=_TOPIC)
            return
        self._messages.dismiss(_TOPIC)
        self._from_form = False
        go_on(settings)

    def _open_form(self) -> None:
        self._view.show_page(self._view.settings)
        self._view.settings.take_focus()

    def _take_typed(self, go_on: Open) -> None:
        form = self._view.settings
        form.show_failure(None)
        form.show_errors(form.fields, {})
        try:
            settings = form.settings
        except VoipdeskError as error:
            form.show_error(form.fields, error)
            return
        form.hide_password()
        self._from_form = True
        go_on(settings)

    def _cancel(self) -> None:
        self._view.settings.forget()
        self._view.show_page(self._view.browse)
        self._view.browse.begin()
