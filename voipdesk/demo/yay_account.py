"""Yay's commands about accounts: the reseller itself, its customers and stores, and credit.

Source: Yay.com, VoIP API Beginners Guide Part 2; API documentation, "Sub Resellers".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from voipdesk.demo import yay_answers as answers
from voipdesk.demo.faults import Operation
from voipdesk.demo.yay_people import stores

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from voipdesk.demo.yay_asked import Asked


def only_moves_credit(body: bytes) -> bool:
    """Tell whether a PUT is no more than a transfer."""
    try:
        return set(msgspec.json.decode(body, type=dict[str, object])) == {"balance"}
    except msgspec.MsgspecError:
        return False


def _authenticated(asked: Asked) -> Response:
    return answers.wrapped(asked.reseller.details)


def _balance(asked: Asked) -> Response:
    reseller = asked.reseller
    if asked.owner and not reseller.switches.balance_for:
        raise answers.Refused(404)
    balance = reseller.customers.balance(asked.owner) if asked.owner else reseller.balance
    return answers.wrapped({"balance": float(balance) if reseller.switches.balance_number else f"{balance:.3f}"})


def _customers(asked: Asked) -> Response:
    customers, switches = asked.reseller.customers, asked.reseller.switches
    if not switches.customers_page:
        return answers.encoded(customers.listed(switches))
    page, size = asked.number("page", 1), min(asked.number("limit", switches.customers_page), switches.customers_page)
    return answers.wrapped({"count": len(customers), "page": page, "resellers": customers.page(page, size, switches)})


def _customer(asked: Asked) -> Response:
    customers, switches = asked.reseller.customers, asked.reseller.switches
    return answers.wrapped(customers.shown(asked.last, switches))


def _create(asked: Asked) -> Response:
    reseller = asked.reseller
    created = reseller.customers.create(asked.fields())
    reseller.created.append(created.name)
    return answers.wrapped(reseller.customers.shown(created.uuid, reseller.switches))


def _put(asked: Asked) -> Response:
    """Move credit, replace the customer, or both: whatever says `balance` moves that amount."""
    reseller, fields = asked.reseller, asked.fields()
    reseller.customers.get(asked.last)
    in_edit = bool(fields.keys() - {"balance"})
    if "balance" in fields:
        reseller.check_amount(fields["balance"])
    if in_edit or not fields:
        reseller.edited.append(reseller.customers.replace(asked.last, fields).name)
    if "balance" in fields:
        reseller.move_credit(asked.last, fields["balance"], in_edit=in_edit)
    return answers.wrapped(reseller.customers.shown(asked.last, reseller.switches))


def _stores(asked: Asked) -> Response:
    return answers.wrapped([msgspec.to_builtins(store) for store in stores(asked.reseller.seed)])


HANDLERS: dict[Operation, Callable[[Asked], Response]] = {
    Operation.AUTHENTICATED: _authenticated,
    Operation.BALANCE: _balance,
    Operation.CUSTOMERS: _customers,
    Operation.CUSTOMER: _customer,
    Operation.CREATE_CUSTOMER: _create,
    Operation.PUT_CUSTOMER: _put,
    Operation.MOVE_CREDIT: _put,
    Operation.STORES: _stores,
}
