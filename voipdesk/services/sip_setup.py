"""Setting up a softphone with a SIP account: what is made for each client program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.softphones.registry import softphone_module, softphones

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.core.softphones import SetUpFile, Softphone


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
            raise BadInput(
                f"For {module.SOFTPHONE.name} there is no .{ending} file.",
                advice=f"There is: {', '.join(f'.{one}' for one in formats)}.",
            )
        return module.set_up(settings, with_password=with_password, ending=ending or formats[0])
