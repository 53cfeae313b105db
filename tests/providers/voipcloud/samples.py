"""Answers of the service, kept as files."""

from pathlib import Path

from voipdesk.providers.exchange import Answer

FOLDER = Path(__file__).parents[2] / "samples" / "voipcloud"


def sample(name: str, status: int = 200) -> Answer:
    return Answer("pbx.example", status, (FOLDER / name).read_bytes(), "application/json")


def said(body: str | bytes, status: int = 200, content_type: str = "application/json") -> Answer:
    return Answer("pbx.example", status, body if isinstance(body, bytes) else body.encode(), content_type)
