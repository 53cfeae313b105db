"""A request to Yay that has been let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from voipdesk.demo.yay_answers import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.demo.yay_reseller import Reseller


class Asked(NamedTuple):
    """Of whom and for whom something is asked, and with what."""

    reseller: Reseller
    acting_for: str
    owner: str
    """The uuid of the customer acted for, "" for the reseller itself."""
    last: str
    """The last part of the path."""
    query: Mapping[str, str]
    body: bytes

    @property
    def words_in(self) -> str:
        """Where words about a bad field are to be."""
        return self.reseller.switches.words_in

    def fields(self) -> dict[str, object]:
        """Read the body as a JSON object; raises Refused."""
        try:
            return msgspec.json.decode(self.body, type=dict[str, object])
        except msgspec.MsgspecError:
            raise Refused(400, "The body is not a JSON object", "body") from None

    def number(self, key: str, default: int) -> int:
        """Read a whole number from 1 out of the query; raises Refused."""
        text = self.query.get(key, "") or str(default)
        if not (text.isascii() and text.isdecimal() and 1 <= int(text) < 1 << 31):
            raise Refused(400, "must be a whole number from 1", key)
        return int(text)

    def choice(self, key: str, default: str, choices: Mapping[str, bool | None]) -> bool | None:
        """Read one of some words out of the query; raises Refused."""
        text = (self.query.get(key, "") or default).lower()
        if text not in choices:
            raise Refused(400, f"must be one of {', '.join(filter(None, choices))}", key)
        return choices[text]
