"""Balances, and moving credit to a customer (Yay.com, VoIP API Beginners Guide Part 2; no I/O)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from voipdesk.core.credit import LEAST, shown_amount
from voipdesk.core.errors import BadInput, NotUnderstood
from voipdesk.core.language import _
from voipdesk.providers.exchange import Request
from voipdesk.providers.yay.wire import item_path, read_envelope
from voipdesk.providers.yay.wire_customers import PATH
from voipdesk.providers.yay.wire_fields import amount, raw_field

if TYPE_CHECKING:
    from voipdesk.providers.exchange import Answer

BALANCE_PATH = "/account/balance"
_MOST = Decimal(10) ** 12


def read_balance(answer: Answer) -> Decimal:
    """Read a balance, exactly; raise NotUnderstood where there is none."""
    raw = read_envelope(answer).result
    found = amount(raw_field(raw, "balance") if raw[:1] == b"{" else raw)
    if found is None:
        raise NotUnderstood(_("{host} answered with something that is no balance.", host=answer.host))
    return found


def move_request(customer_id: str, moved: Decimal) -> Request:
    """Move an amount from the account's balance to a customer's; BadInput for one that cannot be written exactly.

    A PUT of nothing but a balance adds that amount; it resets none of the customer's fields.
    """
    if not (moved.is_finite() and LEAST <= moved < _MOST and moved == round(moved, 3)):
        raise BadInput(
            _("{moved} cannot be moved.", moved=str(moved)[:40]),
            advice=_("Write {least} or more, to three decimals.", least=shown_amount(LEAST)),
        )
    return Request("PUT", item_path(PATH, customer_id), json={"balance": f"{moved:.3f}"}, acts=True)


def read_moved(answer: Answer) -> None:
    """Take the service's own yes or no; what somebody else answers in its place is NotUnderstood."""
    read_envelope(answer, own=True)
