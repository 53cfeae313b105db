"""Telephone links that another program opens until they are taken."""

from voipdesk.core.errors import StorageFailed
from voipdesk.core.links import SCHEMES, LinkOwner


class FakeTelLinks:
    """Keeps who opens what; `left_to_do` is what it tells the person, `broken` what it fails with."""

    def __init__(self):
        self.ours = set()
        self.left_to_do = ""
        self.broken = ""

    def owners(self):
        other = {"tel": "Calls <b>1</b>"}
        return tuple(
            LinkOwner(s, "voipdesk" if s in self.ours else other.get(s, ""), ours=s in self.ours) for s in SCHEMES
        )

    def install(self, schemes):
        if self.broken:
            raise StorageFailed(self.broken, advice="Look at its rights.")
        self.ours |= set(schemes)
        return self.left_to_do

    def remove(self, schemes):
        self.ours -= set(schemes)
        return self.left_to_do
