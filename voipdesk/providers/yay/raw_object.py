"""A service's object kept as the JSON it came in, and decoded when somebody looks: a list of thousands stays small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from voipdesk.providers.json_repair import BROKEN, decode


class RawObject(Mapping[str, object]):
    """Reads like a dict; empty where the JSON turns out not to be an object."""

    __slots__ = ("_json", "_value")

    def __init__(self, json: bytes) -> None:
        self._json = json
        self._value: dict[str, object] | None = None

    def __getitem__(self, key: str) -> object:
        return self._decoded()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded())

    def __len__(self) -> int:
        return len(self._decoded())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Mapping):
            return self._decoded() == (other._decoded() if isinstance(other, RawObject) else other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return "RawObject(…)"  # it may hold passwords

    def _decoded(self) -> dict[str, object]:
        if self._value is None:
            try:
                value = decode(self._json)
            except BROKEN:
                value = {}
            self._value = value if isinstance(value, dict) else {}
        return self._value
