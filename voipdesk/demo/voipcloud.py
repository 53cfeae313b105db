"""VoIPcloud's integration API, versions 1 and 2. Source: VoIPcloud, "API Integration" and "API Documentation"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
from starlette.datastructures import UploadFile
from starlette.routing import Route

from voipdesk.core.call_log import Source
from voipdesk.demo import voipcloud_answers as answers
from voipdesk.demo.answers import Cut
from voipdesk.demo.data import day_start
from voipdesk.demo.exchange import Question
from voipdesk.demo.faults import Operation
from voipdesk.demo.people import MAIN_NUMBER
from voipdesk.demo.service import Line, Service
from voipdesk.demo.switches import DialShape, StatusShape
from voipdesk.demo.tenant import KEY, DialSeen, Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from voipdesk.demo.rows import Version
    from voipdesk.demo.tenant import Tenant

_LOGS = {
    Operation.USER_CALLS: (Source.USER, "users_names"),
    Operation.QUEUE_CALLS: (Source.QUEUE, "queues_names"),
    Operation.RING_GROUP_CALLS: (Source.RING_GROUP, "ringgroups_names"),
}
_OPERATIONS = (*_LOGS, Operation.DIAL, Operation.STATUS)
_KEYS = {"api_key", "token"}
_LIMITS = range(1, 10_001)


class _Bad(Exception):
    """Parameters that the service answers with code 400 and these words."""


class VoipCloud(Service):
    """The service's five operations for one tenant."""

    def __init__(self, tenant: Tenant, line: Line) -> None:
        super().__init__(tenant, answers.ENVELOPE, line)

    def routes(self) -> list[Route]:
        """Where the operations are."""
        return [
            Route(
                f"/api/integration/{{version:str}}/{operation.value}",
                self._endpoint(_always(operation)),
                methods=["POST" if operation is Operation.DIAL else "GET"],
            )
            for operation in _OPERATIONS
        ]

    def _note(self, operation: Operation, request: Request, response: Response) -> None:
        self._tenant.note(
            Seen(
                operation=operation.value,
                version=request.path_params["version"],
                query={key: value for key, value in request.query_params.items() if key not in _KEYS},
                encoding=request.headers.get("content-type", "").partition(";")[0],
                status=0 if isinstance(response, Cut) else response.status_code,
            )
        )

    def _refuse(self, _operation: Operation, request: Request) -> Response | None:
        if not _KEYS.isdisjoint(request.query_params):
            self._tenant.keys_in_url += 1
            return answers.refusal(401, "The api_key parameter is no longer accepted, use the header token")
        if request.headers.get("token") != KEY:
            return answers.refusal(401)
        if request.path_params["version"] not in {"v1", "v2"}:
            return answers.refusal(404)
        wait = self._tenant.limiter.admit()
        if wait:
            response = answers.refusal(429)
            if self._tenant.retry_after:
                response.headers["Retry-After"] = str(int(wait) + 1)
            return response
        return None

    async def _carry_out(self, operation: Operation, request: Request) -> Response:
        version: Version = "v2" if request.path_params["version"] == "v2" else "v1"
        try:
            if operation is Operation.DIAL:
                return self._dial(await _fields(request), version)
            if operation is Operation.STATUS:
                return answers.success(_status(self._tenant.switches.status_shape))
            return self._calls(*_LOGS[operation], request.query_params, version)
        except _Bad as bad:
            return answers.refusal(400, str(bad))

    def _calls(self, source: Source, names_key: str, query: Mapping[str, str], version: Version) -> Response:
        tenant = self._tenant
        since, until = _day(query, "from_date"), _day(query, "to_date")
        if since and until and since > until:
            raise _Bad("Parameters error: from_date must not be later than to_date")
        if query.get("sort_by", "newest_first") != "newest_first":
            raise _Bad("Parameters error: sort_by")
        question = Question(
            source,
            version,
            since=day_start(since) if since else None,
            until=day_start(until + timedelta(days=1)) if until else None,
            limit=_number(query, "limit", 100, _LIMITS),
            offset=_number(query, "offset", 0, range(1 << 53)),
            names=frozenset(name.strip() for name in query.get(names_key, "").split(",") if name.strip()),
            call_id=query.get("unique_call_id", "") if version == "v2" else "",
        )
        rows = tenant.exchange.ask(question, tenant.switches)
        tenant.exchange.arrive(source, tenant.switches.arrivals_per_request)
        return answers.calls(rows, bare=tenant.switches.bare_list)

    def _dial(self, fields: Mapping[str, str], version: Version) -> Response:
        tenant = self._tenant
        for key in ("user_number", "number_to_call"):
            value = fields.get(key, "").strip()
            if not value:
                raise _Bad(f"Parameters error: {key} is required")
            codes = "*#" if key == "number_to_call" else ""
            if not value.removeprefix("+").translate(str.maketrans("", "", codes)).isdecimal() or len(value) > 32:
                raise _Bad(f"Parameters error: {key} is not a number")
        user = tenant.exchange.user(fields["user_number"].strip())
        if user is None:
            return answers.refusal(404, "Required data not found: user_number")
        number = fields["number_to_call"].strip()
        call = tenant.exchange.dial(user, number, user_answers=tenant.switches.user_answers)
        caller_id = fields.get("caller_id", "") or MAIN_NUMBER
        tenant.dials.append(DialSeen(user.extension, number, fields.get("caller_id", ""), call.id))
        tenant.telephones.connect(user.extension, number)
        placed = {
            "user_name": user.name,
            "user_number": user.extension,
            "caller_id": caller_id,
            "dest_number": number.removeprefix("+"),
        }
        if version == "v2":
            placed["unique_call_id"] = f"{call.started}.{call.id}"
        return answers.success([placed] if tenant.switches.dial_shape is DialShape.LIST else placed)


def _always(operation: Operation) -> Callable[[Request, bytes | None], Operation]:
    return lambda _request, _body: operation


async def _fields(request: Request) -> dict[str, str]:
    """Read a body of form fields, of parts, or of JSON."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            return msgspec.json.decode(await request.body(), type=dict[str, str])
        except msgspec.MsgspecError as error:
            raise _Bad("Parameters error: the body is not JSON with strings") from error
    async with request.form() as form:
        return {key: value for key, value in form.items() if not isinstance(value, UploadFile)}


def _day(query: Mapping[str, str], key: str) -> date | None:
    text = query.get(key, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise _Bad(f"Parameters error: {key} must be in the format Y-m-d")
    return day


def _number(query: Mapping[str, str], key: str, default: int, allowed: range) -> int:
    text = query.get(key, "") or str(default)
    if not (text.isascii() and text.isdecimal()) or int(text) not in allowed:
        raise _Bad(f"Parameters error: {key} should be in the range from {allowed.start} to {allowed.stop - 1}")
    return int(text)


def _status(shape: StatusShape) -> object:
    services = (("Voice calls", "Operational"), ("Customer portal", "Operational"), ("SMS", "Degraded performance"))
    if shape is StatusShape.TEXT:
        return "All systems operational"
    if shape is StatusShape.OBJECT:
        return {"status": "Operational", **dict(services), "active_incidents": 1, "updated_by": "NOC"}
    return [
        {"service": service, "status": status, "incidents": int(status != "Operational")}
        for service, status in services
    ]
