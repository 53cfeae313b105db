"""Rows of the journal of credit transfers, within the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from voipdesk.archive.search_index import encodable
from voipdesk.archive.tables import credit_transfers as journal
from voipdesk.core.credit import Balances, CreditOutcome, CreditTransfer

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, Row


def begin(
    connection: Connection, transfer: CreditTransfer, since: datetime, ended: Collection[str]
) -> CreditTransfer | None:
    """Insert the first row, or give the transfer that is in the way; in one transaction, so that one of two wins."""
    open_ = (
        select(func.max(journal.c.id))
        .where(journal.c.account_id == transfer.account_id, journal.c.transfer.not_in(list(ended)))
        .group_by(journal.c.transfer)
        .having(func.count() == 1, func.max(journal.c.at) >= since)
    )
    row = connection.execute(select(journal).where(journal.c.id.in_(open_)).limit(1)).one_or_none()
    if row is not None:
        return _read(row)
    add(connection, transfer)
    return None


def add(connection: Connection, transfer: CreditTransfer) -> None:
    """Insert a row that says all of a transfer."""
    connection.execute(insert(journal).values(**_row(transfer)))


def recent(connection: Connection, account_id: str | None, customer_id: str | None, limit: int) -> list[CreditTransfer]:
    """Read the last row of each transfer, in the order they were begun, newest first."""
    begun = select(func.min(journal.c.id).label("first"), func.max(journal.c.id).label("last"))
    if account_id is not None:
        begun = begun.where(journal.c.account_id == account_id)
    if customer_id is not None:
        begun = begun.where(journal.c.customer_id == customer_id)
    newest = begun.group_by(journal.c.transfer).order_by(func.min(journal.c.id).desc()).limit(limit).subquery()
    rows = connection.execute(
        select(journal).join(newest, journal.c.id == newest.c.last).order_by(newest.c.first.desc())
    )
    return [_read(row) for row in rows]


def _row(transfer: CreditTransfer) -> dict[str, object]:
    before, after = transfer.before, transfer.after
    return {
        "transfer": transfer.id,
        "account_id": transfer.account_id,
        "account_name": encodable(transfer.account_name),
        "customer_id": encodable(transfer.customer_id),
        "customer_name": encodable(transfer.customer_name),
        "amount": transfer.amount,
        "at": transfer.at,
        "by": encodable(transfer.by),
        "outcome": transfer.outcome.value,
        "text": encodable(transfer.text),
        "before_own": before.own if before else None,
        "before_customer": before.customer if before else None,
        "before_at": before.at if before else None,
        "after_own": after.own if after else None,
        "after_customer": after.customer if after else None,
        "after_at": after.at if after else None,
    }


def _read(row: Row[Any]) -> CreditTransfer:
    return CreditTransfer(
        id=row.transfer,
        account_id=row.account_id,
        customer_id=row.customer_id,
        customer_name=row.customer_name,
        amount=row.amount,
        at=row.at,
        by=row.by,
        outcome=CreditOutcome(row.outcome),
        text=row.text,
        before=Balances(row.before_own, row.before_customer, row.before_at) if row.before_at else None,
        after=Balances(row.after_own, row.after_customer, row.after_at) if row.after_at else None,
        account_name=row.account_name,
    )
