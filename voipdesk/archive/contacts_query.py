"""Reading contacts: in the order of names, by any part of a name or number, by the number of a call."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, true

from voipdesk.archive import sqlite
from voipdesk.archive.search_index import encodable
from voipdesk.archive.tables import contact_cards as cards
from voipdesk.archive.tables import contact_numbering as numbering
from voipdesk.archive.tables import contact_numbers as numbers
from voipdesk.archive.tables import contact_sources as sources
from voipdesk.archive.tables import contacts
from voipdesk.core.contact_keys import folded
from voipdesk.core.contacts import Contact, ContactName, ContactSource, StoredContact, shared_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from voipdesk.core.contact_keys import NumberKeys

_AT_ONCE = 500
_KEPT, _MOST_KEPT = "numbers of contacts", 100  # NON-NLS
_MOST_WORDS = 100
"""Of a name; SQLite takes no expression of a thousand."""
_NUMBER = re.compile(r"[+\s().\-/]*\d[+\d\s().\-/]*")
_NO_DIGITS = re.compile(r"\D+")
_TRUNK = re.compile(r"^(?:00|0)(?=\d)")
_reader = msgspec.json.Decoder(Contact)


def read_contact(data: str) -> Contact:
    """Read a contact as the tables keep it."""
    return _reader.decode(data)


def count(connection: Connection) -> int:
    """Count the contacts."""
    return connection.execute(select(func.count()).select_from(contacts)).scalar_one()


def stamp(connection: Connection) -> tuple[int, int]:
    """Read the number of contacts and the newest id; a changed one has a new id, but for note and spelling."""
    newest = select(func.count(), func.coalesce(func.max(contacts.c.id), 0)).select_from(contacts)
    row = connection.execute(newest).one()
    return int(row[0]), int(row[1])


def find(connection: Connection, text: str) -> list[int]:
    """Read the ids of the contacts that have every word of a text, in the order of names; of all for an empty text."""
    found = select(contacts.c.id).where(_matches(text)).order_by(contacts.c.sort, contacts.c.id)
    return sqlite.first_column(connection, found)


def suggest(connection: Connection, text: str, limit: int) -> list[StoredContact]:
    """Read contacts that have a number: those whose name begins with the text first, then those with such a word."""
    typed = encodable(folded(text))
    begins = case(
        (func.substr(contacts.c.sort, 1, len(typed)) == typed, 0),
        (func.instr(contacts.c.sort, f" {typed}") > 0, 1),
        else_=2,
    )
    numbered = select(numbers.c.id).where(numbers.c.contact == contacts.c.id).exists()
    found = select(contacts.c.id).where(_matches(text), numbered).order_by(begins, contacts.c.sort).limit(limit)
    return page(connection, connection.execute(found).scalars().all())


def page(connection: Connection, ids: Sequence[int]) -> list[StoredContact]:
    """Read contacts by their ids, in their order; one that is gone is left out."""
    found: dict[int, StoredContact] = {}
    for some in _some(ids):
        uids: dict[int, str] = {}
        places: dict[int, list[str]] = {}
        of_cards = select(cards.c.contact, cards.c.uid, sources.c.place).join(sources, sources.c.id == cards.c.source)
        for row in connection.execute(of_cards.where(cards.c.contact.in_(some)).order_by(cards.c.id)):
            uids[row.contact] = uids.get(row.contact) or row.uid
            places.setdefault(row.contact, []).extend([row.place] if row.place else [])
        rows = connection.execute(select(contacts).where(contacts.c.id.in_(some)))
        for row in rows:
            uid = uids.get(row.id) or f"urn:voipdesk:{row.same.hex()}"
            from_ = tuple(dict.fromkeys(places.get(row.id, ())))
            found[row.id] = StoredContact(row.id, read_contact(row.data), uid, from_)
    return [found[id_] for id_ in ids if id_ in found]


def names(connection: Connection, keys: Mapping[str, NumberKeys]) -> dict[str, ContactName]:
    """Find whose the numbers are: by E.164, then by the national number where only one E.164 number has it.

    By the latter only where the country is not written on one of both sides.
    """
    exact = _owners(connection, numbers.c.exact, {each.exact for each in keys.values() if each.exact})
    left = {each.national for each in keys.values() if each.national and each.exact not in exact}
    national = _owners(connection, numbers.c.national, left)
    owners: dict[str, list[int]] = {}
    for number, each in keys.items():
        found = exact.get(each.exact) or [
            owner for owner in national.get(each.national, ()) if not (each.certain and owner.certain)
        ]
        if len({owner.exact for owner in found}) == 1:
            owners[number] = list(dict.fromkeys(owner.contact for owner in found))
    wanted = dict.fromkeys(id_ for ids in owners.values() for id_ in ids)
    data: dict[int, Contact] = {}
    for some in _some(list(wanted)):
        for row in connection.execute(select(contacts.c.id, contacts.c.data).where(contacts.c.id.in_(some))):
            data[row.id] = read_contact(row.data)
    return {
        number: ContactName(shared_name([data[id_] for id_ in ids]), ids[0])
        for number, ids in owners.items()
        if all(id_ in data for id_ in ids)
    }


class _Meant(NamedTuple):
    """A contact who may be meant by a name."""

    folded: str
    numbers: Sequence[str]


def numbers_of(connection: Connection, name: str, most: int) -> list[str]:
    """Read the national numbers, or the extensions, of the contacts who have a name; none when they are too many.

    Who was found is kept until contacts change: page and totals of the log ask in turn, and who is meant by a name is
    among those meant by its beginning, so that only the first letters look through all contacts.
    """
    kept: dict[tuple[str, int], list[_Meant] | None] = connection.info.setdefault(_KEPT, {})
    typed, version = encodable(folded(name)), sqlite.data_version(connection)
    if (typed, version) not in kept:
        of_beginnings = (meant for (text, at), meant in kept.items() if at == version and typed.startswith(text))
        few = min((meant for meant in of_beginnings if meant is not None), key=len, default=None)
        words = typed.split()
        if few is None:
            found = _have(connection, words, most)
        else:
            found = [each for each in few if all(word in each.folded for word in words)]
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[typed, version] = found
    return sorted({number for each in kept[typed, version] or () for number in each.numbers})


def forget_numbers(connection: Connection) -> None:
    """Look for numbers anew next time: this process has changed contacts."""
    connection.info.pop(_KEPT, None)


def _have(connection: Connection, words: Sequence[str], most: int) -> list[_Meant] | None:
    """Read the contacts who have all of the words, None when they are too many."""
    if len(words) > _MOST_WORDS:
        return []
    having = {f"word_{n}": word for n, word in enumerate(words)}
    found = dict(_having(len(words))(connection, most=most + 1, **having).fetchall())
    if len(found) > most:
        return None
    of: dict[int, list[str]] = {id_: [] for id_ in found}
    if found:
        rows = select(numbers.c.contact, numbers.c.exact, numbers.c.national).where(numbers.c.contact.in_(of))
        for row in connection.execute(rows):
            of[row.contact].extend(filter(None, [row.national or row.exact]))
    return [_Meant(folded, of[id_]) for id_, folded in found.items()]


@lru_cache
def _having(words: int) -> sqlite.Prepared:
    has = (func.instr(contacts.c.folded, bindparam(f"word_{n}", "")) > 0 for n in range(words))
    return sqlite.Prepared(select(contacts.c.id, contacts.c.folded).where(*has).limit(bindparam("most", 0)))


def numbered_in(connection: Connection) -> str:
    """Tell in which country's form numbers were read, "" when none was."""
    return str(connection.execute(select(numbering.c.region)).scalar() or "")


