"""The rows of the customers pane: customers and stores as records to be searched and sorted."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from voipdesk.core.language import _
from voipdesk.gui.widgets.record_model import Record, folded, found_by, one_line
from voipdesk.gui.words import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voipdesk.core.customers import Customer, Store

BY_CONTACT = 1
"""The column that people know a customer by: names are meant to be random."""
_SLICE_S = 0.004
"""How long rows are made ready before the window may draw again."""


def customer_headings() -> tuple[str, ...]:
    """Name the columns of the customers."""
    return _("Name"), _("Contact"), _("Phone"), _("Store"), _("Since")


def store_headings() -> tuple[str, ...]:
    """Name the columns of the stores."""
    return _("Name"), _("Domain"), _("Id")


def customer_record(customer: Customer, stores: Mapping[str, str]) -> Record:
    """Make a row of a customer; `stores` are names by id, and a store that is not among them is shown by its id."""
    since = customer.created_at.astimezone() if customer.created_at else None
    store = stores.get(customer.store, customer.store)
    cells = tuple(map(one_line, (customer.name, customer.contact_name, customer.phone, store)))
    shown = day(since.date()) if since else ""
    said = (
        cells[1] or cells[0],
        _("name {name}", name=cells[0]),
        _("phone {number}", number=cells[2]) if cells[2] else "",
        _("store {store}", store=cells[3]) if cells[3] else "",
        _("since {date}", date=shown) if shown else "",
    )
    return Record(
        customer.id,
        (*cells, shown),
        (*map(folded, cells), since.isoformat() if since else ""),
        found_by((customer.name, customer.contact_name, customer.id), (customer.phone,)),
        ", ".join(filter(None, said)),
    )


async def customer_records(customers: Iterable[Customer], stores: Mapping[str, str]) -> list[Record]:
    """Make all rows, a few at a time: thousands at once would stop the window."""
    records: list[Record] = []
    until = time.perf_counter() + _SLICE_S
    for customer in customers:
        records.append(customer_record(customer, stores))
        if time.perf_counter() > until:
            await asyncio.sleep(0)
            until = time.perf_counter() + _SLICE_S
    return records


def store_record(store: Store) -> Record:
    """Make a row of a store."""
    cells = tuple(map(one_line, (store.name, store.domain, store.id)))
    said = ", ".join(filter(None, (cells[0], _("domain {domain}", domain=cells[1]) if cells[1] else "")))
    return Record(store.id, cells, tuple(map(folded, cells)), found_by((store.name, store.domain, store.id)), said)
