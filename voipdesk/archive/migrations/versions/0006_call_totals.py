"""The totals of the whole log, in a row of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_SUM_UP = """
INSERT INTO call_totals
SELECT count(*), coalesce(sum(CASE WHEN outcome IN (1, 4, 5) THEN 1 ELSE 0 END), 0), coalesce(sum(talk_s), 0)
FROM calls
"""


def upgrade() -> None:
    """Add the table, and sum up what is there."""
    op.create_table(
        "call_totals",
        sa.Column("calls", sa.BigInteger, nullable=False),
        sa.Column("missed", sa.BigInteger, nullable=False),
        sa.Column("talk_s", sa.BigInteger, nullable=False),
    )
    op.execute(_SUM_UP)
