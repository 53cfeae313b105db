"""Homes to measure in: one with 1,000,000 calls, built once and kept; new ones; all with an account on a server."""

import asyncio
import fcntl
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.processes import demo_server
from voipdesk.archive import call_log_write, search_index, tables
from voipdesk.core.accounts import Account
from voipdesk.core.call_log import CallFilter
from voipdesk.services.desk import Desk

MILLION = 1_000_000
NOWHERE = "http://127.0.0.1:9"
"""Where nobody answers: the address of an account before it is given one."""


def bench_dir() -> Path:
    """Where what is built is kept."""
    folder = Path(os.environ.get("VOIPDESK_BENCH_DIR") or Path(tempfile.gettempdir()) / "voipdesk-bench")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


async def add_account(desk: Desk, base_url: str, version: str = "v1") -> Account:
    """Add an account whose budget never ends: it is the program that is measured, not the service's limit."""
    settings = {"base_url": base_url, "api_version": version, "request_limit": "1000000"}
    return (await desk.accounts.add("voipcloud", "Office", "7042", settings, {"api_key": "demo-key"})).account


def million() -> Path:
    """Give the home with 1,000,000 calls; building it takes some minutes."""
    home = bench_dir() / f"home-{MILLION}-{_archive_digest()}"
    with (bench_dir() / "building.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of two benchmarks that begin together, the second waits for the first's
        if not home.exists():
            _build(home)
    return home


def _build(home: Path) -> None:
    print(f"building {home} …", flush=True)
    part = home.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    started = time.monotonic()
    with demo_server(MILLION) as base_url:
        asyncio.run(_fill(part, base_url))
    part.rename(home)
    print(f"built in {time.monotonic() - started:.0f} s", flush=True)


@contextmanager
def fresh(base_url: str) -> Iterator[Path]:
    """Give a new home with an account and without calls."""
    with tempfile.TemporaryDirectory(dir=bench_dir()) as folder:
        home = Path(folder) / "home"
        asyncio.run(_make(home, base_url))
        yield home


def connect(home: Path, base_url: str) -> None:
    """Let the home's account find its service at another address."""
    file = home / "settings.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"http://127\.0\.0\.1:\d+", base_url, text), encoding="utf-8")


async def _make(home: Path, base_url: str) -> None:
    desk = await Desk.open(home)
    try:
        await add_account(desk, base_url)
    finally:
        await desk.close()


async def _fill(home: Path, base_url: str) -> None:
    desk = await Desk.open(home)
    try:
        account = await add_account(desk, base_url, "v2")
        await desk.sync.backfill(account)
        totals = await desk.call_log.totals(CallFilter())
        if totals.count != MILLION:
            msg = f"{totals.count} calls were archived"
            raise RuntimeError(msg)
    finally:
        await desk.close()


def _archive_digest() -> str:
    """Name what decides how the archive is written: when it changes, another is built."""
    digest = hashlib.blake2b(digest_size=6)
    for part in (tables, search_index, call_log_write):
        digest.update(Path(str(part.__file__)).read_bytes())
    return digest.hexdigest()
