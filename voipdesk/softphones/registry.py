"""The softphones that can be set up: a new one is a module beside this, and a line here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.softphones import baresip, gnome_calls, linphone, microsip, sheet, twinkle, zoiper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.core.softphones import SetUpFile, Softphone
    from voipdesk.softphones.configuration import Change, Home, KeyringItem


class SoftphoneModule(Protocol):
    """What each client's module offers."""

    @property
    def SOFTPHONE(self) -> Softphone:  # noqa: N802 - a module's constant
        """Its name and what can be made for it, as texts marked by `N_`."""
        ...

    def set_up(self, settings: SipSettings, *, with_password: bool, ending: str = ...) -> SetUpFile:
        """Make what it is set up with; BadInput, with the reason, for what its format cannot carry."""
        ...


class HasConfiguration(SoftphoneModule, Protocol):
    """What the module of a client that can be set up on this computer offers, too."""

    @property
    def HOMES(self) -> tuple[Home, ...]:  # noqa: N802 - a module's constant
        """Where it keeps its configuration; of several, by which of its programs is installed."""
        ...

    def change(
        self, files: Mapping[str, bytes], settings: SipSettings, *, with_password: bool, replace: bool
    ) -> Change:
        """Add the account to the configuration's files, given by name, without touching any other.

        AlreadySetUp where it is there, unless it is to be replaced; BadInput as `set_up`.
        """
        ...


@runtime_checkable
class HasKeyringItem(Protocol):
    """What the module of a client offers that reads its passwords from the keyring alone."""

    def keyring_item(self, settings: SipSettings) -> KeyringItem:
        """Give under what the account's password is kept."""
        ...


_WITH_CONFIGURATION: dict[str, HasConfiguration] = {
    module.SOFTPHONE.key: module for module in (linphone, baresip, twinkle, gnome_calls)
}
_MODULES: dict[str, SoftphoneModule] = {
    module.SOFTPHONE.key: module for module in (sheet, zoiper, linphone, microsip, baresip, twinkle, gnome_calls)
}


def softphones() -> tuple[Softphone, ...]:
    """List them in the order in which they are offered, in the language spoken."""
    return tuple(_said(module.SOFTPHONE) for module in _MODULES.values())


def softphone_module(key: str) -> SoftphoneModule:
    """Find one by its key; BadInput says which there are."""
    if key not in _MODULES:
        raise BadInput(
            _("There is no softphone “{key}” here.", key=key),
            advice=_("There is: {names}.", names=", ".join(_MODULES)),
        )
    return _MODULES[key]


def with_configuration(key: str) -> HasConfiguration:
    """Find one that can be set up on this computer; BadInput for one that is set up by a file."""
    name = _said(softphone_module(key).SOFTPHONE).name
    if key not in _WITH_CONFIGURATION:
        raise BadInput(_("{name} is not set up from here.", name=name), advice=_("Make its file or its sheet instead."))
    return _WITH_CONFIGURATION[key]


def _said(softphone: Softphone) -> Softphone:
    name, about = _(softphone.name), _(softphone.about)  # NON-NLS: marked in each module
    return replace(softphone, name=name, about=about)
