"""The unanswered calls that somebody has seen."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "seen_calls",
        sa.Column("fingerprint", sa.LargeBinary(16), primary_key=True),
        sa.Column("started_at", sa.BigInteger, nullable=False),
    )
