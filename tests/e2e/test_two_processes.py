"""Several processes on one home: one budget, one archive, and dialling comes first."""

import re
import time

import pytest

from tests.e2e.program import Program
from voipdesk.demo.server import DemoServer


@pytest.fixture
def serve(tmp_path):
    """Start a demo PBX with its limit, and a program with an account that knows the same limit."""
    servers = []

    def serve(limit, calls):
        server = DemoServer(seed=2, calls=calls, limit=limit)
        servers.append(server)
        server.start()
        run = Program(common=("--home", str(tmp_path / "home"), "--secret-stdin"), stdin=server.api_key)
        added = run(
            "accounts", "add", "voipcloud", "--name", "Office", "--base-url", server.base_url, "--my-number", "7040",
            "--request-limit", str(limit),
        )  # fmt: skip
        assert added.code == 0
        return server, run

    yield serve
    for server in servers:
        server.stop()


def test_a_dial_gets_through_while_a_sync_stops_at_the_reserve(serve):
    server, run = serve(limit=13, calls=25_000)
    server.fault("slow", operation="get-user-calls", seconds=1)
    syncing = run.start("sync")
    syncing.stdin.write(server.api_key)
    syncing.stdin.close()
    syncing.stdin = None
    while not sum(server.state().requests.values()) and syncing.poll() is None:
        time.sleep(0.02)
    dialled = [run.finish(process) for process in [run.start("dial", number) for number in ("7041", "7042")]]
    synced = run.finish(syncing, "")
    assert [each.code for each in dialled] == [0, 0]
    assert server.state().dials_accepted == 2
    assert synced.code == 4
    assert "the last 10 are kept for dialling" in synced.err
    assert re.search(r"Try again at [\d:]{8}", synced.err)
    requests = sum(server.state().requests.values())
    again = run("sync")
    assert (again.code, sum(server.state().requests.values())) == (4, requests), "nothing more was sent"
    assert requests - 2 <= 3
    assert run("dial", "7043").code == 0
    assert run("budget", "--format", "json").json["used"] == requests + 1
    assert server.state().refused == {}
    kept = run("calls", "--format", "json")
    assert (kept.code, 0 < len(kept.json) < 25_000) == (0, True)


def test_processes_at_once_never_send_more_than_the_limit(serve):
    server, run = serve(limit=4, calls=300)
    ended = [run.finish(process) for process in [run.start("dial", "7042") for _ in range(6)]]
    assert sorted(each.code for each in ended) == [0, 0, 0, 0, 4, 4]
    state = server.state()
    assert (state.dials_accepted, sum(state.requests.values()), state.refused) == (4, 4, {})


def test_two_syncs_at_once_keep_each_call_once_and_a_third_adds_nothing(serve):
    server, run = serve(limit=100, calls=3_000)
    both = [run.finish(process) for process in [run.start("sync"), run.start("sync")]]
    assert [each.code for each in both] == [0, 0]
    assert " 0 new, 0 changed" in run("sync").out
    calls = run("calls", "--format", "json").json
    rows = server.state().rows
    assert {source: sum(call["source"] == source for call in calls) for source in rows} == rows
    assert run("budget", "--format", "json").json["used"] == sum(server.state().requests.values())
