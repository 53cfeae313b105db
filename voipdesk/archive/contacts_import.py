"""Taking over a file of contacts: made ready in tables of its own, compared, and then taken over in one transaction.

Sets of rows are compared and moved by the database alone: taking over 50,000 contacts holds the archive's thread for
less than a second, and the interpreter for none of it.
"""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, select, text, update

from voipdesk.archive import contacts_sql as sql
from voipdesk.archive import contacts_write as writing
from voipdesk.archive import sqlite
from voipdesk.archive.contacts_query import count, read_contact
from voipdesk.archive.search_index import encodable
from voipdesk.archive.tables import (
    contact_cards,
    contact_imports,
    contact_sources,
    contact_staged,
    contact_staged_numbers,
)
from voipdesk.core.contacts import Change, Contact, ImportCounts
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from voipdesk.core.contact_keys import NumberKeys

_OLD_MS = 24 * 3600 * 1000
_DONE = 0
"""As the time of its begin: it is taken over, and may be cleared away."""
BY_UID = "uid:"
"""What the keys of records that have an id begin with."""


class Staged(NamedTuple):
    """A record of a file, made ready."""

    key: str
    place: int
    uid: str
    content: bytes
    same: bytes
    sort: str
    folded: str
    data: str
    numbers: Sequence[NumberKeys]


def begin(connection: Connection, import_id: str) -> None:
    """Begin an import, and clear away those that were left behind."""
    now = int(time() * 1000)
    old = select(contact_imports.c.id).where(contact_imports.c.begun_at < now - _OLD_MS)
    for id_ in connection.execute(old).scalars().all():
        while not drop(connection, id_):
            pass
    connection.execute(insert(contact_imports).values(id=import_id, begun_at=now))


def stage(connection: Connection, import_id: str, rows: Sequence[Staged]) -> None:
    """Put some records into the import."""
    fields = ("import_id", *Staged._fields[:-1])
    sqlite.insert_many(connection, contact_staged, fields, [(import_id, *row[:-1]) for row in rows])
    numbers = [(import_id, row.key, *keys) for row in rows for keys in dict.fromkeys(row.numbers) if any(keys)]
    columns = ("import_id", "key", "exact", "national", "certain")
    sqlite.insert_many(connection, contact_staged_numbers, columns, numbers)


def drop(connection: Connection, import_id: str, most: int = 5_000) -> bool:
    """Forget an import, so many records at a time; tells whether it is all gone."""
    some = select(contact_staged.c.key).where(contact_staged.c.import_id == import_id).limit(most)
    keys = connection.execute(some).scalars().all()
    for table in (contact_staged, contact_staged_numbers):
        of_key = delete(table).where(table.c.import_id == import_id, table.c.key == bindparam("of"))
        if keys:
            connection.execute(of_key, [{"of": key} for key in keys])
    if len(keys) == most:
        return False
    connection.execute(delete(contact_imports).where(contact_imports.c.id == import_id))
    return True


def likely_source(connection: Connection, import_id: str) -> int | None:
    """Find the source that half of the import's ids are of: this file is a newer copy of that one."""
    of_each = text("SELECT count(*) FROM contact_staged WHERE import_id = :i AND key LIKE 'uid:%'")
    total = connection.execute(of_each, {"i": import_id}).scalar_one()
    shared = text(
        "SELECT count(*) FROM contact_staged AS st JOIN contact_cards AS c ON c.source = :s AND c.key = st.key "
        "WHERE st.import_id = :i AND st.key LIKE 'uid:%'"
    )
    best, found = total / 2, None
    for id_ in connection.execute(select(contact_sources.c.id).where(contact_sources.c.place != "")).scalars().all():
        count = connection.execute(shared, {"i": import_id, "s": id_}).scalar_one()
        if total and count >= best:
            best, found = count, id_
    return found


def counts(connection: Connection, import_id: str, source: int, unreadable: int) -> ImportCounts:
    """Count what taking the import over will do to a source."""

    def count_of(where: str) -> int:
        return int(connection.execute(text(f"SELECT count(*) {where}"), {"i": import_id, "s": source}).scalar_one())

    found = {kind.value: count_of(sql.STAGED + where) for kind, where in sql.KINDS.items()}
    changed = f"{sql.CARD} AND c.content <> st.content"  # NON-NLS
    touched = f"{sql.STAGED} EXISTS ({changed} AND (c.mine IS NOT NULL OR c.hidden))"  # NON-NLS
    removed = count_of(f"{sql.GONE} AND NOT c.hidden")  # NON-NLS
    return ImportCounts(**found, removed=removed, kept=count_of(touched), unreadable=unreadable)


