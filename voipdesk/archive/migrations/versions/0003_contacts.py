"""Contacts: their sources, cards and numbers, and the tables in which an import is made ready."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables and their indexes."""
    op.create_table(
        "contact_sources",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.Text, nullable=False, unique=True),
        sa.Column("is_folder", sa.Boolean, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("read_at", sa.BigInteger),
        sa.Column("problem", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("same", sa.LargeBinary(16), nullable=False, unique=True),
        sa.Column("sort", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("contacts_by_name", "contacts", ["sort", "id", "folded"])
    op.create_table(
        "contact_cards",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("source", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("contact", sa.Integer),
        sa.Column("content", sa.LargeBinary(16), nullable=False),
        sa.Column("same", sa.LargeBinary(16), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("mine", sa.Text),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.UniqueConstraint("source", "key"),
        sqlite_autoincrement=True,
    )
    op.create_index("contact_cards_by_contact", "contact_cards", ["contact"])
    op.create_table(
        "contact_numbers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("contact", sa.Integer, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("national", sa.Text, nullable=False),
        sa.Column("certain", sa.Boolean, nullable=False),
    )
    op.create_index("contact_numbers_by_contact", "contact_numbers", ["contact"])
    op.create_index("contact_numbers_exact", "contact_numbers", ["exact", "contact"])
    op.create_index("contact_numbers_national", "contact_numbers", ["national", "contact"])
    op.create_table("contact_numbering", sa.Column("region", sa.String(2), primary_key=True))
    op.create_table(
        "contact_imports",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("begun_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "contact_staged",
        sa.Column("import_id", sa.String(32), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary(16), nullable=False),
        sa.Column("same", sa.LargeBinary(16), nullable=False),
        sa.Column("sort", sa.Text, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("contact_staged_same", "contact_staged", ["import_id", "same"])
    op.create_table(
        "contact_staged_numbers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("import_id", sa.String(32), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("exact", sa.Text, nullable=False),
        sa.Column("national", sa.Text, nullable=False),
        sa.Column("certain", sa.Boolean, nullable=False),
    )
    op.create_index("contact_staged_numbers_by_key", "contact_staged_numbers", ["import_id", "key"])
