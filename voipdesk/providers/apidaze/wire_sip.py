"""SIP accounts and their registrations (KPN API Store, Apidaze Voice: /sipaccounts; no I/O)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from voipdesk.core.errors import about_field
from voipdesk.core.language import N_, _
from voipdesk.core.sip import SipAccount, SipRegistration
from voipdesk.providers.apidaze.wire import (
    check_sendable,
    item_path,
    one_object,
    read_done,
    read_object,
    read_objects,
    read_value,
    something_else,
)
from voipdesk.providers.exchange import Request
from voipdesk.providers.json_fields import text
from voipdesk.providers.plain_text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voipdesk.core.sip import SipAccountFields
    from voipdesk.providers.exchange import Answer

PATH = "/sipaccounts"
_WRITTEN = {
    "display_name": ("name", N_("The name")),
    "internal_number": ("internal_caller_id_number", N_("The internal number")),
    "external_number": ("external_caller_id_number", N_("The external number")),
    "mailbox": ("mwi_account", N_("The mailbox")),
}
"""Of our fields, the service's name where it is written, which is another than where it is read."""
_ADDRESS = re.compile(r"<?sips?:[^@<>\s]+@(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)", re.IGNORECASE)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_DEEPEST = 4


class SignInPlace(NamedTuple):
    """Where an account's telephones sign in, as its settings have it."""

    domain: str
    """Of accounts whose registration does not tell it."""
    outbound_proxy: str


def create_request(username: str, fields: SipAccountFields) -> Request:
    """Create one; fields that are "" are left to the service."""
    with about_field("username"):
        written = {"username": check_sendable(_("The user name"), username)}
    written |= _written(fields)
    return Request("POST", PATH, fields={key: value for key, value in written.items() if value}, acts=True)


def update_request(before: SipAccount, fields: SipAccountFields) -> Request:
    """Give one other fields. All are sent, in case those left out are reset, but none that is and was empty."""
    was = {key: getattr(before, name) for name, (key, _subject) in _WRITTEN.items()}
    sent = {key: value for key, value in _written(fields).items() if value or was[key]}
    return Request("PUT", item_path(PATH, before.id), fields=sent, acts=True)


def _written(fields: SipAccountFields) -> dict[str, str]:
    written = {}
    for name, (key, subject) in _WRITTEN.items():
        with about_field(name):
            written[key] = check_sendable(_(subject), getattr(fields, name))  # NON-NLS: marked in its table
    return written


def read_sip_accounts(answer: Answer, place: SignInPlace) -> list[SipAccount]:
    """Read a list; where to sign in is not in it."""
    return [sip_account(fields, place) for fields in read_objects(answer)]


def read_sip_account(answer: Answer, place: SignInPlace) -> SipAccount:
    """Read one."""
    found = sip_account(read_object(answer), place)
    if not found.id:
        raise something_else(answer)
    return found


def read_created(answer: Answer, username: str, place: SignInPlace) -> SipAccount | None:
    """Read one that was just created; None where the answer does not show it."""
    fields = one_object(read_done(answer))
    found = sip_account(fields, place) if fields is not None else None
    return found if found is not None and found.id and found.username == username else None


def sip_account(fields: Mapping[str, object], place: SignInPlace) -> SipAccount:
    """Take a SIP account from its object, under KPN's names or those of Apidaze itself."""
    sip, caller, mail = (_inner(fields, key) for key in ("sip", "callerid", "voicemail"))
    return SipAccount(
        id=text(fields, "id"),
        username=text(sip, "username") or text(fields, "username"),
        password=text(sip, "password") or text(fields, "password"),
        display_name=text(fields, "name"),
        domain=place.domain,
        outbound_proxy=place.outbound_proxy,
        internal_number=text(caller, "internal_number", "internalCallerIdNumber"),
        external_number=text(caller, "external_number", "outboundCallerIdNumber"),
        mailbox=text(mail, "mwi_account"),
        raw=fields,
    )


def read_registration(answer: Answer) -> SipRegistration:
    """Read a registration. Which fields it has is not published: any SIP address is the account's own."""
    value = read_value(answer)
    fields = one_object(value)
    if fields is None:
        raise something_else(answer)
    status = text(fields, "status", "state", "registration", "registration_status")
    if not status and isinstance(fields.get("registered"), bool):
        status = "Registered" if fields["registered"] else "Not registered"  # NON-NLS: as services say it
    return SipRegistration(plain(status, 80), _domain(fields))


def _domain(fields: Mapping[str, object]) -> str:
    texts = list(_texts(fields))
    named = [said for key in ("uri", "sip_uri", "address") for name, said in texts if name == key]
    for said in (*named, *(said for _key, said in texts)):
        if (found := _ADDRESS.match(said.strip())) is not None:
            return found[1]
    hosts = (said.strip() for key in ("domain", "host", "realm") for name, said in texts if name == key)
    return next((host for host in hosts if _HOST.fullmatch(host)), "")


def _texts(value: object, key: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value[:500]
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        pairs = value.items() if isinstance(value, dict) else ((key, inner) for inner in value)
        for name, inner in pairs:
            yield from _texts(inner, str(name), depth + 1)


def _inner(fields: Mapping[str, object], key: str) -> Mapping[str, object]:
    inner = fields.get(key)
    return inner if isinstance(inner, dict) else {}
