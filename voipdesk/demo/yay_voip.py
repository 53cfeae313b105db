"""Yay's commands about telephony: SIP users and their states, the call history, and click-to-call.

Source: Yay.com, API documentation, "SIP Account Management" and "Phone Calls & CDR Data".
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from voipdesk.demo import yay_answers as answers
from voipdesk.demo.data import TENANT_ZONE
from voipdesk.demo.faults import Operation
from voipdesk.demo.yay_calls import Wanted
from voipdesk.demo.yay_people import Dice, sip_status
from voipdesk.demo.yay_reseller import YayDial
from voipdesk.demo.yay_switches import CountShape, SipFields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.responses import Response

    from voipdesk.demo.yay_asked import Asked
    from voipdesk.demo.yay_objects import SipUser

_YES_NO: Mapping[str, bool | None] = {"yes": True, "no": False}
_BOOLEANS: Mapping[str, bool | None] = {"": None, "true": True, "1": True, "yes": True} | dict.fromkeys(
    ("false", "0", "no"), False
)
_TYPES = {"", "inbound", "outbound", "internal"}
_OLD_EVERY = 3
_DIALLED = re.compile(r"\+?[0-9]{2,15}|[0-9*#]{2,15}")


def _sip_users(asked: Asked) -> Response:
    return answers.wrapped([_written(asked, user) for user in asked.reseller.sip_users(asked.owner)])


def _sip_user(asked: Asked) -> Response:
    return answers.wrapped(_written(asked, _find(asked, asked.last)))


def _find(asked: Asked, uuid: object) -> SipUser:
    found = next((user for user in asked.reseller.sip_users(asked.owner) if user.uuid == uuid), None)
    if found is None:
        raise answers.Refused(404)
    return found


def _written(asked: Asked, user: SipUser) -> dict[str, object]:
    fields = asked.reseller.switches.sip_fields
    old = fields is SipFields.OLD or (fields is SipFields.MIXED and user.extension % _OLD_EVERY == 0)
    return user.written(old=old)


def _sip_statuses(asked: Asked) -> Response:
    told = ((user.uuid, sip_status(user)) for user in asked.reseller.sip_users(asked.owner))
    return answers.wrapped([{"status": status, "uuid": uuid} for uuid, status in told if status])


def _calls(asked: Asked) -> Response:
    switches, book = asked.reseller.switches, asked.reseller.book(asked.owner)
    call_type = asked.query.get("call_type", "").lower()
    if call_type not in _TYPES:
        raise answers.Refused(400, "must be one of inbound, outbound, internal", "call_type")
    wanted = Wanted(
        since=_moment(asked, "start"),
        until=_moment(asked, "end") + 1,
        call_type=call_type,
        answered=asked.choice("answered", "", _BOOLEANS),
        recording=asked.choice("recording", "", _BOOLEANS),
    )
    limit, page = asked.number("limit", 10), asked.number("page", 1)
    if switches.calls_cap:
        limit = min(limit, switches.calls_cap)
    rows, count = book.rows(wanted, (page - 1) * limit, limit, switches.end_names)
    if not asked.choice("include_cdr", "yes", _YES_NO):
        rows = []
    if switches.arrivals_per_request:
        book.arrive(switches.arrivals_per_request)
    shape = switches.count_shape if asked.choice("include_count", "yes", _YES_NO) else CountShape.NONE
    match shape:
        case CountShape.COUNT_CALLS:
            return answers.wrapped({"count": count, "calls": rows})
        case CountShape.TOTAL_CDR:
            return answers.wrapped({"total": str(count), "cdr": rows})
        case CountShape.BESIDE:
            return answers.wrapped(rows, beside={"count": count})
        case CountShape.NONE:
            return answers.wrapped(rows)


def _moment(asked: Asked, key: str) -> int:
    """Read a time of day in the United Kingdom, as 2015-01-31T9:00:00."""
    text = asked.query.get(key, "")
    if not text:
        raise answers.Refused(400, "is required", key)
    try:
        return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=TENANT_ZONE).timestamp())
    except ValueError:
        raise answers.Refused(400, "must be like 2015-01-31T9:00:00", key) from None


def _dial(asked: Asked) -> Response:
    fields = asked.fields()
    uuids = [fields["user_uuid"]] if "user_uuid" in fields else []
    targets = fields.get("targets", [])
    if isinstance(targets, list):
        uuids += [target.get("uuid") for target in targets if isinstance(target, dict) and "uuid" in target]
    if not uuids:
        raise answers.Refused(400, "is required", "user_uuid")
    user = _find(asked, uuids[0])
    destination = fields.get("destination", "")
    if not isinstance(destination, str) or not _DIALLED.fullmatch(destination):
        raise answers.Refused(400, "must be a number in E.164 format or an extension", "destination")
    book = asked.reseller.book(asked.owner)
    call = book.dial(user, destination, user_answers=asked.reseller.switches.user_answers)
    uuid = Dice.of(asked.reseller.seed, asked.owner, "call", call.id, call.started).uuid
    asked.reseller.dials.append(YayDial(asked.acting_for, str(user.extension), destination, uuid))
    asked.reseller.telephones.connect(str(user.extension), destination)
    return answers.wrapped({"uuid": uuid, "status": "ringing"})


HANDLERS: dict[Operation, Callable[[Asked], Response]] = {
    Operation.SIP_USERS: _sip_users,
    Operation.SIP_USER: _sip_user,
    Operation.SIP_STATUSES: _sip_statuses,
    Operation.YAY_CALLS: _calls,
    Operation.YAY_DIAL: _dial,
}
