"""How soon the SIP accounts of another customer are on the screen, beside the time of the request itself.

The real window on a demo server that answers after 100 ms, as one on the internet does. The request's own time is taken
in the same switch, from its start to its answer as records, so that the machine's other work is in both.
"""

import asyncio
import json
import sys
import time
import urllib.request
from statistics import median

from tests.bench.figures import Figure, listed, percentile, ratio
from tests.bench.reseller_window import reseller, run, until

LIMIT = 1.2
AWAY_S = 0.1
SWITCHES = 25


def measure(pairs: int) -> list[Figure]:
    """Let the window do it, in a process of its own."""
    from tests.bench.processes import figures, module

    ours, own = [], []
    with reseller() as (home, base_url):
        faults = [
            {"kind": "slow", "operation": operation, "seconds": AWAY_S} for operation in ("sip-users", "sip-statuses")
        ]
        asked = urllib.request.Request(f"{base_url}/demo/faults", json.dumps(faults).encode(), method="POST")
        urllib.request.urlopen(asked).close()
        for _ in range(min(pairs, 2)):
            found = figures(module("switch", home))
            ours += found["ours"]
            own += found["own"]
    times = ratio(ours, own)
    runs = f"switches {listed(ours, 0)} ms, p95 {percentile(ours, 0.95):.0f} ms"
    return [
        Figure(
            "switch of the customer acted for, to SIP accounts on the screen",
            f"{median(ours):.0f} ms, {times:.2f} ×",
            f"{median(own):.0f} ms, the request itself",
            f"≤ {LIMIT} ×",
            times <= LIMIT,
            runs,
        )
    ]


async def _scenario(panes):
    from PySide6.QtCore import QEvent, QObject

    from tests.bench.telling import say

    await until(lambda: panes and not panes[0]._lists.old)
    pane = panes[0]
    table = pane.view.browse.table
    account = pane._lists.choice.account
    names = [customer.name for customer in (await pane._names._customers.list(account)).customers]
    await asyncio.sleep(3)
    own, ours, plain = [], [], pane._sip.list

    async def timed(*args, **kwargs):
        begun = time.perf_counter()
        try:
            return await plain(*args, **kwargs)
        finally:
            own.append((time.perf_counter() - begun) * 1000)

    pane._sip.list = timed

    class Painted(QObject):
        at = 0.0

        def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
            if event.type() == QEvent.Type.Paint and not self.at and table.model().rowCount():
                asyncio.get_running_loop().call_soon(self.note)
            return False

        def note(self):
            self.at = self.at or time.perf_counter()

    painted = Painted()
    table.viewport().installEventFilter(painted)
    for name in names[: 4 * SWITCHES]:
        painted.at, begun = 0.0, time.perf_counter()
        pane.act_for(account.id, name)
        await until(lambda: not pane._lists.old)
        if table.model().rowCount():
            await until(lambda: painted.at)
            ours.append((painted.at - begun) * 1000)
        else:
            own.pop()  # it has none, and there is nothing to be seen
        await until(lambda: not pane._tasks.names & {"sip: read", "sip: statuses"})
        await asyncio.sleep(0.1)
        if len(ours) == SWITCHES:
            break
    say(ours=ours, own=own)


if __name__ == "__main__":
    sys.exit(run(_scenario, "sip", "SipPane"))
