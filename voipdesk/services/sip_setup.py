"""Setting up a softphone with a SIP account: what is made for each client program, and its hand-over to a phone."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.softphones.configuration import AlreadySetUp
from voipdesk.softphones.registry import softphone_module, softphones

__all__ = ["AlreadySetUp", "SipSetup"]

if TYPE_CHECKING:
    from voipdesk.core.handover import Place
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.core.softphones import SetUpFile, SetUpHere, Softphone, SoftphoneHere
    from voipdesk.softphones.handover import Handover


class SipSetup:
    """Sets up softphones; core.sip_settings makes the settings, of a service's SIP account or of typed values."""

    def softphones(self) -> tuple[Softphone, ...]:
        """List the client programs there is something for."""
        return softphones()

    def export(
        self, softphone: str, settings: SipSettings, *, with_password: bool = False, ending: str = ""
    ) -> SetUpFile:
        """Make what a softphone, named by its key, is set up with; `ending` chooses among its formats.

        Raises BadInput, with the reason, for what the format cannot carry, and for a password that is wanted and not
        known.
        """
        module = softphone_module(softphone)
        formats = module.SOFTPHONE.formats
        if ending and ending not in formats:
            name = next(one.name for one in softphones() if one.key == softphone)
            raise BadInput(
                _("For {program} there is no .{ending} file.", program=name, ending=ending),
                advice=_("There is: {names}.", names=", ".join(f".{one}" for one in formats)),
            )
        return module.set_up(settings, with_password=with_password, ending=ending or formats[0])

    async def here(self) -> tuple[SoftphoneHere, ...]:
        """List the softphones of this computer that can be set up from here, and whether they run."""
        from voipdesk.services.sip_set_up_here import softphones_here

        return await softphones_here()

    async def set_up_here(
        self, softphone: str, settings: SipSettings, *, with_password: bool = False, replace: bool = False
    ) -> SetUpHere:
        """Add the account to a softphone's own configuration, after a dated backup; its other accounts stay.

        Raises AlreadySetUp for an account that is there, unless it is to be replaced; BadInput as `export` does, for a
        softphone that is not here, and for one that runs; StorageFailed; KeyringFailed.
        """
        from voipdesk.services.sip_set_up_here import set_up_here
        from voipdesk.settings.secret_service import keep_for_program

        return await set_up_here(
            softphone, settings, with_password=with_password, replace=replace, keep=keep_for_program
        )

    async def places(self) -> tuple[Place, ...]:
        """List the addresses of this computer that a phone can fetch a file from; the first is for this one alone."""
        from voipdesk.softphones.places import places

        return await asyncio.to_thread(places)

    async def hand_over(
        self, softphone: str, settings: SipSettings, host: str, *, with_password: bool = False
    ) -> Handover:
        """Serve what a softphone is set up with at an address of this computer: once, and for ten minutes.

        The address is to be closed whatever comes of it. Raises BadInput as `export` does, StorageFailed when nothing
        can listen there.
        """
        from voipdesk.softphones.handover import Handover

        made = self.export(softphone, settings, with_password=with_password, ending="xml")
        return await Handover.open(made, host)

    def qr_svg(self, url: str) -> bytes:
        """Give the QR code of an address as SVG."""
        from voipdesk.softphones.qr import svg

        return svg(url)

    def qr_text(self, url: str, *, colours: bool) -> str:
        """Give the QR code of an address as lines for a terminal."""
        from voipdesk.softphones.qr import terminal

        return terminal(url, colours=colours)

    def qr_png(self, url: str) -> bytes:
        """Give the QR code of an address as PNG."""
        from voipdesk.softphones.qr import png

        return png(url)
