"""Apidaze behind KPN's gateway in memory: answers by path, gives tokens, and keeps what it was sent."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import httpx

from tests.fakes.request_budget import FakeBudget
from voipdesk.providers.apidaze.client import ApidazeClient
from voipdesk.providers.apidaze.door import Door
from voipdesk.providers.apidaze.wire_sip import SignInPlace
from voipdesk.providers.exchange import Answer

SECRET = "planted-secret-4711"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACE = SignInPlace("sip.example", "192.0.2.9:4060")
BASE, TOKEN_URL = "https://gate.example/cpaas", "https://gate.example/oauth/token"


def token(number=1, **fields):
    return {"access_token": f"planted-token-{number}", "token_type": "Bearer", "expires_in": "3599", **fields}


class Service:
    """`answers` by "METHOD /path": a body, (status, body), an error, or a function of the request; any else is 404."""

    def __init__(self, answers=None, *, tokens=None, **headers):
        self.answers = answers or {}
        self.tokens = tokens
        """As `answers` for the token; None gives a new one each time."""
        self.headers = {"Content-Type": "application/json", **headers}
        self.requests: list[httpx.Request] = []
        self.asked_for_tokens: list[httpx.Request] = []
        self.budget = FakeBudget()
        self.now = NOW

    def __call__(self, request):
        request.read()
        if str(request.url).startswith(TOKEN_URL):
            self.asked_for_tokens.append(request)
            answer = self.tokens if self.tokens is not None else token(len(self.asked_for_tokens))
        else:
            self.requests.append(request)
            path = request.url.path.removeprefix("/cpaas")
            answer = self.answers.get(f"{request.method} {path}", (404, {"status": "404", "message": "No such id"}))
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return httpx.Response(status, content=content, headers=self.headers)

    def client(self, **settings):
        return ApidazeClient(
            Door(
                **{
                    "base_url": BASE,
                    "token_url": TOKEN_URL,
                    "client_id": "planted-id",
                    "client_secret": SECRET,
                    "place": PLACE,
                    "budget": self.budget,
                    "transport": httpx.MockTransport(self),
                    "clock": lambda: self.now,
                    **settings,
                }
            )
        )

    def pass_time(self, seconds):
        self.now += timedelta(seconds=seconds)

    @property
    def sent(self):
        return [f"{request.method} {request.url.path.removeprefix('/cpaas')}" for request in self.requests]

    @property
    def tokens_used(self):
        return [request.headers["authorization"] for request in self.requests]

    def form(self, place=-1):
        return {k: v[0] for k, v in parse_qs(self.requests[place].content.decode(), keep_blank_values=True).items()}


def said(body, status=200, content_type="application/json"):
    content = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return Answer("gate.example", status, content, content_type)
