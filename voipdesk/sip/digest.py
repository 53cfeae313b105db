"""Digest authentication: challenges are read and answered as RFC 7616 and RFC 8760 say, older servers as RFC 2617.

The password leaves this computer only in a digest, together with what the server sent.
"""

# NON-NLS: SIP's own words

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from voipdesk.sip.message import divided

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voipdesk.sip.message import Message

_ASKED_IN = {401: ("www-authenticate", "Authorization"), 407: ("proxy-authenticate", "Proxy-Authorization")}
_HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}
_SESSION = "-SESS"
_CHALLENGE = re.compile(r"Digest[ \t]+(.*)", re.IGNORECASE | re.DOTALL)
_PARAMETER = re.compile(
    r'[ \t]*([A-Za-z0-9_-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))[ \t]*', re.DOTALL
)  # fmt: skip
_NOT_PLAIN = re.compile(r'(["\\])')


@dataclass(frozen=True, slots=True)
class Challenge:
    """A question for the password, its values as they were sent, escapes included."""

    realm: str
    nonce: str
    header: str
    """The header that answers it."""
    algorithm: str = ""
    """As the server writes it; "" where it names none, which is MD5."""
    qop: tuple[str, ...] = ()
    """In lower case; empty where the server names none."""
    opaque: str | None = None
    stale: bool = False

    @property
    def shown_realm(self) -> str:
        """The realm as it is meant."""
        return re.sub(r"\\(.)", r"\1", self.realm)

    @property
    def hash_name(self) -> str:
        """The algorithm's name in hashlib, "" for one that is not known here."""
        name = _HASHES.get(self.algorithm.upper().removesuffix(_SESSION) or "MD5", "")
        return name if name in hashlib.algorithms_available else ""

    @property
    def is_answerable(self) -> bool:
        """Whether algorithm and quality of protection are such as can be answered."""
        return bool(self.hash_name) and (not self.qop or bool({"auth", "auth-int"} & set(self.qop)))


@dataclass(slots=True)
class Credentials:
    """Name and password, and how often each nonce has been answered."""

    username: str
    password: str = field(repr=False)
    _uses: dict[str, int] = field(default_factory=dict, repr=False)

    def answer(self, challenge: Challenge, method: str, uri: str, *, cnonce: str = "") -> tuple[str, str]:
        """Give the header that answers a challenge; `cnonce` is random but for tests."""
        uses = self._uses[challenge.nonce] = self._uses.get(challenge.nonce, 0) + 1
        cnonce, count = cnonce or secrets.token_hex(12), f"{uses:08x}"

        def hashed(*parts: str) -> str:
            data = ":".join(parts).encode("utf-8", "surrogateescape")
            return hashlib.new(challenge.hash_name, data, usedforsecurity=False).hexdigest()

        qop = next((one for one in ("auth", "auth-int") if one in challenge.qop), "")
        secret = hashed(self.username, challenge.realm, self.password)
        if challenge.algorithm.upper().endswith(_SESSION):
            secret = hashed(secret, challenge.nonce, cnonce)
        request = hashed(method, uri, hashed("")) if qop == "auth-int" else hashed(method, uri)
        between = (challenge.nonce, count, cnonce, qop) if qop else (challenge.nonce,)
        values = {
            "username": _quoted(self.username),
            "realm": f'"{challenge.realm}"',
            "nonce": f'"{challenge.nonce}"',
            "uri": f'"{uri}"',
            "response": f'"{hashed(secret, *between, request)}"',
        }
        if challenge.algorithm:
            values["algorithm"] = challenge.algorithm
        if challenge.opaque is not None:
            values["opaque"] = f'"{challenge.opaque}"'
        if qop:
            values |= {"qop": qop, "nc": count}
        if qop or challenge.algorithm.upper().endswith(_SESSION):
            values["cnonce"] = f'"{cnonce}"'
        return challenge.header, "Digest " + ", ".join(f"{name}={value}" for name, value in values.items())


def challenges(answer: Message) -> list[Challenge]:
    """Read what a 401 or 407 asks, in the server's order of preference; what is not a whole Digest is left out."""
    asked, header = _ASKED_IN.get(answer.status, ("", ""))
    found = (_challenge(value, header) for value in answer.all(asked))
    return [challenge for challenge in found if challenge is not None]


def to_answer(asked: Iterable[Challenge]) -> list[Challenge]:
    """Choose, for each realm, the first challenge that can be answered (RFC 8760, section 2.4)."""
    chosen: dict[tuple[str, str], Challenge] = {}
    for challenge in asked:
        if challenge.is_answerable:
            chosen.setdefault((challenge.header, challenge.realm), challenge)
    return list(chosen.values())


def _challenge(value: str, header: str) -> Challenge | None:
    digest = _CHALLENGE.fullmatch(value)
    parts = [_PARAMETER.fullmatch(part) for part in divided(digest[1], ",")] if digest else []
    given = {part[1].lower(): part[2] if part[2] is not None else part[3] for part in parts if part}
    if None in parts or "realm" not in given or "nonce" not in given:
        return None
    algorithm = given.get("algorithm", "")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", algorithm):
        return None
    return Challenge(
        realm=given["realm"],
        nonce=given["nonce"],
        header=header,
        algorithm=algorithm,
        qop=tuple(one.strip().lower() for one in given.get("qop", "").split(",") if one.strip()),
        opaque=given.get("opaque"),
        stale=given.get("stale", "").lower() == "true",
    )


def _quoted(text: str) -> str:
    escaped = _NOT_PLAIN.sub(r"\\\1", text)
    return f'"{escaped}"'
