"""`voipdesk customers create`: opens a customer, the smallest there can be or all that a file says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.cli.customer_file import read_fields, text_field
from voipdesk.cli.customer_text import json_customer, show_customer
from voipdesk.cli.session import account_with, acting, open_desk, unlock
from voipdesk.core.customers import HasCustomers, NewCustomer
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add(
        "--name", metavar="X", help=_("unique on the whole platform, for good (default: a random one is made and told)")
    )
    add("--contact-name", metavar="Y", help=_("who to ask for there; not needed when the file says it"))
    add("--phone", metavar="NUMBER")
    add(
        "--from-file",
        type=Path,
        metavar="FILE.json",
        help=_(
            "further fields under the service's own names, such as users, addresses and store; a user's password "
            "is asked for when it is not in the file; the options above go before the file"
        ),
    )


async def run(options: argparse.Namespace) -> int:
    """Open it, once, and print it as the service has it."""
    fields = read_fields(options.from_file) if options.from_file else {}
    contact_name = options.contact_name or text_field(fields, "contact_name")
    if not contact_name.strip():
        raise BadInput(_("The customer needs a contact name."), advice=_("Give it with --contact-name."))
    name = options.name or text_field(fields, "name")
    phone = options.phone or text_field(fields, "phone")
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasCustomers, _("customers"))
        await unlock(desk, account, options)
        more = _with_passwords(fields)
        if not name.strip():
            name = desk.customers.random_name()
            output.note(_("The customer's name is {name}.", name=name))
        with acting(_("Interrupted: “{name}” may be open; “voipdesk customers show” tells.", name=name)):
            customer = await desk.customers.create(account, NewCustomer(name, contact_name, phone, more=more))
    if options.format == "json":
        output.show_json(json_customer(customer, reveal=options.reveal))
    else:
        output.say(_("The customer “{customer}” is open.", customer=customer.name))
        show_customer(account, customer, store=customer.store, balance=customer.balance, reveal=options.reveal)
    return 0


def _with_passwords(fields: dict[str, object]) -> dict[str, object]:
    """Ask for the passwords of users that have none in the file."""
    users = fields.get("users")
    if not isinstance(users, list):
        return fields
    return {**fields, "users": [_with_password(user) if isinstance(user, dict) else user for user in users]}


def _with_password(user: dict[str, object]) -> dict[str, object]:
    if user.get("password"):
        return user
    name = text_field(user, "name")
    question = _("Password for {user}: ", user=name) if name else _("Password for the user: ")
    password = terminal.ask_hidden(question) if terminal.on_a_terminal() else ""
    if not password:
        raise BadInput(
            _("{user} has no password in the file, and none was entered.", user=name)
            if name
            else _("the user has no password in the file, and none was entered."),
            advice=_("Run it on a terminal to enter one."),
        )
    return {**user, "password": password}
