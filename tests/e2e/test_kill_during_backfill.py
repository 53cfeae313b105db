"""The program is killed at 50 random moments of a back-fill, while calls arrive; in the end the archive is the log."""

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from msgspec.structs import replace

from voipdesk.core.budget import Priority
from voipdesk.core.call_log import Call, CallFilter, HasCallLog, Source
from voipdesk.demo.server import DemoServer
from voipdesk.services.desk import Desk
from voipdesk.settings.secrets import Secrets

DRIVER = Path(__file__).with_name("backfill_to_be_killed.py")
KILLS = 50


def bare(call: Call) -> Call:
    """Without what the archive keeps as a digest only."""
    return replace(call, identity="")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
async def test_no_kill_loses_or_doubles_a_call(tmp_path):
    seed = random.randrange(10**6)
    print("seed", seed)  # shown when it fails
    with DemoServer(seed=3, calls=10_000, limit=10**6) as server:
        server.switch(arrivals_per_request=1)
        for place in (5, 250, 249, 1000):
            server.double(Source.USER, place)
        secrets = Secrets()
        desk = await Desk.open(tmp_path, secrets=secrets)
        try:
            settings = {"base_url": server.base_url, "request_limit": "1000000", "time_zone": "UTC"}
            added = await desk.accounts.add("voipcloud", "office", "7042", settings, {"api_key": server.api_key})
        finally:
            await desk.close()

        arguments = [str(tmp_path), "office", server.api_key, str(KILLS), str(seed)]
        killed = await asyncio.create_subprocess_exec(
            sys.executable, DRIVER, *arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        said, failed = await killed.communicate()
        assert (killed.returncode, failed) == (0, b"")

        server.switch(arrivals_per_request=0)
        secrets.set_for_run(added.account.id, "api_key", server.api_key)
        desk = await Desk.open(tmp_path, secrets=secrets)
        try:
            kept = await desk.call_log.totals(CallFilter())
            print("calls after the last kill", kept.count, "· back-fills begun anew", said.decode())
            assert kept.count > 1000
            await desk.sync.backfill(added.account)
            await desk.sync.refresh(added.account)
            client = await desk.connections.client(added.account, Priority.USER)
            assert isinstance(client, HasCallLog)
            there: Counter[Call] = Counter()
            for source in desk.accounts.call_sources(added.account):
                page = await client.fetch_calls(source, limit=10_000)
                assert page.row_count < 10_000
                assert not page.unreadable
                there.update(map(bare, page.calls))
            archive = desk.call_log
            here = Counter([bare(row.call) async for rows in archive._archive.iterate(CallFilter()) for row in rows])
            assert there.total() > 10_000
            assert here == there
            assert not await desk.sync.has_gaps(added.account)
        finally:
            await desk.close()
        with sqlite3.connect(desk.paths.archive_file) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
