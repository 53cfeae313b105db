"""The first tables. New files are made from the metadata, so there is nothing to do."""

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Nothing comes before the first tables."""
