"""A planted API key is searched for in everything the program writes, says and shows; only the keyring may know it."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.e2e.faults import CASES
from tests.e2e.program import Program, without_proxies
from tests.e2e.searching import BUG, LOUD, assert_nowhere
from tests.fakes.keyring_session import KeyringSession
from voipdesk.demo import voipcloud
from voipdesk.demo.server import DemoServer

PLANTED = "pl4nt/d+K3y=Zw9Qx7%20&Tb6"
WINDOW = Path(__file__).with_name("window_to_be_searched.py")
ECHO = f"the token {PLANTED} is not good"
FAULTS = [
    {**case.faults, "text": ECHO} if case.faults["kind"] in {"not_whitelisted", "wrong_key", "bad_parameters"}
    else case.faults
    for case in CASES.values() if case.faults and case.faults["kind"] != "slow"
]  # fmt: skip


@pytest.fixture
def seen(monkeypatch):
    """All that reaches the service: addresses and bodies, and whether the key came where it belongs."""
    monkeypatch.setattr(voipcloud, "KEY", PLANTED)
    requests = []
    really_refuse = voipcloud.VoipCloud._refuse

    def refuse(self, operation, request):
        headers = [f"{name}: {value}" for name, value in request.headers.items() if name != "token"]
        requests.append((str(request.url), request._body, headers, request.headers.get("token")))
        return really_refuse(self, operation, request)

    monkeypatch.setattr(voipcloud.VoipCloud, "_refuse", refuse)
    return requests


@pytest.fixture
def service(seen):
    with DemoServer(seed=1, calls=60, limit=1000) as server:
        yield server


@pytest.fixture
def environment(home, monkeypatch):
    """Everything the program may write is under this test's home; it is as talkative as it can be."""
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    (home / "tmp").mkdir()
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    with KeyringSession() as session:
        yield without_proxies(session.environment)


def test_the_command_line_tells_it_nobody(service, seen, home, environment):
    run = Program(environment, first=LOUD)
    given = run(
        "accounts", "add", "voipcloud", "--name", "Office", "--base-url", service.base_url, "--my-number", "7040",
        "--request-limit", "1000", stdin=PLANTED,
    )  # fmt: skip
    assert given.code == 0
    for command in (
        ("accounts", "list", "--format", "json"), ("accounts", "test"), ("sync",), ("status",),
        ("calls", "--format", "csv", "--output", str(home / "calls.csv")),
    ):  # fmt: skip
        assert run(*command).code == 0
    for fault in FAULTS:
        service.fault(**{**fault, **({"retry_after": "1"} if fault["kind"] == "too_many" else {})})
        assert run("dial", "+4930901820").code in {3, 4, 5, 6}
        service.clear_faults()

    time.sleep(1)  # until the service takes requests again
    service.fault("slow", seconds=1)
    dialling = run.start("dial", "+4930901820")
    while not seen or ("call-to-number" not in seen[-1][0] and dialling.poll() is None):
        for name in ("cmdline", "environ"):
            assert_nowhere(PLANTED, f"its {name}", Path(f"/proc/{dialling.pid}/{name}").read_bytes())
        if service.state().requests.get("call-to-number", 0) and dialling.poll() is not None:
            break
        time.sleep(0.05)
    assert run.finish(dialling).code == 0
    service.clear_faults()

    run.first = LOUD + BUG
    assert run("dial", "+4930901820").code == 1
    run.environment = {**environment, "VOIPDESK_TRACEBACK": "1"}
    trace = run("dial", "+4930901820")
    assert "RuntimeError: a planted bug" in trace.err
    everything_is_searched(home, seen, run.said)


def test_the_window_tells_it_nobody(service, seen, home, environment):
    command = [sys.executable, str(WINDOW), service.base_url, str(home / "voipdesk")]
    environment |= {"PYTHONPATH": str(WINDOW.parents[2]), "QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(
        command, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, err = process.communicate(f"{PLANTED}\n{json.dumps(FAULTS)}\n", timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0, err[-3000:]
    strips = re.findall("^STRIP (.*)", out, re.MULTILINE)
    assert len(strips) == len(FAULTS)
    assert any("the token ••• is not good" in strip for strip in strips), "the search is for what is really there"
    assert "REPORT voipdesk" in out
    assert re.findall("^ValueError: .*", out, re.MULTILINE) == ["ValueError: … is …, or …"]
    everything_is_searched(home, seen, [out, err])


def everything_is_searched(home: Path, seen, said: list[str]) -> None:
    files = [file for file in home.rglob("*") if file.is_file()]
    contents = {file: file.read_bytes() for file in files}
    assert any(b"4930901820" in content for content in contents.values()), "what is kept can be found this way"
    assert any(file.suffix == ".keyring" for file in files)
    for file, content in contents.items():
        assert_nowhere(PLANTED, str(file), content)
    for text in said:
        assert_nowhere(PLANTED, "what it said", text.encode())
    assert any("httpcore" in text for text in said), "the libraries were as talkative as they can be"
    assert seen
    for url, body, headers, token in seen:
        assert token == PLANTED
        assert_nowhere(PLANTED, f"a request for {url}", b"\n".join([url.encode(), body, *map(str.encode, headers)]))
