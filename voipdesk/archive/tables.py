"""The tables of the archive, as portable SQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as milliseconds since 1970 in UTC."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002, D102 - the base's
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102 - the base's
        return None if value is None else _EPOCH + value * _MS


class Amount(TypeDecorator[Decimal]):
    """An amount of money, kept as text: exact to the last decimal it was given with."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102 - the base's
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002, D102 - the base's
        return None if value is None else Decimal(value)


def to_ms(value: datetime) -> int:
    """Give an aware datetime as milliseconds since 1970 in UTC."""
    return (value - _EPOCH) // _MS


metadata = MetaData()

schema_version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))

accounts = Table(
    "accounts",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
)


def _account() -> Column[int]:
    return Column("account", ForeignKey("accounts.key"), nullable=False)


lines = Table(
    "lines",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("source", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    UniqueConstraint("account", "source", "name"),
)
"""The users, queues and ring groups in whose logs calls stand."""

parties = Table(
    "parties",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    UniqueConstraint("number", "name"),
)
"""Every distinct pair of number and name at an end of a call; who answered is a pair without a number."""

calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", LargeBinary(16), nullable=False, unique=True),
    # No foreign keys: checking four of them doubles what a row costs to write, and one module writes here.
    Column("line_id", Integer, nullable=False),
    Column("caller_id", Integer, nullable=False),
    Column("called_id", Integer, nullable=False),
    Column("answered_by_id", Integer),
    Column("direction", SmallInteger, nullable=False),
    Column("outcome", SmallInteger, nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("answered_at", BigInteger),
    Column("finished_at", BigInteger),
    Column("duration_s", Integer),
    Column("talk_s", Integer),
)
"""The `_id` columns are keys of `lines` and `parties`. The fingerprint is the digest of account, source, the fields
that never change and the ordinal among equals."""

Index(
    "calls_by_time",
    *(calls.c.started_at, calls.c.id),
    # All that a filter and the totals look at, so that a walk through the log stays in the index.
    *(calls.c.line_id, calls.c.caller_id, calls.c.called_id, calls.c.answered_by_id),
    *(calls.c.direction, calls.c.outcome, calls.c.talk_s),
)
Index("calls_by_line", calls.c.line_id, calls.c.started_at)
Index("calls_by_caller", calls.c.caller_id, calls.c.started_at)
Index("calls_by_called", calls.c.called_id, calls.c.started_at)
Index("calls_by_answerer", calls.c.answered_by_id, calls.c.started_at)
Index("calls_by_outcome", calls.c.outcome, calls.c.started_at)

call_totals = Table(
    "call_totals",
    metadata,
    Column("calls", BigInteger, nullable=False),
    Column("missed", BigInteger, nullable=False),
    Column("talk_s", BigInteger, nullable=False),
)
"""One row: the totals of all calls, kept up to date by whoever writes or deletes some."""

seen_calls = Table(
    "seen_calls",
    metadata,
    Column("fingerprint", LargeBinary(16), primary_key=True),
    Column("started_at", BigInteger, nullable=False),
)
"""Unanswered calls that somebody has seen; by fingerprint, since the ids of deleted calls are given again."""

unreadable_rows = Table(
    "unreadable_rows",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("source", String(16), nullable=False),
    Column("digest", LargeBinary(16), nullable=False),
    Column("raw", Text, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("account", "source", "digest"),
)

sync_days = Table(
    "sync_days",
    metadata,
    Column("account", ForeignKey("accounts.key"), primary_key=True),
    Column("source", String(16), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("read_at", Instant, nullable=False),
    Column("complete", Boolean, nullable=False),
)

sync_sources = Table(
    "sync_sources",
    metadata,
    Column("account", ForeignKey("accounts.key"), primary_key=True),
    Column("source", String(16), primary_key=True),
    Column("refreshed_at", Instant),
    Column("begins", Date),
)
"""`begins`: this day and all before it are complete, since the log has nothing older."""

requests = Table(
    "requests",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("sent_at", Instant, nullable=False),
    Index("requests_by_time", "account", "sent_at"),
    sqlite_autoincrement=True,  # a refund must never hit a later request
)

quotas = Table(
    "quotas",
    metadata,
    Column("account", ForeignKey("accounts.key"), primary_key=True),
    Column("requests", Integer, nullable=False),
    Column("window_s", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    Column("told_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

budget_closures = Table(
    "budget_closures",
    metadata,
    Column("account", ForeignKey("accounts.key"), primary_key=True),
    Column("closed_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
)

dials = Table(
    "dials",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("number", Text, nullable=False),
    Column("my_number", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)

status_samples = Table(
    "status_samples",
    metadata,
    Column("id", Integer, primary_key=True),
    _account(),
    Column("at", Instant, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("accepted", Boolean),
    Column("latency_ms", Integer),
    Column("summary", Text, nullable=False),
    Index("status_samples_by_account", "account", "id"),
)

credit_transfers = Table(
    "credit_transfers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("transfer", String(32), nullable=False),
    # The account by id and name, not by its key: the journal stays when the account is deleted.
    Column("account_id", Text, nullable=False),
    Column("account_name", Text, nullable=False),
    Column("customer_id", Text, nullable=False),
    Column("customer_name", Text, nullable=False),
    Column("amount", Amount, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", Text, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("text", Text, nullable=False),
    *(Column(f"before_{side}", Amount) for side in ("own", "customer")),
    Column("before_at", Instant),
    *(Column(f"after_{side}", Amount) for side in ("own", "customer")),
    Column("after_at", Instant),
    UniqueConstraint("transfer", "outcome"),
    Index("credit_transfers_by_account", "account_id", "customer_id"),
    sqlite_autoincrement=True,
)
"""Two rows for each transfer, which say all of it: one before it is sent, one with its outcome. Rows are only added;
triggers refuse all else (`sqlite.append_only`)."""

contact_sources = Table(
    "contact_sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", Text, nullable=False, unique=True),
    Column("is_folder", Boolean, nullable=False),
    Column("format", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("read_at", BigInteger),
    Column("problem", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""The files and watched folders that contacts come from; `place` is a path, or "" for what is entered by hand."""

contacts = Table(
    "contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("same", LargeBinary(16), nullable=False, unique=True),
    Column("sort", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("data", Text, nullable=False),
    # In the order of names, with all that a search looks at, so that it stays in the index.
    Index("contacts_by_name", "sort", "id", "folded"),
    sqlite_autoincrement=True,  # whoever holds an id must never find another contact by it
)
"""What is shown: one row for all cards that are exactly the same, with everything that one of them says."""

contact_cards = Table(
    "contact_cards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("uid", Text, nullable=False),
    Column("contact", Integer),
    Column("content", LargeBinary(16), nullable=False),
    Column("same", LargeBinary(16), nullable=False),
    Column("data", Text, nullable=False),
    Column("mine", Text),
    Column("hidden", Boolean, nullable=False),
    UniqueConstraint("source", "key"),
    Index("contact_cards_by_contact", "contact"),
    sqlite_autoincrement=True,  # what takes a change back must never hit a later card
)
"""One row for each record of each source: `data` as it says, `mine` as the user changed it, hidden when they removed
it. `same` is that of what is shown; the contact is none while it is hidden."""

contact_numbers = Table(
    "contact_numbers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact", Integer, nullable=False),
    Column("exact", Text, nullable=False),
    Column("national", Text, nullable=False),
    Column("certain", Boolean, nullable=False),
    Index("contact_numbers_by_contact", "contact"),
    Index("contact_numbers_exact", "exact", "contact"),
    Index("contact_numbers_national", "national", "contact"),
)

contact_numbering = Table("contact_numbering", metadata, Column("region", String(2), primary_key=True))
"""The country (one row) that the numbers in `contact_numbers` without a country code were read in."""

contact_imports = Table(
    "contact_imports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("begun_at", BigInteger, nullable=False),
)
"""Files that are read and not taken over yet; what a program that was killed left behind is cleared away later."""

contact_staged = Table(
    "contact_staged",
    metadata,
    Column("import_id", String(32), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("uid", Text, nullable=False),
    Column("content", LargeBinary(16), nullable=False),
    Column("same", LargeBinary(16), nullable=False),
    Column("sort", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index("contact_staged_same", "import_id", "same"),
)

contact_staged_numbers = Table(
    "contact_staged_numbers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", String(32), nullable=False),
    Column("key", Text, nullable=False),
    Column("exact", Text, nullable=False),
    Column("national", Text, nullable=False),
    Column("certain", Boolean, nullable=False),
    Index("contact_staged_numbers_by_key", "import_id", "key"),
)
