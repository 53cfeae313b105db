"""Apidaze's commands about SIP accounts. Source: KPN API Store, Apidaze Voice 1.1.1, "Manage VOIP SIP API requests"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voipdesk.demo import apidaze_answers as answers
from voipdesk.demo.answers import answer
from voipdesk.demo.apidaze_objects import WRITTEN
from voipdesk.demo.apidaze_switches import RegistrationShape, Shape, SipPasswords
from voipdesk.demo.faults import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from voipdesk.demo.apidaze_asked import Asked
    from voipdesk.demo.apidaze_objects import SipAccount

_USERNAME = re.compile(r"[A-Za-z0-9._-]{2,64}")
_NUMBER = re.compile(r"\+?[0-9]{1,15}")
_NUMBERS = ("internal_caller_id_number", "external_caller_id_number")


def _list(asked: Asked) -> Response:
    told = asked.switches.passwords is SipPasswords.EVERYWHERE
    return listed(asked, [_written(asked, one, password=told) for one in asked.account.sip.values()])


def _read(asked: Asked) -> Response:
    told = asked.switches.passwords is not SipPasswords.NEVER
    return single(asked, _written(asked, asked.sip(), password=told))


def _create(asked: Asked) -> Response:
    username = asked.form.get("username", "")
    if not _USERNAME.fullmatch(username):
        raise answers.Refused(400, "username must have 2 to 64 letters, digits, dots, dashes or underscores")
    if any(one.username == username for one in asked.account.sip.values()):
        raise answers.Refused(400, "username is already taken")
    _check_numbers(asked)
    if asked.switches.failure:
        return answer({"failure": asked.switches.failure}, 202)
    made = asked.account.new_sip(username)
    _set(asked, made)
    asked.account.created.append(username)
    return shown(asked, _written(asked, made, password=True), asked.switches.created)


def _update(asked: Asked) -> Response:
    found = asked.sip()
    _check_numbers(asked)
    if asked.switches.failure:
        return answer({"failure": asked.switches.failure}, 202)
    if asked.switches.put_resets:
        for field in WRITTEN.values():
            setattr(found, field, "")
    _set(asked, found)
    found.updated_at = asked.account.stamp()
    asked.account.updated.append(found.username)
    told = asked.switches.passwords is not SipPasswords.NEVER
    return shown(asked, _written(asked, found, password=told), asked.switches.updated)


def _delete(asked: Asked) -> Response:
    found = asked.sip()
    del asked.account.sip[found.id]
    asked.account.deleted.append(found.username)
    return answers.nothing(204) if asked.switches.deleted == 204 else answer({"ok": ""}, asked.switches.deleted)


def _registration(asked: Asked) -> Response:
    found, switches = asked.sip(), asked.switches
    if switches.registration is RegistrationShape.ACCOUNT:
        return single(asked, _written(asked, found, password=False))
    where = (
        {"host": switches.domain}
        if switches.registration is RegistrationShape.HOST
        else {"uri": f"sip:{found.username}@{switches.domain}"}
    )
    return single(asked, {**where, "status": "Registered" if found.registered else "Not registered"})


def _check_numbers(asked: Asked) -> None:
    for name in _NUMBERS:
        if (number := asked.form.get(name, "")) and not _NUMBER.fullmatch(number):
            raise answers.Refused(400, f"{name} is not a number")


def _set(asked: Asked, one: SipAccount) -> None:
    for name, field in WRITTEN.items():
        if name in asked.form:
            setattr(one, field, asked.form[name])


def _written(asked: Asked, one: SipAccount, *, password: bool) -> dict[str, object]:
    return one.written(password=password, own_names=asked.switches.own_names)


def listed(asked: Asked, found: list[dict[str, object]]) -> Response:
    """Answer with a list, which may not be one where it has one thing in it."""
    return answer(found[0] if len(found) == 1 and asked.switches.list_of_one is Shape.OBJECT else found)


def single(asked: Asked, found: dict[str, object], status: int = 200) -> Response:
    """Answer with one thing."""
    return answer([found] if asked.switches.single is Shape.LIST else found, status)


def shown(asked: Asked, found: dict[str, object], status: int) -> Response:
    """Answer with what was just made or changed, or with nothing."""
    return answers.nothing(status) if asked.switches.answers_empty else single(asked, found, status)


HANDLERS: dict[Operation, Callable[[Asked], Response]] = {
    Operation.SIP_ACCOUNTS: _list,
    Operation.SIP_ACCOUNT: _read,
    Operation.CREATE_SIP_ACCOUNT: _create,
    Operation.UPDATE_SIP_ACCOUNT: _update,
    Operation.DELETE_SIP_ACCOUNT: _delete,
    Operation.SIP_REGISTRATION: _registration,
}
