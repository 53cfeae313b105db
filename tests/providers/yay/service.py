"""A Yay.com service in memory: answers by path, and keeps what it was sent."""

import json
from datetime import UTC, datetime

import httpx

from tests.fakes.request_budget import FakeBudget
from voipdesk.providers.exchange import Answer
from voipdesk.providers.yay.client import YayClient

PASSWORD = "planted-pass-4711"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOKEN = "2f45433e-25c6-4955-8687-34e6b328d550"


def envelope(result, code=200, message="OK"):
    return {"result": result, "status_code": code, "status_message": message}


class Service:
    """`answers` by "METHOD /path": a body, (status, body), an error, or a function of the request; any else is 404."""

    def __init__(self, answers=None, **headers):
        self.answers = answers or {}
        self.headers = {"X-Tracking-Token": TOKEN, "Content-Type": "application/json", **headers}
        self.requests: list[httpx.Request] = []
        self.budget = FakeBudget()

    def __call__(self, request):
        self.requests.append(request)
        request.read()
        answer = self.answers.get(f"{request.method} {request.url.path}", (404, envelope({}, 404, "Not Found")))
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer if isinstance(answer, tuple) else (200, answer)
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return httpx.Response(status, content=content, headers=self.headers)

    def client(self, **settings):
        return YayClient(
            **{
                "base_url": "https://api.example",
                "reseller": "acme",
                "user": "desk",
                "password": PASSWORD,
                "budget": self.budget,
                "transport": httpx.MockTransport(self),
                "clock": lambda: NOW,
                **settings,
            }
        )

    @property
    def sent(self):
        return [f"{request.method} {request.url.path}" for request in self.requests]

    def body(self, place=-1):
        return json.loads(self.requests[place].content)


def said(body, status=200, content_type="application/json"):
    content = body if isinstance(body, bytes) else (body if isinstance(body, str) else json.dumps(body)).encode()
    return Answer("api.example", status, content, content_type)
