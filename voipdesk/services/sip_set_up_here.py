"""Setting up the softphones of this computer, in their own configuration and beside the accounts they have."""

from __future__ import annotations

from dataclasses import replace as with_other
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.core.softphones import SetUpHere, SoftphoneHere
from voipdesk.services.softphone_home import check_closed, find, is_running
from voipdesk.services.whole_file import in_thread
from voipdesk.softphones.registry import HasKeyringItem, softphones, with_configuration

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from voipdesk.core.sip_settings import SipSettings
    from voipdesk.services.softphone_home import Found
    from voipdesk.softphones.registry import HasConfiguration

    Keep = Callable[[str, Mapping[str, str], str], Awaitable[None]]


async def softphones_here() -> tuple[SoftphoneHere, ...]:
    """List the softphones of this computer that can be set up from here."""
    return await in_thread(_here)


async def set_up_here(
    softphone: str,
    settings: SipSettings,
    *,
    with_password: bool,
    replace: bool,
    keep: Keep,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> SetUpHere:
    """Set one up; `keep` puts a password into the keyring for a program that reads it from there alone."""
    module = with_configuration(softphone)
    found = await in_thread(_look, module)
    # all that can be refused is, before anything is changed
    await in_thread(_changed, module, found, settings, with_password, replace)
    if with_password and isinstance(module, HasKeyringItem):
        item = module.keyring_item(settings)
        await keep(item.label, item.attributes, settings.password)
    done: SetUpHere = await in_thread(_write, module, found, settings, with_password, replace, clock())
    return with_other(done, notes=(*_left_to_do(module, with_password=with_password), *done.notes))


def _here() -> tuple[SoftphoneHere, ...]:
    listed = []
    for softphone in softphones():
        if not softphone.on_this_computer:
            continue
        homes = with_configuration(softphone.key).HOMES
        found = find(homes)
        if found is not None:
            listed.append(SoftphoneHere(softphone, str(found.folder), is_running(homes)))
    return tuple(listed)


def _look(module: HasConfiguration) -> Found:
    name = module.SOFTPHONE.name
    found = find(module.HOMES)
    if found is None:
        raise BadInput(
            _("{program} is not installed on this computer.", program=name),
            advice=_("Install it, or make its file instead."),
        )
    check_closed(name, module.HOMES)
    return found


def _changed(module: HasConfiguration, found: Found, settings: SipSettings, password: bool, replace: bool) -> None:
    module.change(found.read(), settings, with_password=password, replace=replace)


def _write(
    module: HasConfiguration,
    found: Found,
    settings: SipSettings,
    with_password: bool,
    replace: bool,
    now: datetime,
) -> SetUpHere:
    check_closed(module.SOFTPHONE.name, module.HOMES)
    change = module.change(found.read(), settings, with_password=with_password, replace=replace)
    file, backup = found.write(change.name, change.content, now)
    undo = _(
        "To undo it, close {program} and put “{backup}” back as “{file}”.",
        program=module.SOFTPHONE.name,
        backup=backup,
        file=file,
    )
    if backup is None:
        undo = _("To undo it, delete “{file}”.", file=file)
    return SetUpHere(str(file), str(backup or ""), change.replaced, (*change.notes, undo))


def _left_to_do(module: HasConfiguration, *, with_password: bool) -> tuple[str, ...]:
    name = module.SOFTPHONE.name
    if with_password:
        return (_("Start {program}: it signs in by itself.", program=name),)
    if isinstance(module, HasKeyringItem):
        return (_("The password is not in the keyring: {program} passes over the account until it is.", program=name),)
    return (_("Start {program}: it asks for the password.", program=name),)
