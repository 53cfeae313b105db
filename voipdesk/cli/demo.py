"""`voipdesk demo`: serves the demo PBX on loopback until it is interrupted."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from voipdesk.cli import output
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse

    from voipdesk.demo.server import DemoServer


def configure(parser: argparse.ArgumentParser, _common: argparse.ArgumentParser) -> None:
    """Add the options."""
    port, seed = _("the port to listen on (default: a free one)"), _("another seed is another office")
    parser.add_argument("--port", type=int, default=0, metavar="P", help=port)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help=seed)


async def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C, which is how it is meant to end."""
    from voipdesk.core.errors import BadInput
    from voipdesk.demo.server import serve

    if not 0 <= options.port <= 65535:
        raise BadInput(
            _("There is no port {port}.", port=options.port), advice=_("Choose 1024 to 65535, or 0 for any free one.")
        )
    try:
        await serve(port=options.port, seed=options.seed, ready=_tell)
    except asyncio.CancelledError:
        output.note(_("The demo has ended."))
    return 0


def _tell(server: DemoServer) -> None:
    url, yay, apidaze = server.base_url, server.yay, server.apidaze
    output.say(_("The demo PBX listens on {url} and answers as VoIPcloud, Yay.com and Apidaze do.", url=url))
    output.say(_("Add an office at VoIPcloud, a reseller at Yay.com, and an application at Apidaze:"))
    output.say(
        f"  printf {server.api_key} | "  # NON-NLS
        f"voipdesk accounts add voipcloud --name Office --base-url {url} --my-number {server.my_number}"
    )
    output.say(
        f"  printf {yay.password} | voipdesk accounts add yay --name Reseller --reseller {yay.reseller} "
        f"--user {yay.user} --base-url {url} --registrar {yay.registrar} --my-number {yay.my_number}"  # NON-NLS
    )
    output.say(
        f"  printf {apidaze.client_secret} | voipdesk accounts add apidaze --name Apidaze "
        f"--client-id {apidaze.client_id} --base-url {apidaze.base_url} --token-url {apidaze.token_url}"  # NON-NLS
    )
    output.say(_("Ctrl-C ends it."))
    output.flush()