def examples(connection: Connection, import_id: str, source: int, each: int) -> list[tuple[Change, Contact]]:
    """Read some of the records of every kind, in the order of the file."""
    given = {"i": import_id, "s": source, "limit": each}
    rows: list[tuple[Change, Contact]] = []
    for kind, where in sql.KINDS.items():
        found = connection.execute(text(f"SELECT st.data {sql.STAGED}{where} ORDER BY st.place LIMIT :limit"), given)
        rows += [(kind, read_contact(data)) for data in found.scalars()]
    gone = connection.execute(text(f"SELECT c.data {sql.GONE} AND NOT c.hidden ORDER BY c.id LIMIT :limit"), given)
    return [*rows, *((Change.REMOVED, read_contact(data)) for data in gone.scalars())]


class Reading(NamedTuple):
    """What is noted of a source once it was read."""

    place: str
    format: str
    fingerprint: str


def take_over(connection: Connection, import_id: str, reading: Reading, source: int | None, *, remove: bool) -> None:
    """Take an import over into a source, a new one for None; `remove` what has vanished from it, too.

    What was made ready stays for `drop` to clear away, which takes its time.
    """
    ready = contact_imports.c.id == import_id, contact_imports.c.begun_at != _DONE
    if not connection.execute(update(contact_imports).where(*ready).values(begun_at=_DONE)).rowcount:
        raise BadInput(_("What was read of this file is not there any more."), advice=_("Read it again."))
    if source is None:
        source = writing.source_at(connection, reading.place) or writing.new_source(connection, reading.place)
    own = writing.own_source(connection)
    last = connection.execute(text("SELECT coalesce(max(id), 0) FROM contacts")).scalar_one()
    given: dict[str, Any] = {"i": import_id, "s": source, "own": own, "no": False, "last": last}

    def do(statement: str) -> Any:  # noqa: ANN401 - rows of several shapes
        return connection.execute(text(statement), given)

    touched = list(do(sql.OF_CHANGED).scalars())
    do(sql.UPDATE)
    do(sql.INSERT)
    if remove:
        touched += do(f"SELECT DISTINCT c.contact {sql.GONE} AND c.contact IS NOT NULL").scalars()
        do(sql.KEEP)
        do(sql.DELETE)
    if do(sql.CONTACTS).rowcount:
        do(sql.NUMBERS)
    do(sql.JOIN)
    touched += do(sql.DIFFERENT).scalars()
    writing.refresh(connection, touched)
    note(connection, source, reading)


def note(connection: Connection, source: int, reading: Reading) -> None:
    """Note that a source was read, and as what."""
    values = {"place": encodable(reading.place), "format": reading.format, "fingerprint": reading.fingerprint}
    other = (contact_sources.c.place == values["place"]) & (contact_sources.c.id != source)
    if connection.execute(select(contact_sources.c.id).where(other)).scalar() is not None:
        del values["place"]  # a newer copy of one source stands where another one is
    row = update(contact_sources).where(contact_sources.c.id == source)
    connection.execute(row.values(read_at=int(time() * 1000), problem="", **values))


def note_problem(connection: Connection, place: str, problem: str, fingerprint: str) -> None:
    """Note why a source could not be read, as it looked then; "" when it can be."""
    source = writing.source_at(connection, place) or writing.new_source(connection, place)
    values = {"problem": encodable(problem), "fingerprint": fingerprint}
    connection.execute(update(contact_sources).where(contact_sources.c.id == source).values(**values))


def forget_source(connection: Connection, source: int) -> int:
    """Delete a source and what came from it; what the user changed is kept. Tells how many contacts went."""
    given = {"i": "", "s": source, "own": writing.own_source(connection)}
    before = count(connection)
    touched = list(
        connection.execute(
            select(contact_cards.c.contact).where(
                contact_cards.c.source == source, contact_cards.c.contact.is_not(None)
            )
        ).scalars()
    )
    connection.execute(text(sql.KEEP), given)
    connection.execute(text(sql.DELETE), given)
    writing.refresh(connection, touched)
    connection.execute(delete(contact_sources).where(contact_sources.c.id == source))
    return before - count(connection)
