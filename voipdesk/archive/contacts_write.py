"""Changing contacts one by one, within the caller's transaction; what was there before comes back as cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec
from sqlalchemy import delete, insert, select, update

from voipdesk.archive import contacts_query as query
from voipdesk.archive import sqlite
from voipdesk.archive.search_index import encodable
from voipdesk.archive.tables import contact_cards as cards
from voipdesk.archive.tables import contact_numbering as numbering
from voipdesk.archive.tables import contact_numbers as numbers
from voipdesk.archive.tables import contact_sources as sources
from voipdesk.archive.tables import contacts
from voipdesk.core.contact_keys import content_key, folded, found_by, sameness_key
from voipdesk.core.contacts import together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import Connection

    from voipdesk.core.contact_keys import NumberKeys
    from voipdesk.core.contacts import Contact

    KeysOf = Callable[[Contact], list[NumberKeys]]
    Card = dict[str, Any]

OWN = ""
"""The place of what is entered by hand."""
_AT_ONCE = 500


def own_source(connection: Connection) -> int:
    """Give the source of what is entered by hand, made when it is first needed."""
    return source_at(connection, OWN) or new_source(connection, OWN)


def source_at(connection: Connection, place: str) -> int | None:
    """Find a source by its place."""
    return connection.execute(select(sources.c.id).where(sources.c.place == encodable(place))).scalar()


def new_source(connection: Connection, place: str, *, is_folder: bool = False) -> int:
    """Add a source of which nothing was read yet."""
    row = {"place": encodable(place), "is_folder": is_folder, "format": "", "fingerprint": "", "problem": ""}
    return sqlite.new_id(connection.execute(insert(sources).values(**row)))


def add(connection: Connection, contact: Contact, keys_of: KeysOf) -> int:
    """Add a contact entered by hand and give its id; one that is exactly the same becomes one with it."""
    data, keys = encode(contact), keys_of(contact)
    same = sameness_key(contact, keys)
    id_ = _placed(connection, contact, same, keys)
    key = uuid4().hex
    card = {"source": own_source(connection), "key": key, "uid": f"urn:uuid:{key}", "contact": id_, "mine": None}
    connection.execute(insert(cards).values(**card, content=content_key(contact), same=same, data=data, hidden=False))
    refresh(connection, [id_])
    return id_


def edit(connection: Connection, contact_id: int, contact: Contact, keys_of: KeysOf) -> tuple[int, list[Card]]:
    """Change a contact; give its id from now on, and the cards as they were. What its files say stays beside it."""
    before = _cards_of(connection, contact_id)
    if not before:
        return 0, []
    own, keys = own_source(connection), keys_of(contact)
    same = sameness_key(contact, keys)
    id_ = _placed(connection, contact, same, keys)
    for card in before:
        kept = {"data": encode(contact), "content": content_key(contact)} if card["source"] == own else {}
        mine = None if kept or encode(contact) == card["data"] else encode(contact)
        connection.execute(
            update(cards).where(cards.c.id == card["id"]).values(contact=id_, same=same, mine=mine, **kept)
        )
    refresh(connection, [contact_id, id_])
    return id_, before


def remove(connection: Connection, contact_ids: Iterable[int]) -> list[Card]:
    """Remove contacts and give the cards as they were; those of files are hidden, lest an import bring them back."""
    own, before = own_source(connection), list["Card"]()
    for id_ in contact_ids:
        for card in _cards_of(connection, id_):
            before.append(card)
            if card["source"] == own:
                connection.execute(delete(cards).where(cards.c.id == card["id"]))
            else:
                hide = update(cards).where(cards.c.id == card["id"])
                connection.execute(hide.values(hidden=True, contact=None))
        refresh(connection, [id_])
    return before


def restore(connection: Connection, before: Sequence[Card], keys_of: KeysOf) -> None:
    """Bring cards back to what they were, whatever became of them; a source that is gone meanwhile stays gone."""
    touched: list[int] = []
    for card in before:
        if connection.execute(select(sources.c.id).where(sources.c.id == card["source"])).scalar() is None:
            continue
        now = connection.execute(select(cards.c.id, cards.c.contact).where(cards.c.id == card["id"])).one_or_none()
        if _is_taken(connection, card):  # by an import meanwhile: it is the user's own from now on
            card = {**card, "source": own_source(connection), "key": uuid4().hex}  # noqa: PLW2901 - the same card
        contact = query.read_contact(card["mine"] or card["data"])
        id_ = _placed(connection, contact, card["same"], keys_of(contact))
        values = {**card, "contact": id_, "hidden": False}
        if now is None:
            connection.execute(insert(cards).values(**values))
        else:
            connection.execute(update(cards).where(cards.c.id == card["id"]).values(**values))
            touched += [now.contact] if now.contact else []
        touched.append(id_)
    refresh(connection, touched)


def refresh(connection: Connection, contact_ids: Iterable[int]) -> None:
    """Have contacts say what all their cards say; one that has none any more goes."""
    query.forget_numbers(connection)
    ids = list(dict.fromkeys(contact_ids))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        said: dict[int, list[str]] = {id_: [] for id_ in some}
        found = select(cards.c.contact, cards.c.data, cards.c.mine).where(cards.c.contact.in_(some))
        for row in connection.execute(found.order_by(cards.c.id)):
            said[row.contact].append(row.mine or row.data)
        gone = [id_ for id_, texts in said.items() if not texts]
        connection.execute(delete(numbers).where(numbers.c.contact.in_(gone)))
        connection.execute(delete(contacts).where(contacts.c.id.in_(gone)))
        for id_, texts in said.items():
            if texts:
                contact = together([query.read_contact(text) for text in texts])
                connection.execute(update(contacts).where(contacts.c.id == id_).values(**_row(contact)))


def renumber(connection: Connection, region: str, keys_of: KeysOf) -> None:
    """Read all numbers anew, in another country's form; duplicates stay what they are."""
    query.forget_numbers(connection)
    connection.execute(delete(numbers))
    rows = connection.execute(select(contacts.c.id, contacts.c.data)).all()
    for row in rows:
        _add_numbers(connection, row.id, keys_of(query.read_contact(row.data)))
    set_region(connection, region)


