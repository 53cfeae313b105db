"""How two states of a customer differ, in words."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.customers import CustomerAddress, CustomerUser
from voipdesk.core.language import N_, _
from voipdesk.services.object_changes import Change, field_changes, password_change, yes_no

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voipdesk.core.customers import Customer, Store

_FLAGS: tuple[dict[bool | None, str], ...] = tuple(
    {False: no, True: yes} for no, yes in (("no", "yes"), ("0", "1"), ("false", "true"), ("n", "y"), ("off", "on"))
)
"""How services write flags that are no JSON truth values."""
_ADDRESS_FIELDS = {
    "city": N_("{address}: city"),
    "state": N_("{address}: state"),
    "postcode": N_("{address}: postcode"),
    "country": N_("{address}: country"),
}
_USER_FIELDS = {
    "name": N_("User “{name}”: name"),
    "email": N_("User “{name}”: email"),
    "first_name": N_("User “{name}”: first name"),
    "last_name": N_("User “{name}”: last name"),
    "role": N_("User “{name}”: role"),
}

Part = TypeVar("Part", CustomerAddress, CustomerUser)


def changes(before: Customer, after: Customer, stores: Sequence[Store] = ()) -> tuple[Change, ...]:
    """Say how customers differ in what is known of them; `stores` gives stores their names.

    An address or user without an id is a new one, and a password that is "" stays.
    """
    return tuple(change for change in _changes(before, after, stores) if change.before != change.after)


def lost_passwords(before: Customer, after: Customer) -> tuple[Change, ...]:
    """Say which passwords were there and are no more, which `changes` takes for staying."""
    return tuple(
        _password_change(old)
        for old, new in _pairs(before.users, after.users)
        if old is not None and new is not None and old.password and not new.password
    )


def other_changes(before: Customer, after: Customer) -> tuple[Change, ...]:
    """Say how customers differ in fields that only the service knows of, under the service's own names."""
    known, ids = _known_changes(before, after)
    return tuple(
        password_change(change.name) if change.secret else Change(change.name, change.before, change.after)
        for change in field_changes(before.raw, after.raw)
        if (change.before, change.after) not in known and not ids.intersection(change.path)
    )


def _changes(before: Customer, after: Customer, stores: Sequence[Store]) -> Iterator[Change]:
    names = {store.id: store.name for store in stores}
    yield Change(_("Contact name"), before.contact_name, after.contact_name)
    yield Change(_("Phone"), before.phone, after.phone)
    yield Change(_("Store"), names.get(before.store, before.store), names.get(after.store, after.store))
    yield Change(_("May call out"), yes_no(before.allow_outbound), yes_no(after.allow_outbound))
    for number, (old, new) in enumerate(_pairs(before.addresses, after.addresses), start=1):
        label = _("Address {number}", number=number) if number > 1 else _("Address")
        yield from _address_changes(label, old, new)
    for old_user, new_user in _pairs(before.users, after.users):
        yield from _user_changes(old_user, new_user)


def _address_changes(label: str, old: CustomerAddress | None, new: CustomerAddress | None) -> Iterator[Change]:
    if old is None or new is None:
        what = _("{address}: new", address=label) if new else _("{address}: removed", address=label)
        yield Change(what, _address_line(old), _address_line(new))
        return
    yield Change(_("{address}: street", address=label), ", ".join(old.street), ", ".join(new.street))
    for key, text in _ADDRESS_FIELDS.items():
        what = _(text, address=label)  # NON-NLS: marked in its table
        yield Change(what, getattr(old, key), getattr(new, key))


def _user_changes(old: CustomerUser | None, new: CustomerUser | None) -> Iterator[Change]:
    if old is None or new is None:
        gone = old.name if old else ""
        what = _("User “{name}”: new", name=new.name) if new else _("User “{name}”: removed", name=gone)
        yield Change(what, _user_line(old), _user_line(new))
        return
    for key, text in _USER_FIELDS.items():
        what = _(text, name=old.name)  # NON-NLS: marked in its table
        yield Change(what, getattr(old, key), getattr(new, key))
    if new.password not in ("", old.password):
        yield _password_change(old)


def _password_change(user: CustomerUser) -> Change:
    return password_change(_("User “{name}”: password", name=user.name))


def _address_line(address: CustomerAddress | None) -> str:
    if address is None:
        return ""
    parts = (*address.street, address.city, address.state, address.postcode, address.country)
    return ", ".join(part for part in parts if part)


def _user_line(user: CustomerUser | None) -> str:
    if user is None:
        return ""
    person = f"{user.first_name} {user.last_name}".strip()
    return ", ".join(part for part in (user.name, person, user.email) if part)


def _pairs(before: Sequence[Part], after: Sequence[Part]) -> list[tuple[Part | None, Part | None]]:
    """Put each part beside what became of it: by its id or, where the service gives none, by its turn."""
    rest = list(after)
    found: list[tuple[Part | None, Part | None]] = []
    for old in before:
        new = next((one for one in rest if one.id == old.id), None)
        if new is not None:
            rest.remove(new)
        found.append((old, new))
    return found + [(None, new) for new in rest]


def _known_changes(before: Customer, after: Customer) -> tuple[set[tuple[str, str]], set[str]]:
    """Give the texts before and after of each known field, and the path steps of the parts that came or went."""
    known, ids = set(), set()
    for old, new in (
        (before, after),
        *_pairs(before.addresses, after.addresses),
        *_pairs(before.users, after.users),
    ):
        one, other = _known_texts(old), _known_texts(new)
        known |= {(one.get(key, ""), other.get(key, "")) for key in {*one, *other}}
        if old is None or new is None:
            ids.add(f"#{one.get('id') or other.get('id')}")
    shown: dict[bool | None, str] = {flag: yes_no(flag) for flag in (False, True)}
    for style in (shown, *_FLAGS):
        known.add((style.get(before.allow_outbound, ""), style.get(after.allow_outbound, "")))
    return known, ids


def _known_texts(record: Customer | CustomerAddress | CustomerUser | None) -> dict[str, str]:
    """Give the texts of a customer, an address or a user by the names of their fields."""
    texts: dict[str, str] = {}
    for field in fields(record) if record is not None else ():
        value = getattr(record, field.name)
        if isinstance(value, str):
            texts[field.name] = value
        elif field.name == "street":
            texts |= {f"street {number}": line for number, line in enumerate(value)}  # NON-NLS: a key
    return texts
