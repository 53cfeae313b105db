"""A request before it is sent and an answer before it is read: what wire modules speak of, without any I/O."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.providers.secret_text import SecretText


class Encoding(StrEnum):
    """How the fields of a request with a body are written."""

    FORM = "form"
    MULTIPART = "multipart"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Request:
    """One request; its path follows the account's base URL.

    The account's secrets are added by the door, to every request or as `secret_headers` and `secret_fields` to one.
    """

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    encoding: Encoding = Encoding.FORM
    json: Mapping[str, object] | None = field(default=None, repr=False)
    """A body as a JSON object, in place of `fields`; it may hold passwords."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Beside those the door adds to every request; printable ASCII."""
    secret_headers: Mapping[str, SecretText] = field(default_factory=dict)
    """Blanked, like the next, where anybody repeats them."""
    secret_fields: Mapping[str, SecretText] = field(default_factory=dict)
    """Beside `fields`, in a form."""
    within_s: float | None = None
    """A shorter time for the whole of the answer than the door gives."""
    most_bytes: int | None = None
    """A smaller answer than the door takes."""
    acts: bool = False
    """True when it does something: it is sent once, and a lost answer is OutcomeUnknown."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    host: str
    status: int
    body: bytes = field(repr=False)
    content_type: str = ""
    retry_after: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """By name in lower case."""

    @property
    def is_html(self) -> bool:
        """True for a page made for people, not programs."""
        return "html" in self.content_type.lower() or self.body.lstrip()[:5].lower() in {b"<!doc", b"<html"}
