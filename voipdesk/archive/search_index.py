"""Finding parties by any part of their name or number: what is indexed, how typed text is read, how it is looked up."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from voipdesk.archive import sqlite

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection

    Execute = Callable[..., sqlite3.Cursor]

_NUMBER = re.compile(r"[+\s().\-/]*\d[+\d\s().\-/]*")  # no two ways to read a text: quick on any length
_SEPARATORS = re.compile(r"\D+")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]+")
_TRUNK = re.compile(r"^\s*(\+|00)(.*?)\(0\)")
_PREFIX = re.compile(r"^(00|0)(?=\d)")
_END = "\n\n"
"""Closes an indexed text, so that its last one and two characters begin a trigram too."""
_GRAM = 3
_MOST_GRAMS = 64
_MOST_SHORT = 5_000
_MOST_READ = 4_000
"""Parties found by their trigrams up to this number are read, to leave out those that have them in other places."""
_LAST = "\U0010ffff"


def fold(text: str) -> str:
    """Give a text in the form in which texts are compared: composed, without case, one space for any white space."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return encodable(_UNPRINTABLE.sub(" ", plain))


def encodable(text: str) -> str:
    """Give a text that can be stored: a lone half of a pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def fold_party(number: str, name: str) -> str:
    """Give what a party is found by: its folded name and the digits of its number, which no typed text can span."""
    digits = _SEPARATORS.sub("", number) if _NUMBER.fullmatch(number) else fold(number)
    return f"{fold(name)}\n{digits}"


def alternatives(typed: str) -> tuple[str, ...]:
    """Give the texts, in folded form, of which a party must have one for the typed text; none when nothing was typed.

    A number is looked for by its digits without `+`, `00` or one trunk `0` in front, so "020 7946 0958" is found in
    "+442079460958". White space at either end means nothing.
    """
    folded = fold(typed).strip()
    if not folded:
        return ()
    if not _NUMBER.fullmatch(folded):
        return (folded,)
    digits = _SEPARATORS.sub("", _TRUNK.sub(r"\1\2", folded))
    stripped = _PREFIX.sub("", digits)
    # As typed too, for a name such as "Room 2-14"; not when the digits are found wherever the text is.
    return (stripped,) if stripped in folded else (stripped, folded)


_TABLES = (
    # Without a copy of the texts and without positions: a third of the size, and a third of what a sync pays.
    """CREATE VIRTUAL TABLE parties_index
    USING fts5(folded, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')""",
    # The index's own list of trigrams: finds texts of one or two characters as the beginning of a trigram.
    "CREATE VIRTUAL TABLE parties_grams USING fts5vocab(parties_index, instance)",
)
_LINES_WITH = "INSERT OR IGNORE INTO found_lines SELECT id FROM lines WHERE instr(folded, ?)"
_PARTIES_WITH = (
    "INSERT OR IGNORE INTO found_parties SELECT rowid FROM parties_index WHERE parties_index MATCH ? LIMIT ?"
)
_PARTIES_WITH_ALL = (
    "INSERT OR IGNORE INTO found_parties SELECT id FROM parties_index JOIN parties ON id = parties_index.rowid "
    "WHERE parties_index MATCH ? AND instr(parties.folded, ?) LIMIT ?"
)
_PARTIES_WITHOUT = (
    "DELETE FROM found_parties WHERE NOT EXISTS (SELECT 1 FROM parties WHERE parties.id = found_parties.id AND ({}))"
)
_MANY_BEGIN = "SELECT count(*) FROM (SELECT 1 FROM parties_grams WHERE term >= ? AND term <= ? LIMIT ?)"
_PARTIES_BEGIN = "INSERT OR IGNORE INTO found_parties SELECT doc FROM parties_grams WHERE term >= ? AND term <= ?"
_PARTIES = "SELECT count(*) FROM found_parties"
_LINES = "SELECT count(*) FROM found_lines"
_ORPHANS = """
SELECT id, folded FROM parties AS p
WHERE NOT EXISTS (SELECT 1 FROM calls WHERE caller_id = p.id)
AND NOT EXISTS (SELECT 1 FROM calls WHERE called_id = p.id)
AND NOT EXISTS (SELECT 1 FROM calls WHERE answered_by_id = p.id)
LIMIT 10000"""
_FOUND = (
    "CREATE TEMP TABLE found_parties (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE found_lines (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE deletions (at INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE found (texts TEXT, data_version INTEGER, parties INTEGER, lines INTEGER, exact INTEGER)",
)


_FORGET = ("DELETE FROM found", "DELETE FROM found_parties", "DELETE FROM found_lines")


class Found(NamedTuple):
    """How many parties and lines have a text; None when the parties are too many to be named."""

    parties: int | None
    lines: int
    exact: bool
    """False when some of the parties may have no more than a text's trigrams, not side by side."""


