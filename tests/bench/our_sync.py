"""The program's own back-fill into a new archive: our_sync.py HOME."""

import asyncio
import sys
import time
from pathlib import Path

from tests.bench.telling import say
from voipdesk.core.budget import Priority
from voipdesk.core.call_log import CallFilter
from voipdesk.services.desk import Desk


async def main(home: Path) -> None:
    desk = await Desk.open(home)
    try:
        account = desk.accounts.get(None)
        desk.secrets.set_for_run(account.id, "api_key", "demo-key")
        await (await desk.connections.client(account, Priority.BACKGROUND)).fetch_status()  # the libraries are loaded
        started = time.perf_counter()
        await desk.sync.backfill(account)
        seconds = time.perf_counter() - started
        say(rows=(await desk.call_log.totals(CallFilter())).count, seconds=seconds)
    finally:
        await desk.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
