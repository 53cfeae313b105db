"""Apidaze behind KPN's gateway. Source: KPN API Store, "Apidaze Voice – VoIP Innovations" 1.1.1, and its OAuth 2.0."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from starlette.routing import Route

from voipdesk.demo import apidaze_answers as answers
from voipdesk.demo import apidaze_scripts, apidaze_sip
from voipdesk.demo.answers import Cut, answer
from voipdesk.demo.apidaze_account import CLIENT_ID, CLIENT_SECRET, ApidazeSeen
from voipdesk.demo.apidaze_asked import Asked, form_of
from voipdesk.demo.faults import Operation
from voipdesk.demo.service import Line, Service

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from voipdesk.demo.apidaze_account import ApidazeAccount
    from voipdesk.demo.tenant import Tenant

BASE_PATH = "/communication/apidaze/cpaas"
ACCESS_PATH = "/oauth/client_credential/accesstoken"
TRACKING = "x-request-id"
_METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
_COMMANDS = {
    "/sipaccounts": {"GET": Operation.SIP_ACCOUNTS, "POST": Operation.CREATE_SIP_ACCOUNT},
    "/sipaccounts/*": {
        "GET": Operation.SIP_ACCOUNT,
        "PUT": Operation.UPDATE_SIP_ACCOUNT,
        "DELETE": Operation.DELETE_SIP_ACCOUNT,
    },
    "/sipaccounts/*/status": {"GET": Operation.SIP_REGISTRATION},
    "/externalscripts": {"GET": Operation.SCRIPTS, "POST": Operation.CREATE_SCRIPT},
    "/externalscripts/test": {"GET": Operation.TEST_SCRIPT},
    "/externalscripts/*": {
        "GET": Operation.SCRIPT,
        "PUT": Operation.UPDATE_SCRIPT,
        "DELETE": Operation.DELETE_SCRIPT,
    },
}
_HANDLERS = {**apidaze_sip.HANDLERS, **apidaze_scripts.HANDLERS}


class Apidaze(Service):
    """The operations for one application, its token among them."""

    def __init__(self, tenant: Tenant, line: Line) -> None:
        super().__init__(tenant, answers.ENVELOPE, line)

    def routes(self) -> list[Route]:
        """Where the gateway answers: whatever is asked there, if only that it has no such command."""
        paths = (ACCESS_PATH, f"{BASE_PATH}/{{rest:path}}")
        return [Route(path, self._endpoint(_told), methods=_METHODS) for path in paths]

    @property
    def _account(self) -> ApidazeAccount:
        return self._tenant.apidaze

    def _note(self, operation: Operation, request: Request, response: Response) -> None:
        form = {} if operation is Operation.SIGN_IN else _form(request)
        self._account.note(
            ApidazeSeen(
                operation=operation.value,
                method=request.method,
                path=request.url.path,
                query=dict(request.query_params),
                form=form,
                status=0 if isinstance(response, Cut) else response.status_code,
            )
        )

    def _stamp(self, response: Response) -> Response:
        response.headers[TRACKING] = str(uuid4())
        if self._account.switches.quota:
            response.headers.update(self._account.quota_headers)
        return response

    def _refuse(self, operation: Operation, request: Request) -> Response | None:
        account, address = self._account, str(request.url)
        if CLIENT_SECRET in address or account.knows_token_in(address):
            account.misused["credentials_in_url"] += 1
        if request.method in {"GET", "DELETE"} and int(request.headers.get("content-length", 0)):
            account.misused["bodies_where_none_belongs"] += 1
        if operation is Operation.SIGN_IN:
            return None
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        why = account.takes(token) if kind.lower() == "bearer" else "Invalid Access Token"
        if why:
            code = why.lower().replace(" ", "_")
            return answers.fault(account.switches.wrong_token, why, f"keymanagement.service.{code}")
        if not account.switches.product:
            return answers.fault(
                401,
                "Invalid API call as no apiproduct match found",
                "keymanagement.service.InvalidAPICallAsNoApiProductMatchFound",
            )
        if not account.count():
            return answers.refusal(429, "Rate limit quota violation. Quota limit exceeded.")
        return None

    async def _carry_out(self, operation: Operation, request: Request) -> Response:
        if operation is Operation.SIGN_IN:
            return self._token(request)
        asked = Asked(self._account, _item(request.url.path), request.query_params, _form(request))
        try:
            if operation in _HANDLERS:
                return _HANDLERS[operation](asked)
            if _commands(request.url.path):
                return answers.refusal(405)
            return answers.fault(
                404, "Unable to identify proxy for host", "messaging.adaptors.http.ApplicationNotFound"
            )
        except answers.Refused as refused:
            return answers.refusal(refused.status, refused.words)

    def _token(self, request: Request) -> Response:
        account, form = self._account, _form(request)
        given = {**dict(request.query_params), **form}
        if request.method != "POST" or given.get("grant_type") != "client_credentials":
            return answer({"ErrorCode": "invalid_request", "Error": "Unsupported grant type"}, 400)
        if form.get("client_id") != CLIENT_ID:
            return answers.fault(
                account.switches.wrong_client, "invalid_client-invalid_client_id", "oauth.v2.InvalidClientIdentifier"
            )
        if form.get("client_secret") != CLIENT_SECRET:
            return answer({"ErrorCode": "invalid_client", "Error": "Client credentials are invalid"}, 401)
        return answer(
            {
                "refresh_token_expires_in": "0",
                "api_product_list": "[apidaze-voice]",
                "api_product_list_json": ["apidaze-voice"],
                "organization_name": "kpn",
                "developer_email": "demo@kpn.example",
                "token_type": "Bearer",
                "issued_at": str(int(self._tenant.clock.seconds() * 1000)),
                "client_id": CLIENT_ID,
                "access_token": account.give_token(),
                "application_name": "6e38ed2d-48b1-4362-97d6-04254065d79c",
                "scope": "",
                "expires_in": str(account.switches.token_lifetime),
                "refresh_count": "0",
                "status": "approved",
            }
        )


def _told(request: Request, _body: bytes | None) -> Operation:
    if request.url.path == ACCESS_PATH:
        return Operation.SIGN_IN
    return _commands(request.url.path).get(request.method, Operation.APIDAZE_OTHER)


def _commands(path: str) -> dict[str, Operation]:
    """Give the operations at a path, by method."""
    rest = path.removeprefix(BASE_PATH)
    return _COMMANDS.get(rest) or _COMMANDS.get(re.sub(r"(?<=s/)[^/]+", "*", rest, count=1), {})


def _item(path: str) -> str:
    parts = path.removeprefix(BASE_PATH).split("/")
    return parts[2] if len(parts) > 2 else ""


def _form(request: Request) -> dict[str, str]:
    # Read before: Service has the whole body by now.
    body: bytes = getattr(request, "_body", b"")
    return form_of(body, request.headers.get("content-type", ""))
