"""Yay.com's API as far as a help desk needs it. Source: Yay.com, VoIP API Beginners Guide, and API documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.routing import Route

from voipdesk.demo import yay_account as account
from voipdesk.demo import yay_answers as answers
from voipdesk.demo import yay_voip as voip
from voipdesk.demo.answers import Cut
from voipdesk.demo.faults import Operation
from voipdesk.demo.service import Line, Service
from voipdesk.demo.yay_asked import Asked
from voipdesk.demo.yay_customers import NameTaken
from voipdesk.demo.yay_reseller import PASSWORD, RESELLER, USER, YaySeen

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from voipdesk.demo.tenant import Tenant
    from voipdesk.demo.yay_reseller import Reseller

TRACKING = "X-Tracking-Token"
_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
_COMMANDS = {
    "/authenticated": {"GET": Operation.AUTHENTICATED},
    "/account/balance": {"GET": Operation.BALANCE},
    "/account/reseller": {"GET": Operation.CUSTOMERS, "POST": Operation.CREATE_CUSTOMER},
    "/account/reseller/*": {"GET": Operation.CUSTOMER, "PUT": Operation.PUT_CUSTOMER},
    "/account/store": {"GET": Operation.STORES},
    "/voip/user": {"GET": Operation.SIP_USERS},
    "/voip/user/*": {"GET": Operation.SIP_USER},
    "/voip/user-status": {"GET": Operation.SIP_STATUSES},
}
_NOT_FOR_A_CUSTOMER = {
    *(Operation.AUTHENTICATED, Operation.CUSTOMERS, Operation.CUSTOMER, Operation.CREATE_CUSTOMER),
    *(Operation.PUT_CUSTOMER, Operation.MOVE_CREDIT, Operation.STORES),
}
_HANDLERS = {**account.HANDLERS, **voip.HANDLERS}
_LONGEST_TRANSFER = 64
"""Bytes of a body that only moves credit: by its announced length it is known before it is read."""


class Yay(Service):
    """The operations for one reseller and its customers."""

    def __init__(self, tenant: Tenant, line: Line) -> None:
        super().__init__(tenant, answers.ENVELOPE, line)

    def routes(self) -> list[Route]:
        """Where Yay answers: whatever is asked there, if only that it has no such command."""
        paths = ("/authenticated", "/account/{rest:path}", "/voip/{rest:path}", "/calls/{rest:path}")
        return [Route(path, self._endpoint(self._told), methods=_METHODS) for path in paths]

    @property
    def _reseller(self) -> Reseller:
        return self._tenant.yay

    def _commands(self, path: str) -> dict[str, Operation]:
        """Give the operations at a path, by method."""
        switches = self._reseller.switches
        found = dict(_COMMANDS.get(path) or _COMMANDS.get(f"{path.rpartition('/')[0]}/*", {}))
        if path == switches.history_path:
            found["GET"] = Operation.YAY_CALLS
        if path == switches.click_to_call_path:
            found["POST"] = Operation.YAY_DIAL
        return found

    def _told(self, request: Request, body: bytes | None) -> Operation:
        operation = self._commands(request.url.path).get(request.method, Operation.YAY_OTHER)
        if operation is not Operation.PUT_CUSTOMER:
            return operation
        if body is None:
            moves = int(request.headers.get("content-length", _LONGEST_TRANSFER)) < _LONGEST_TRANSFER
        else:
            moves = account.only_moves_credit(body)
        return Operation.MOVE_CREDIT if moves else operation

    def _note(self, operation: Operation, request: Request, response: Response) -> None:
        self._reseller.note(
            YaySeen(
                operation=operation.value,
                method=request.method,
                path=request.url.path,
                query=dict(request.query_params),
                acting_for=request.headers.get("x-auth-for", ""),
                status=0 if isinstance(response, Cut) else response.status_code,
                tracking_token=response.headers.get(TRACKING, ""),
            )
        )

    def _stamp(self, response: Response) -> Response:
        response.headers[TRACKING] = str(uuid4())
        return response

    def _refuse(self, operation: Operation, request: Request) -> Response | None:
        misused, headers = self._reseller.misused, request.headers
        if PASSWORD in str(request.url):
            misused["credentials_in_url"] += 1
        if request.method in {"GET", "DELETE"} and int(headers.get("content-length", 0)):
            misused["bodies_where_none_belongs"] += 1
        if not headers.get("user-agent", "").strip():
            misused["without_user_agent"] += 1
            return answers.refusal(400, "A User-Agent is required")
        given = tuple(headers.get(f"x-auth-{name}", "") for name in ("reseller", "user", "password"))
        if given != (RESELLER, USER, PASSWORD):
            return answers.refusal(401)
        if not self._reseller.switches.whitelisted:
            return answers.refusal(403, "Your IP address is not permitted")
        if "x-auth-for" not in headers:
            return None
        if operation in _NOT_FOR_A_CUSTOMER:
            misused["acting_where_not_allowed"] += 1
            return answers.refusal(400, "X-Auth-For should not be provided with this command")
        if self._reseller.customers.named(headers["x-auth-for"]) is None:
            return answers.refusal(self._reseller.switches.unknown_customer)
        return None

    async def _carry_out(self, operation: Operation, request: Request) -> Response:
        reseller, acting_for = self._reseller, request.headers.get("x-auth-for", "")
        asked = Asked(
            reseller,
            acting_for,
            owner=reseller.customers.named(acting_for) or "",
            last=request.url.path.rpartition("/")[2],
            query=request.query_params,
            body=await request.body(),
        )
        try:
            if operation in _HANDLERS:
                return _HANDLERS[operation](asked)
            return answers.refusal(405 if self._commands(request.url.path) else 404)
        except NameTaken as taken:
            return answers.Refused(reseller.switches.name_taken, taken.words, taken.field).answer(asked.words_in)
        except answers.Refused as refused:
            return refused.answer(asked.words_in)
