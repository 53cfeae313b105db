"""Finding parties by any part of their name or number: what is indexed, how typed text is read, how it is looked up."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

_NUMBER = re.compile(r"[+(]?[\d\s().\-/+]*\d[\d\s().\-/]*")
_SEPARATORS = re.compile(r"\D+")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]+")
_TRUNK = re.compile(r"^\s*(\+|00)(.*?)\(0\)")
_PREFIX = re.compile(r"^(00|0)(?=\d)")
_END = "\n\n"
"""Closes an indexed text, so that its last one and two characters begin a trigram too."""
_GRAMS = 64


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
    "CREATE VIRTUAL TABLE parties_index USING fts5("
    "folded, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1')",
    # The index's own list of trigrams: finds texts of one or two characters as the beginning of a trigram.
    "CREATE VIRTUAL TABLE parties_grams USING fts5vocab(parties_index, instance)",
)
_FOUND = (
    "CREATE TEMP TABLE IF NOT EXISTS found_parties (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS found_lines (id INTEGER PRIMARY KEY)",
    "DELETE FROM found_parties",
    "DELETE FROM found_lines",
)


def create(connection: Connection) -> None:
    """Make the trigram index over `parties.folded`."""
    for statement in _TABLES:
        connection.exec_driver_sql(statement)


def add(connection: Connection, parties: Iterable[tuple[int, str]]) -> None:
    """Index parties that are new, as pairs of id and folded text."""
    connection.exec_driver_sql(
        "INSERT INTO parties_index (rowid, folded) VALUES (?, ?)", [(id_, folded + _END) for id_, folded in parties]
    )


def find(connection: Connection, texts: Iterable[str], most: int) -> int:
    """Fill the temporary tables `found_parties` and `found_lines` with what has one of the texts; count the parties.

    Stops at `most` parties: then a text is so common that the newest calls are found sooner by walking the log.
    """
    for statement in _FOUND:
        connection.exec_driver_sql(statement)
    for text in texts:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO found_lines SELECT id FROM lines WHERE instr(folded, ?)", (text,)
        )
        statement, values = _lookup(text)
        connection.exec_driver_sql(f"INSERT OR IGNORE INTO found_parties {statement} LIMIT ?", (*values, most))
    return int(connection.exec_driver_sql("SELECT count(*) FROM found_parties").scalar_one())


def _lookup(text: str) -> tuple[str, tuple[str, ...]]:
    if len(text) < 3:
        after = text[:-1] + chr(min(ord(text[-1]) + 1, 0x10FFFF))
        return "SELECT DISTINCT doc FROM parties_grams WHERE term >= ? AND term < ?", (text, after)
    grams = dict.fromkeys(text[n : n + 3] for n in range(min(len(text) - 2, _GRAMS)))
    match = " AND ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
    if len(grams) == 1:
        return "SELECT rowid FROM parties_index WHERE parties_index MATCH ?", (match,)
    return (
        "SELECT id FROM parties_index JOIN parties ON id = parties_index.rowid "
        "WHERE parties_index MATCH ? AND instr(parties.folded, ?)",
        (match, text),
    )


def forget_calls(connection: Connection, account: int) -> None:
    """Delete an account's calls, and the parties that no call has any more."""
    connection.exec_driver_sql(
        "DELETE FROM calls WHERE line_id IN (SELECT id FROM lines WHERE account = ?)", (account,)
    )
    orphans = connection.exec_driver_sql(
        "SELECT id, folded FROM parties AS p WHERE NOT EXISTS (SELECT 1 FROM calls WHERE caller_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM calls WHERE called_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM calls WHERE answered_by_id = p.id)"
    )
    for rows in orphans.partitions(1000):
        connection.exec_driver_sql(
            "INSERT INTO parties_index (parties_index, rowid, folded) VALUES ('delete', ?, ?)",
            [(row.id, row.folded + _END) for row in rows],
        )
    connection.exec_driver_sql(
        "DELETE FROM parties AS p WHERE NOT EXISTS (SELECT 1 FROM calls WHERE caller_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM calls WHERE called_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM calls WHERE answered_by_id = p.id)"
    )