def set_region(connection: Connection, region: str) -> None:
    """Note in which country's form numbers are read."""
    connection.execute(delete(numbering))
    connection.execute(insert(numbering).values(region=region))


def encode(contact: Contact) -> str:
    """Give a contact as the tables keep it."""
    return encodable(msgspec.json.encode(contact).decode("utf-8", "replace"))


def _is_taken(connection: Connection, card: Card) -> bool:
    """Ask whether another card stands where this one did."""
    there = cards.c.source == card["source"], cards.c.key == card["key"], cards.c.id != card["id"]
    return connection.execute(select(cards.c.id).where(*there)).scalar() is not None


def _placed(connection: Connection, contact: Contact, same: bytes, keys: Sequence[NumberKeys]) -> int:
    """Find the contact that is exactly the same, or make it."""
    found = connection.execute(select(contacts.c.id).where(contacts.c.same == same)).scalar()
    if found is not None:
        return int(found)
    id_ = sqlite.new_id(connection.execute(insert(contacts).values(same=same, **_row(contact))))
    _add_numbers(connection, id_, keys)
    return id_


def _row(contact: Contact) -> dict[str, str]:
    folds = {"sort": folded(contact.title), "folded": found_by(contact)}
    return {"data": encode(contact), **{key: encodable(text) for key, text in folds.items()}}


def _add_numbers(connection: Connection, contact_id: int, keys: Sequence[NumberKeys]) -> None:
    rows = [{"contact": contact_id, **k._asdict()} for k in dict.fromkeys(keys) if any(k)]
    if rows:
        connection.execute(insert(numbers), rows)


def _cards_of(connection: Connection, contact_id: int) -> list[Card]:
    rows = connection.execute(select(cards).where(cards.c.contact == contact_id).order_by(cards.c.id))
    return [row._asdict() for row in rows]
