"""The softphones that can be set up: a new one is a module beside this, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from voipdesk.core.errors import BadInput
from voipdesk.softphones import baresip, gnome_calls, linphone, microsip, sheet, twinkle, zoiper

if TYPE_CHECKING:
    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.core.softphones import SetUpFile, Softphone


class SoftphoneModule(Protocol):
    """What each client's module offers."""

    @property
    def SOFTPHONE(self) -> Softphone:  # noqa: N802 - a module's constant
        """Its name and what can be made for it."""
        ...

    def set_up(self, settings: SipSettings, *, with_password: bool, ending: str = ...) -> SetUpFile:
        """Make what it is set up with; BadInput, with the reason, for what its format cannot carry."""
        ...


_MODULES: dict[str, SoftphoneModule] = {
    module.SOFTPHONE.key: module for module in (sheet, zoiper, linphone, microsip, baresip, twinkle, gnome_calls)
}


def softphones() -> tuple[Softphone, ...]:
    """List them in the order in which they are offered."""
    return tuple(module.SOFTPHONE for module in _MODULES.values())


def softphone_module(key: str) -> SoftphoneModule:
    """Find one by its key; BadInput says which there are."""
    if key not in _MODULES:
        raise BadInput(f"There is no softphone “{key}” here.", advice=f"There is: {', '.join(_MODULES)}.")
    return _MODULES[key]