def source_list(connection: Connection, *, counted: bool) -> list[ContactSource]:
    """Read where contacts come from, but for what was entered by hand; counting them reads all cards."""
    many: dict[int, int] = {}
    if counted:
        of_each = select(cards.c.source, func.count()).where(cards.c.contact.is_not(None)).group_by(cards.c.source)
        many = {row[0]: row[1] for row in connection.execute(of_each)}
    rows = connection.execute(select(sources).where(sources.c.place != "").order_by(sources.c.place))
    return [ContactSource(r.id, r.place, r.is_folder, many.get(r.id, 0), r.read_at, r.problem) for r in rows]


def _matches(text: str) -> ColumnElement[bool]:
    """Ask for every word of a text; a number is found by its digits, without a prefix."""
    words = encodable(folded(text)).split()
    if not words:
        return true()
    has_words = and_(*(func.instr(contacts.c.folded, word) > 0 for word in words))
    if _NUMBER.fullmatch(text.strip()):
        digits = _TRUNK.sub("", _NO_DIGITS.sub("", text))
        return or_(has_words, func.instr(contacts.c.folded, digits) > 0)
    return has_words


class _Owner(NamedTuple):
    contact: int
    exact: str
    certain: bool


def _owners(connection: Connection, column: ColumnElement[str], wanted: Iterable[str]) -> dict[str, list[_Owner]]:
    """Read which contacts have a number, in their order."""
    found: dict[str, list[_Owner]] = {}
    for some in _some(sorted(wanted)):
        key: Any = column.label("key")
        fields = (numbers.c.contact, numbers.c.exact, numbers.c.certain)
        rows = connection.execute(select(key, *fields).where(column.in_(some)).order_by(numbers.c.contact))
        for row in rows:
            found.setdefault(row.key, []).append(_Owner(row.contact, row.exact, row.certain))
    return found


def _some(values: Sequence[Any]) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def format_of(connection: Connection, place: str) -> tuple[str, str]:
    """Read how a source was written the last time and what it looked like then; "" and "" for one that is new."""
    row = connection.execute(
        select(sources.c.format, sources.c.fingerprint).where(sources.c.place == encodable(place))
    ).one_or_none()
    return ("", "") if row is None else (row.format, row.fingerprint)
