"""`voipdesk customers edit`: shows what is to change, asks, and says what the service made of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.cli import output, terminal
from voipdesk.cli.changes import tell_changes
from voipdesk.cli.customer_text import json_customer
from voipdesk.cli.session import account_with, acting, open_desk, unlock
from voipdesk.core.customers import HasCustomers
from voipdesk.core.errors import BadInput, Refused
from voipdesk.core.language import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from voipdesk.core.customers import Customer, Store


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument
    add("name", metavar="NAME", help=_("the customer's name"))
    add("--contact-name", metavar="Y")
    add("--phone", metavar="NUMBER")
    add("--allow-outbound", choices=("yes", "no"), help=_("whether it may call out"))
    add("--store", metavar="STORE", help=_("the store's name or id, as “voipdesk stores list” shows them"))
    add("--yes", action="store_true", help=_("do not ask"))


async def run(options: argparse.Namespace) -> int:
    """Read it, change it, read it back."""
    terminal.check_can_ask(yes=options.yes)
    if all(v is None for v in (options.contact_name, options.phone, options.allow_outbound, options.store)):
        raise BadInput(_("Nothing is to be changed."), advice=_("Say what, such as --contact-name."))
    async with open_desk(options) as desk:
        account = account_with(desk, options.account, HasCustomers, _("customers"))
        await unlock(desk, account, options)
        before = await desk.customers.find(account, options.name)
        stores = await desk.customers.stores(account) if options.store is not None else ()
        after = _changed(before, options, stores)
        changes = desk.customers.changes(before, after, stores)
        tell_changes(_("These are to change:") if changes else _("It is so already; nothing was sent."), changes)
        if not changes:
            _show(before, options)
            return 0
        if not options.yes:
            terminal.check_says_yes(_("Change “{customer}” of {account}?", customer=before.name, account=account.name))
        with acting(_("Interrupted: “{name}” may be changed; “voipdesk customers show” tells.", name=before.name)):
            edited = await desk.customers.edit(account, before, after)
    if edited.also_changed:
        tell_changes(_("The service changed more than that:"), edited.also_changed)
    _show(edited.customer, options)
    if edited.not_taken:
        tell_changes(_("The service did not take:"), edited.not_taken)
        raise Refused(_("The service did not take every change."))
    if options.format == "table":
        output.say(_("“{name}” is changed, and reads back so.", name=edited.customer.name))
    return 0


def _show(customer: Customer, options: argparse.Namespace) -> None:
    if options.format == "json":
        output.show_json(json_customer(customer, reveal=options.reveal))


def _changed(before: Customer, options: argparse.Namespace, stores: Sequence[Store]) -> Customer:
    after = before
    if options.contact_name is not None:
        after = replace(after, contact_name=options.contact_name)
    if options.phone is not None:
        after = replace(after, phone=options.phone)
    if options.allow_outbound is not None:
        after = replace(after, allow_outbound=options.allow_outbound == "yes")
    if options.store is not None:
        after = replace(after, store=_store_id(options.store, stores))
    return after


def _store_id(text: str, stores: Sequence[Store]) -> str:
    """Find a store by its id, or by a name that only one has; "" stays what it is, none."""
    wanted = text.strip().casefold()
    found = [store.id for store in stores if wanted in {store.id.casefold(), store.name.strip().casefold()}]
    if wanted and len(found) != 1:
        raise BadInput(
            _("There are several stores “{text}”.", text=text)
            if found
            else _("There is no store “{text}”.", text=text),
            advice=_("“voipdesk stores list” shows them; an id is never ambiguous."),
        )
    return found[0] if wanted else ""
