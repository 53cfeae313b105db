"""`voipdesk sip qr`: hands a SIP account to a phone, by a QR code of an address that is valid once."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.cli.sip_by_hand import add_options, read_settings
from voipdesk.core.errors import BadInput, Unreachable
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.handover import Fetched, Place
    from voipdesk.services.sip_setup import SipSetup
    from voipdesk.softphones.handover import Handover

_PICTURES = (".png", ".svg")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_options(parser)
    parser.add_argument(
        "--client", default="linphone", choices=("linphone", "zoiper"), help=_("the softphone (default linphone)")
    )
    parser.add_argument(
        "--lan",
        nargs="?",
        const="any",
        metavar="ADDRESS",
        help=_(
            "let the local network fetch it, at this address of yours where there are several; "
            "without it, only programs on this computer can"
        ),
    )
    parser.add_argument("--with-password", action="store_true", help=_("hand over the password, too"))
    parser.add_argument("--output", type=Path, metavar="FILE", help=_("write the QR code to a .png or .svg file"))
    parser.add_argument("--force", action="store_true", help=_("overwrite a file that is there"))


async def run(options: argparse.Namespace) -> int:
    """Serve it until it was fetched, or for ten minutes."""
    from voipdesk.services.sip_setup import SipSetup

    if options.output and options.output.suffix.lower() not in _PICTURES:
        raise BadInput(
            _("“{file}” is not a picture that can be made.", file=options.output),
            advice=_("Let it end in .png or .svg."),
        )
    setup = SipSetup()
    settings = await read_settings(options, password=options.with_password)
    place = _place(await setup.places(), options.lan)
    handover = await setup.hand_over(options.client, settings, place.host, with_password=options.with_password)
    try:
        await _show(setup, handover, options)
        _explain(place, handover, options)
        fetched = await handover.outcome()
    finally:
        await handover.close()
    _tell(fetched)
    return 0


def _place(places: tuple[Place, ...], asked: str | None) -> Place:
    """Choose the address to be fetched from; BadInput says which there are."""
    if asked is None:
        return places[0]
    network = [place for place in places if not place.this_computer_only]
    known = ", ".join(place.host for place in network)
    if not network:
        raise BadInput(
            _("This computer is on no network."), advice=_("Join the one that the phone is in, and try again.")
        )
    if asked == "any":
        if len(network) > 1:
            output.note(
                _(
                    "This computer has several addresses: {addresses}. --lan ADDRESS chooses another than the first.",
                    addresses=known,
                )
            )
        return network[0]
    for place in network:
        if place.host == asked:
            return place
    raise BadInput(
        _("{address} is not an address of this computer.", address=asked),
        advice=_("There is: {addresses}.", addresses=known),
    )


async def _show(setup: SipSetup, handover: Handover, options: argparse.Namespace) -> None:
    output.say(handover.url)
    if options.output:
        make = setup.qr_png if options.output.suffix.lower() == ".png" else setup.qr_svg
        from voipdesk.cli.sip_export import write

        await asyncio.to_thread(lambda: write(options.output, make(handover.url), overwrite=options.force))
        output.note(_("Written: {file}", file=options.output))
    else:
        output.say_block(setup.qr_text(handover.url, colours=sys.stdout.isatty()))
    output.flush()


def _explain(place: Place, handover: Handover, options: argparse.Namespace) -> None:
    if options.client == "linphone":
        output.note(
            _("In Linphone on a phone: Assistant, Use a QR code. On a computer: linphone --fetch-config ADDRESS")
        )
    else:
        output.note(_("Zoiper takes it only in its Premium edition, where an address for provisioning can be entered."))
    output.note(place.about)
    if place.this_computer_only:
        output.note(_("For a phone on the same network, add --lan."))
    if options.with_password and not place.this_computer_only:
        output.note(_("The password travels unencrypted: use it in a network whose users you trust."))
    if not options.with_password:
        output.note(_("The password is not in it: it is typed into the phone. --with-password hands it over, too."))
    output.note(
        _("Valid once, until {time}. Waiting; Ctrl-C ends it.", time=f"{handover.ends_at.astimezone():%H:%M:%S}")
    )


def _tell(fetched: Fetched | None) -> None:
    if fetched is None:
        raise Unreachable(
            _("Nobody has fetched it, and the address is no longer valid."),
            advice=_("Is the phone in the same network, and does this computer's firewall let it in?"),
        )
    if not fetched.whole:
        raise Unreachable(
            _("{address} has begun to fetch it, and the connection broke.", address=fetched.by),
            advice=_("Make another with the same command."),
        )
    output.note(
        _(
            "Fetched by {address} at {time}. The address is no longer valid.",
            address=fetched.by,
            time=f"{fetched.at.astimezone():%H:%M:%S}",
        )
    )
