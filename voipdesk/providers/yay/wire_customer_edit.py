"""Sending a customer back whole with what was changed (Yay.com, API documentation; no I/O).

The service sets what a PUT leaves out to its default, so all that was read goes back, unknown fields too; but for a
`balance`, which would move credit.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, TypeVar

from voipdesk.core.customers import CustomerAddress, CustomerUser
from voipdesk.core.errors import BadInput
from voipdesk.core.language import _
from voipdesk.providers.exchange import Request
from voipdesk.providers.json_fields import text, text_of
from voipdesk.providers.yay.wire import item_path, read_envelope
from voipdesk.providers.yay.wire_body import address_fields, check_sendable, moves_credit, user_fields
from voipdesk.providers.yay.wire_customers import PATH
from voipdesk.providers.yay.wire_fields import objects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voipdesk.core.customers import Customer
    from voipdesk.providers.exchange import Answer

    Fields = dict[str, object]

Entry = TypeVar("Entry", CustomerAddress, CustomerUser)

_FLAGS = (("0", "1"), ("false", "true"), ("no", "yes"), ("n", "y"), ("off", "on"))


def replace_request(before: Customer, after: Customer) -> Request:
    """Send `before.raw` back with what `after` says differently; BadInput for what would lose something."""
    if after.id != before.id or after.name != before.name:
        raise BadInput(_("A customer's name cannot be changed: it is what one acts for the customer by."))
    raw = before.raw
    if text(raw, "uuid") != before.id:
        raise BadInput(_("This customer was not read whole, and to send it back would reset the rest."))
    body = {key: deepcopy(value) for key, value in raw.items() if not moves_credit(key)}
    for key, old, new in (
        ("contact_name", before.contact_name, after.contact_name),
        ("phone", before.phone, after.phone),
        ("store_front", before.store, after.store),
    ):
        if new != old:
            body[key] = new or (None if key == "store_front" else "")
    if after.allow_outbound not in (None, before.allow_outbound):
        body["allow_outbound"] = _flag_like(raw.get("allow_outbound"), yes=bool(after.allow_outbound))
    if after.addresses != before.addresses:
        body["addresses"] = _merged(raw.get("addresses"), before.addresses, after.addresses, _edit_address)
    if after.users != before.users:
        body["users"] = _merged(raw.get("users"), before.users, after.users, _edit_user)
    _check_passwords(objects(body.get("users")))
    check_sendable(body)
    return Request("PUT", item_path(PATH, before.id), json=body, acts=True)


def read_replaced(answer: Answer) -> None:
    """Take the service's yes, which may be empty; raise what `read_envelope` raises."""
    if not (200 <= answer.status < 300 and not answer.body.strip()):
        read_envelope(answer)


def _merged(
    raw: object,
    before: Sequence[Entry],
    after: Sequence[Entry],
    edit: Callable[[Fields, Entry | None, Entry], None],
) -> list[object]:
    """Give the service's list as it is to be: each entry in its own object, changed where it differs."""
    items = raw if isinstance(raw, list) else []
    unused = list(zip(objects(items), before, strict=True))
    merged: list[object] = []
    for place, entry in enumerate(after):
        found = _find(unused, before, place, entry)
        if found is None and entry.id:
            raise BadInput(_("An address or user is not the customer's."), advice=_("Read the customer again."))
        fields, old = ({}, None) if found is None else (deepcopy(found[0]), found[1])
        if entry != old:
            edit(fields, old, entry)
        if found is not None:
            unused.remove(found)
        merged.append(fields)
    return merged + [deepcopy(item) for item in items if not isinstance(item, dict)]


def _find(
    unused: Sequence[tuple[Fields, Entry]], before: Sequence[Entry], place: int, entry: Entry
) -> tuple[Fields, Entry] | None:
    """Find what an entry was before: itself, else that of its id, else, where there are no ids, that in its place."""
    for pair in unused:
        if pair[1] == entry:
            return pair
    for pair in unused:
        if pair[1].id == entry.id and (entry.id or (place < len(before) and pair[1] is before[place])):
            return pair
    return None


def _edit_address(fields: Fields, old: CustomerAddress | None, new: CustomerAddress) -> None:
    said = address_fields(new)
    if old is not None:
        was = address_fields(old)
        # Lines move up when an empty one is left out: a street is kept or written whole.
        kept = {key for key in said if said[key] == was[key] and (new.street == old.street or "street" not in key)}
        said = {key: value for key, value in said.items() if key not in kept}
    _write(fields, said)


def _edit_user(fields: Fields, old: CustomerUser | None, new: CustomerUser) -> None:
    said = user_fields(new)
    if old is not None:
        was = user_fields(old)
        said = {key: value for key, value in said.items() if value != was[key]}
        # One that is not said stays as it is.
        kept = {"password": new.password, "role_id": new.role}
        said = {key: value for key, value in said.items() if kept.get(key, "said")}
    if isinstance(fields.get("role_id"), int) and text(said, "role_id").isdecimal():
        said["role_id"] = int(text(said, "role_id"))
    _write(fields, said)


def _write(fields: Fields, said: Mapping[str, object]) -> None:
    fields.update({key: value for key, value in said.items() if value != "" or text(fields, key)})


def _flag_like(old: object, *, yes: bool) -> object:
    """Write a flag in the way the service did."""
    if isinstance(old, bool) or old is None:
        return yes
    if isinstance(old, str):
        return next((pair[yes] for pair in _FLAGS if old.strip().lower() in pair), yes)
    return int(yes)


def _check_passwords(users: Sequence[Fields]) -> None:
    for user in users:
        if not text_of(user.get("password")).strip("*•"):
            raise BadInput(
                _(
                    "The service keeps the passwords of this customer's users to itself: to send the "
                    "customer back would overwrite them."
                ),
                advice=_("Change the customer in the service's dashboard."),
            )
