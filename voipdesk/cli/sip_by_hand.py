"""Which SIP account a command is about: one of a service by its id, or one that is typed, its password unseen."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.cli.session import account_with, open_desk, unlock
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.core.sip import HasSipAccounts
from voipdesk.core.sip_settings import SipSettings, Transport, settings_of

if TYPE_CHECKING:
    import argparse

    from voipdesk.core.sip import SipAccount


def add_options(action: argparse.ArgumentParser) -> None:
    """Add ID and what stands for it."""
    action.add_argument(
        "id", metavar="ID", nargs="?", default="", help=_("its id, username or extension at the service")
    )
    action.add_argument("--account", metavar="NAME", help=_("the account; not needed when one has SIP accounts"))
    action.add_argument("--for", dest="acting_for", default="", metavar="CUSTOMER", help=_("act for this customer"))
    given = action.add_argument_group(
        _("a SIP account that no service is asked for"), _("instead of ID; the password is read from standard input")
    )
    given.add_argument("--user", default="", metavar="NAME", help=_("the user name"))
    given.add_argument(
        "--auth-user", default="", metavar="NAME", help=_("the authentication name, where it is another")
    )
    given.add_argument("--display-name", default="", metavar="NAME", help=_("what others see"))
    both = action.add_argument_group(_("in front of what the service says"))
    both.add_argument("--domain", default="", metavar="HOST[:PORT]", help=_("the registrar"))
    both.add_argument("--proxy", default="", metavar="HOST[:PORT]", help=_("the outbound proxy"))
    both.add_argument(
        "--transport",
        choices=[t.value for t in Transport],
        help=_("what carries SIP (default: what the service asks for, else udp)"),
    )
    both.add_argument("--label", default="", metavar="TEXT", help=_("what the softphone is to call the account"))


async def read_settings(options: argparse.Namespace, *, password: bool) -> SipSettings:
    """Ask the service for the SIP account, or take the typed one; BadInput for neither, both, or what cannot be.

    With `password`, one that is not known is asked for without echo, or read from standard input as one line.
    """
    if bool(options.id) == bool(options.user):
        raise BadInput(
            _("Give the ID of a SIP account, or --user and --domain for one that no service is asked for.")
            if not options.id
            else _("ID is one of a service's, --user is for one of no service: give one of them.")
        )
    transport = Transport(options.transport) if options.transport else None
    if options.user:
        return SipSettings(
            username=options.user,
            domain=options.domain or ask_domain(),
            password=ask_password(options.user) if password else "",
            display_name=options.display_name,
            label=options.label,
            auth_username=options.auth_user,
            outbound_proxy=options.proxy,
            transport=transport or Transport.UDP,
        )
    if options.auth_user or options.display_name:
        raise BadInput(_("--auth-user and --display-name go with --user: of an ID, the service says them."))
    account = await _account(options)
    domain = options.domain or account.domain or ask_domain()
    settings = settings_of(
        account, domain=domain, outbound_proxy=options.proxy, transport=transport, label=options.label
    )
    if password and not settings.password:
        output.note(_("The service does not say the password."))
        settings = replace(settings, password=ask_password(settings.username))
    return settings


async def _account(options: argparse.Namespace) -> SipAccount:
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasSipAccounts, _("SIP accounts"))
        await unlock(desk, account, options)
        found = await desk.sip.find(account, options.id, acting_for=options.acting_for)
    if options.acting_for:
        output.note(_("{account}, acting for: {customer}", account=account.name, customer=options.acting_for))
    return found


def ask_domain() -> str:
    """Ask for the registrar, or say which option names it."""
    if not terminal.on_a_terminal():
        raise BadInput(
            _("The domain is not known: the service does not say it."),
            advice=_("Give it as --domain, or write it into the account's settings."),
        )
    return terminal.ask(_("Domain (the SIP server, as the service names it): "))


def ask_password(username: str) -> str:
    """Ask for a password without echo, or read it from standard input as a line; blanks around it are its own."""
    if terminal.on_a_terminal():
        password = terminal.ask_hidden(_("Password of {username}: ", username=username))
    else:
        password = (sys.stdin.readline() if sys.stdin is not None else "").removesuffix("\n").removesuffix("\r")
    if not password:
        raise BadInput(
            _("The password is missing: nothing was entered."), advice=_("Give it as a line of standard input.")
        )
    return password
