"""Opening a customer (Yay.com, VoIP API Beginners Guide Part 2, "How to create a customer"; no I/O)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from voipdesk.core.customers import NameTaken
from voipdesk.core.errors import BadInput, NotUnderstood, about_field
from voipdesk.core.language import _
from voipdesk.providers.exchange import Request
from voipdesk.providers.json_fields import text
from voipdesk.providers.plain_text import plain
from voipdesk.providers.yay.wire import code_and_fields, header_value, read_object
from voipdesk.providers.yay.wire_body import address_fields, check_sendable, moves_credit, user_fields
from voipdesk.providers.yay.wire_customers import PATH, customer
from voipdesk.providers.yay.wire_fields import objects
from voipdesk.providers.yay.wire_refusal import complaints

if TYPE_CHECKING:
    from voipdesk.core.customers import Customer, NewCustomer
    from voipdesk.providers.exchange import Answer
    from voipdesk.providers.stamps import ReadMoment

_TAKEN = re.compile(r"\btaken\b|\bexists?\b|\bunique\b|\bduplicate|\bin use\b|\bused already\b", re.IGNORECASE)
_OF_CUSTOMERS = re.compile(r"\b(?:name|reseller|customer)\b", re.IGNORECASE)
_OF_OTHERS = re.compile(r"\b(?:users?|e-?mail|phone|address(?:es)?|store)\b", re.IGNORECASE)


def create_request(new: NewCustomer) -> Request:
    """Open a customer, with a name and a contact's name at the least; BadInput says what is missing.

    The fields of `more` stand under the others.
    """
    if any(map(moves_credit, new.more)):
        raise BadInput(_("A customer cannot be opened with a balance."), advice=_("Move credit to it afterwards."))
    body = dict(new.more)
    with about_field("name"):
        body["name"] = header_value(_("The customer's name"), new.name or text(new.more, "name"))
    body |= _without_empty({"contact_name": new.contact_name, "phone": new.phone, "store_front": new.store})
    if new.address is not None:
        body["addresses"] = [_without_empty(address_fields(new.address))]
    if new.user is not None:
        body["users"] = [_without_empty(user_fields(new.user))]
    _check(body)
    return Request("POST", PATH, json=body, acts=True)


def _check(body: dict[str, object]) -> None:
    with about_field("contact_name"):
        if not text(body, "contact_name").strip():
            raise BadInput(_("The contact's name is missing."))
    users = objects(body.get("users"))
    if text(body, "store_front") and not (users and objects(body.get("addresses"))):
        raise BadInput(_("A store's customer needs an address and a user who signs in to the store."))
    if not all(text(user, "name") for user in users):
        raise BadInput(_("The user's name is missing."))
    if not all(text(user, "password") for user in users):
        raise BadInput(_("The user's password is missing."))
    check_sendable(body)


def _without_empty(fields: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in fields.items() if value != ""}


def read_created(answer: Answer, new: NewCustomer, moment: ReadMoment) -> Customer:
    """Read the customer that was opened; NameTaken where the service says so, NotUnderstood where it shows none."""
    name = new.name or text(new.more, "name")
    code, fields = code_and_fields(answer)
    if code == 409 or (code in {400, 422} and any(_is_taken(path, said, name) for path, said in complaints(fields))):
        raise NameTaken(
            _("Somebody on the platform has the customer name “{name}” already.", name=plain(name, 80)),
            advice=_("Choose another name: a random one is never taken."),
        )
    opened = customer(read_object(answer)[0], moment)
    if not opened.id:
        raise NotUnderstood(_("{host} answered without the new customer.", host=answer.host))
    return opened if opened.name else replace(opened, name=name)


def _is_taken(path: tuple[str, ...], said: str, name: str) -> bool:
    """Tell whether the service's words say that the customer's name, and nothing else, is taken."""
    if not _TAKEN.search(said) or any(key in {"users", "addresses"} for key in path):
        return False
    keys = [key for key in path if key]
    if keys and keys[-1].lower() == "name":
        return True
    about = said.replace(name, " name ")
    return _OF_CUSTOMERS.search(about) is not None and _OF_OTHERS.search(about) is None
