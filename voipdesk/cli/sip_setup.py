"""`voipdesk sip setup`: sets up a softphone that is installed on this computer, in its own configuration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.sip_by_hand import add_options, read_settings
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.softphones import SoftphoneHere


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_options(parser)
    parser.add_argument(
        "--client",
        choices=("linphone", "baresip", "twinkle", "gnome-calls"),
        help=_("the softphone; not needed when one of them is installed"),
    )
    parser.add_argument(
        "--with-password", action="store_true", help=_("put the password in; without it, it is typed in")
    )
    parser.add_argument(
        "--replace", action="store_true", help=_("replace the account where the softphone has it already")
    )


async def run(options: argparse.Namespace) -> int:
    """Set it up, and say how to undo it."""
    from voipdesk.services.sip_setup import AlreadySetUp, SipSetup

    setup = SipSetup()
    client = options.client or _only_one(await setup.here())
    settings = await read_settings(options, password=options.with_password)
    try:
        done = await setup.set_up_here(client, settings, with_password=options.with_password, replace=options.replace)
    except AlreadySetUp as error:
        raise AlreadySetUp(error.message, advice=_("--replace replaces this one account.")) from error
    output.note(_("Replaced in {file}", file=done.file) if done.replaced else _("Added to {file}", file=done.file))
    if done.backup:
        output.note(_("As it was before: {backup}", backup=done.backup))
    for note in done.notes:
        output.note(note)
    return 0


def _only_one(here: tuple[SoftphoneHere, ...]) -> str:
    keys = [one.softphone.key for one in here]
    if not keys:
        raise BadInput(
            _("No softphone that can be set up from here is installed."),
            advice=_("“voipdesk sip export” makes a file or a sheet for others."),
        )
    if len(keys) > 1:
        raise BadInput(
            _("Several softphones are installed."),
            advice=_("Say which one with --client: {names}.", names=", ".join(keys)),
        )
    return keys[0]
