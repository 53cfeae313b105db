"""A request to Apidaze that has been let in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from voipdesk.demo.apidaze_answers import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voipdesk.demo.apidaze_account import ApidazeAccount
    from voipdesk.demo.apidaze_objects import Script, SipAccount
    from voipdesk.demo.apidaze_switches import ApidazeSwitches


class Asked(NamedTuple):
    """Of whom something is asked, and with what."""

    account: ApidazeAccount
    item: str
    """The id in the path, "" where there is none."""
    query: Mapping[str, str]
    form: Mapping[str, str]

    @property
    def switches(self) -> ApidazeSwitches:
        """How the service behaves."""
        return self.account.switches

    def sip(self) -> SipAccount:
        """Find the SIP account of the path; raises Refused."""
        found = self.account.sip.get(int(self.item)) if self.item.isdecimal() else None
        if found is None:
            raise Refused(404, "SIP account not found")
        return found

    def script(self) -> Script:
        """Find the script of the path; raises Refused."""
        found = self.account.scripts.get(int(self.item)) if self.item.isdecimal() else None
        if found is None:
            raise Refused(404, "External script not found")
        return found


def form_of(body: bytes, content_type: str) -> dict[str, str]:
    """Read a body as the service does: form fields, and nothing else."""
    if not content_type.startswith("application/x-www-form-urlencoded"):
        return {}
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