def create(connection: Connection) -> None:
    """Make the trigram index over `parties.folded`."""
    for statement in _TABLES:
        connection.exec_driver_sql(statement)


def prepare(connection: Connection) -> None:
    """Make the temporary tables in which an open archive keeps what was found last."""
    for statement in _FOUND:
        connection.exec_driver_sql(statement)


def add(connection: Connection, parties: Iterable[tuple[int, str]]) -> None:
    """Index parties that are new, as pairs of id and folded text."""
    forget_found(connection)
    connection.exec_driver_sql(
        "INSERT INTO parties_index (rowid, folded) VALUES (?, ?)", [(id_, folded + _END) for id_, folded in parties]
    )


def forget_found(connection: Connection) -> None:
    """Search anew next time: this process has added parties or lines."""
    connection.exec_driver_sql("DELETE FROM found")


def generation(connection: Connection) -> tuple[int, int]:
    """Give what changes when parties may have been deleted, here or by another process: keys seen before are void."""
    deletions = connection.exec_driver_sql("SELECT count(*) FROM deletions").scalar_one()
    return sqlite.data_version(connection), int(deletions)


def find(connection: Connection, texts: Sequence[str], most: int) -> Found:
    """Fill the temporary tables `found_parties` and `found_lines` with what has one of the texts.

    Beyond `most` parties it stops: the text is so common that the newest calls are found sooner by walking the log.
    What was found last is taken again as long as nobody has written, since page, totals and anchors ask in turn.
    """
    asked = "\n".join(texts), sqlite.data_version(connection)
    execute = sqlite.driver(connection).execute  # by SQLAlchemy each of these ten would take 0.05 ms more
    last = execute("SELECT parties, lines, exact FROM found WHERE texts = ? AND data_version = ?", asked).fetchone()
    if last:
        return Found(*last)
    for statement in _FORGET:
        execute(statement)
    found = _search(execute, texts, most)
    execute("INSERT INTO found VALUES (?, ?, ?, ?, ?)", (*asked, *found))
    return found


def found_ids(connection: Connection) -> tuple[list[int], list[int]]:
    """Read the ids of the parties and of the lines that were found last."""
    execute = sqlite.driver(connection).execute
    parties, lines = execute("SELECT id FROM found_parties"), execute("SELECT id FROM found_lines")
    return [id_ for (id_,) in parties], [id_ for (id_,) in lines]


def _search(execute: Execute, texts: Sequence[str], most: int) -> Found:
    exact = all(len(text) <= _GRAM for text in texts)
    for text in texts:
        if len(text) < _GRAM:
            beginning = text, text + _LAST * _GRAM
            if _count(execute, _MANY_BEGIN, *beginning, _MOST_SHORT) == _MOST_SHORT:
                return Found(None, 0, exact)
            execute(_PARTIES_BEGIN, beginning)
        else:
            grams = [text[n : n + _GRAM] for n in range(min(len(text) - _GRAM + 1, _MOST_GRAMS))]
            match = " AND ".join('"' + gram.replace('"', '""') + '"' for gram in dict.fromkeys(grams))
            if len(set(grams)) < len(grams):  # "9999" has the trigram of "999" alone, which finds far too much
                execute(_PARTIES_WITH_ALL, (match, text, most))
            else:
                execute(_PARTIES_WITH, (match, most))
        execute(_LINES_WITH, (text,))
    parties = _count(execute, _PARTIES)
    if parties >= most:
        return Found(None, 0, exact)
    if not exact and parties <= _MOST_READ:
        execute(_PARTIES_WITHOUT.format(" OR ".join("instr(folded, ?)" for _ in texts)), tuple(texts))
        parties, exact = _count(execute, _PARTIES), True
    return Found(parties, _count(execute, _LINES), exact)


def _count(execute: Execute, statement: str, *values: object) -> int:
    (count,) = execute(statement, values).fetchone()
    return int(count)


def forget_calls(connection: Connection, account: int) -> None:
    """Delete an account's calls, and the parties that no call has any more."""
    forget_found(connection)
    connection.exec_driver_sql(
        "DELETE FROM calls WHERE line_id IN (SELECT id FROM lines WHERE account = ?)", (account,)
    )
    connection.exec_driver_sql("INSERT INTO deletions DEFAULT VALUES")
    while rows := connection.exec_driver_sql(_ORPHANS).all():
        connection.exec_driver_sql(
            "INSERT INTO parties_index (parties_index, rowid, folded) VALUES ('delete', ?, ?)",
            [(row.id, row.folded + _END) for row in rows],
        )
        connection.exec_driver_sql("DELETE FROM parties WHERE id = ?", [(row.id,) for row in rows])
