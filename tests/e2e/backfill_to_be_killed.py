"""Back-fills again and again in child processes and kills each at a random moment; run by test_kill_during_backfill.py.

A program of its own, so that children are forked from a process without threads, and start in no time. Arguments: home,
account's name, key, number of kills, seed.
"""

import asyncio
import os
import random
import signal
import sys
import time
from pathlib import Path

import httpx  # noqa: F401 - loaded before the fork
import sqlalchemy.dialects.sqlite  # noqa: F401

import voipdesk.archive.store
import voipdesk.providers.http
import voipdesk.providers.voipcloud.client  # noqa: F401
from voipdesk.core.budget import Priority
from voipdesk.core.call_log import HasCallLog
from voipdesk.services.desk import Desk
from voipdesk.settings.secrets import Secrets

PAGE = 250


async def backfill(home: Path, name: str, key: str, pages: int) -> None:
    secrets = Secrets()
    desk = await Desk.open(home, secrets=secrets)
    account = desk.accounts.get(name)
    secrets.set_for_run(account.id, "api_key", key)
    client = await desk.connections.client(account, Priority.BACKGROUND)
    assert isinstance(client, HasCallLog)
    type(client).call_page_limit = property(lambda _: PAGE)
    if not await desk.sync.has_gaps(account):
        os.write(pages, b"anew ")
        from voipdesk.archive.sync_state import SyncState

        await SyncState(desk.store).forget(account.id)
    while True:
        await desk.sync.backfill(account, progress=lambda _: os.write(pages, b"."))


def main() -> None:
    home, name, key, kills, seed = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
    moments = random.Random(seed)
    anew = 0
    for _ in range(kills):
        read, write = os.pipe()
        child = os.fork()
        if not child:
            try:
                asyncio.run(backfill(home, name, key, write))
            finally:
                os._exit(1)
        os.close(write)
        wanted, seen = moments.randrange(8), b""
        while seen.count(b".") < wanted:
            seen += os.read(read, 1) or b"." * wanted
        time.sleep(moments.uniform(0, 0.05))
        assert os.waitpid(child, os.WNOHANG) == (0, 0), "it ended by itself"
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(read)
        anew += b"anew" in seen
    print(anew)


if __name__ == "__main__":
    main()
