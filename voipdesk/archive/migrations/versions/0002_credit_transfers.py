"""The journal of credit transfers."""

import sqlalchemy as sa
from alembic import op

from voipdesk.archive import sqlite

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table, its index and its triggers."""
    op.create_table(
        "credit_transfers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("transfer", sa.String(32), nullable=False),
        sa.Column("account_id", sa.Text, nullable=False),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("customer_id", sa.Text, nullable=False),
        sa.Column("customer_name", sa.Text, nullable=False),
        sa.Column("amount", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("before_own", sa.Text),
        sa.Column("before_customer", sa.Text),
        sa.Column("before_at", sa.BigInteger),
        sa.Column("after_own", sa.Text),
        sa.Column("after_customer", sa.Text),
        sa.Column("after_at", sa.BigInteger),
        sa.UniqueConstraint("transfer", "outcome"),
        sqlite_autoincrement=True,
    )
    op.create_index("credit_transfers_by_account", "credit_transfers", ["account_id", "customer_id"])
    sqlite.append_only(op.get_bind(), "credit_transfers")
