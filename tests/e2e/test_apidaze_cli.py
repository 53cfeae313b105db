"""An administrator's day at Apidaze on the command line: each command a process, each token good for one request.

What the program leaves behind is searched for the client secret, the tokens and the passwords of SIP accounts.
"""

import pytest

from tests.e2e.program import Program, without_proxies
from tests.e2e.searching import LOUD, assert_nowhere
from tests.fakes.keyring_session import KeyringSession
from voipdesk.demo import apidaze
from voipdesk.demo.apidaze_handle import ApidazeHandle
from voipdesk.demo.server import DemoServer

PLANTED = "pl4nt/d+K3y=Zw9Qx7%20&Tb6"
SOON = """
import voipdesk.services.sip_edit, voipdesk.services.script_edit
for module in (voipdesk.services.sip_edit, voipdesk.services.script_edit):
    module.LOOK_AFTER_S = (0.05, 0.1, 0.2)
"""
BUG = """
from voipdesk.providers.http import Http
async def buggy(self, client, request, *more):
    secrets = [v.reveal() for v in (*request.secret_headers.values(), *request.secret_fields.values())]
    raise RuntimeError("a planted bug, with the secrets in a frame")
Http._stream = buggy
"""
MAIN, FRENCH = "https://scripts.demo.example/main.xml", "https://scripts.demo.example/french.xml"
MASK = "••••••"


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(apidaze, "CLIENT_SECRET", PLANTED)
    monkeypatch.setattr(ApidazeHandle, "client_secret", PLANTED)
    with DemoServer(seed=1, calls=0, customers=5, yay_calls=0) as server:
        yield server


@pytest.fixture
def run(home, monkeypatch, server):
    """A program that is as talkative as it can be, with everything it may write under this test's home."""
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    (home / "tmp").mkdir()
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    with KeyringSession() as session:
        run = Program(without_proxies(session.environment), first=LOUD + SOON)
        added = run(
            "accounts", "add", "apidaze", "--name", "Voice", "--client-id", server.apidaze.client_id,
            "--base-url", server.apidaze.base_url, "--token-url", server.apidaze.token_url, stdin=PLANTED,
        )  # fmt: skip
        assert added.code == 0, added.err[-2000:]
        yield run


def test_every_operation_of_both_resources_with_the_token_ending_in_between(server, run, home):
    voice = server.apidaze
    voice.switch(tokens_worth=1)

    def done(*command):
        ended = run(*command)
        assert ended.code == 0, (command, ended.err[-2000:])
        return ended

    assert "8 SIP accounts" in done("accounts", "test").out
    assert len(done("sip", "list", "--format", "json").json) == 8
    made = done("sip", "create", "new_1", "--name", "New desk", "--internal-number", "12", "--format", "json").json
    assert (made["username"], made["password"], made["domain"]) == ("new_1", MASK, "vm.4711.apidaze.voip")
    assert done("sip", "status", made["id"], "--format", "json").json["status"] == "Not registered"
    assert "Name: New desk → Hall" in done("sip", "update", "new_1", "--name", "Hall", "--mwi-account", "9").err
    shown = done("sip", "show", "new_1", "--format", "json").json
    assert (shown["display_name"], shown["internal_number"], shown["mailbox"]) == ("Hall", "12", "9")
    assert "is deleted" in done("sip", "delete", "new_1", "--yes").out

    assert [one["url"] for one in done("scripts", "list", "--format", "json").json] == [MAIN]
    assert "<speak lang=" in done("scripts", "test", FRENCH).out
    done("scripts", "create", FRENCH, "--replace")
    done("scripts", "update", "Main menu", "--name", "French")
    assert done("scripts", "show", "French", "--format", "json").json["url"] == FRENCH
    done("scripts", "delete", "French", "--yes")
    created = done("scripts", "create", MAIN, "--name", "Again", "--format", "json").json
    assert (created["name"], voice.state().scripts) == ("Again", [MAIN])

    state = voice.state()
    assert state.created == ["new_1", MAIN]
    assert state.updated == ["new_1", FRENCH, FRENCH]
    assert state.deleted == ["new_1", FRENCH]
    accepted = [seen for seen in state.seen if seen.status < 300 and seen.operation != "sign-in"]
    assert state.refused["401"] >= 10, "the tokens really ended in between"
    assert len(accepted) + state.refused["401"] == sum(state.requests.values()) - state.requests["sign-in"]
    everything_is_searched(server, run, home)


def test_lost_answers_and_faults_and_bugs_tell_the_truth_and_no_secret(server, run, home):
    voice, echo = server.apidaze, f"the secret {PLANTED} is not good"
    lost = {"kind": "cut_after_act", "next": 1}
    for operation, command, what in (
        ("create-sip-account", ("sip", "create", "new_1"), "created"),
        ("update-sip-account", ("sip", "update", "new_1", "--name", "Hall"), "updated"),
        ("delete-sip-account", ("sip", "delete", "new_1", "--yes"), "deleted"),
        ("update-script", ("scripts", "update", "311", "--name", "French"), "updated"),
        ("delete-script", ("scripts", "delete", "311", "--yes"), "deleted"),
        ("create-script", ("scripts", "create", MAIN), "created"),
    ):
        server.fault(**lost, operation=operation)
        before = len(getattr(voice.state(), what))
        ended = run(*command)
        assert ended.code == 0, (command, ended.err[-2000:])
        assert len(getattr(voice.state(), what)) == before + 1
    server.fault("cut_before_act", operation="create-sip-account", next=1)
    unknown = run("sip", "create", "new_2")
    assert (unknown.code, "“new_2” is not among the SIP accounts so far" in unknown.err) == (6, True)

    for fault, code in (("wrong_key", 3), ("bad_parameters", 3), ("server_error", 5), ("html", 5), ("redirect", 5)):
        server.fault(fault, operation="sip-accounts", text=echo)
        assert run("sip", "list").code == code
        server.fault(fault, operation="sign-in", text=echo)
        assert run("scripts", "list").code in {3, 5}
        server.clear_faults()
    assert server.state().keys_redirected == server.state().redirects_followed == 0
    run.first = LOUD + BUG
    assert run("sip", "show", "2101", "--reveal").code == 1
    run.environment = {**run.environment, "VOIPDESK_TRACEBACK": "1"}
    assert "RuntimeError: a planted bug" in run("sip", "list").err
    everything_is_searched(server, run, home)


def test_bad_credentials_name_the_field_and_the_account_s_settings_are_what_is_asked(server, run):
    wrong = run("sip", "list", "--secret-stdin", stdin="wrong-secret")
    assert (wrong.code, "client ID or the client secret is wrong" in wrong.err) == (3, True)
    added = run(
        "accounts", "add", "apidaze", "--name", "Other", "--client-id", "unknown", "--base-url",
        server.apidaze.base_url, "--token-url", server.apidaze.token_url, stdin=PLANTED,
    )  # fmt: skip
    assert added.code == 0
    for status in (500, 401):
        server.apidaze.switch(wrong_client=status)
        ended = run("scripts", "list", "--account", "Other")
        assert (ended.code, "the client ID is wrong" in ended.err) == (3, True)


def everything_is_searched(server, run, home):
    files = {str(file): file.read_bytes() for file in home.rglob("*") if file.is_file()}
    assert any(b"Voice" in content for content in files.values()), "what is kept can be found this way"
    assert any("httpcore" in text for text in run.said), "the libraries were as talkative as they can be"
    secrets = [PLANTED, *server.on_server(lambda: list(server._tenant.apidaze._tokens))]
    assert len(secrets) > 10
    for where, content in [*files.items(), *(("what it said", text.encode()) for text in run.said)]:
        for secret in secrets:
            assert_nowhere(secret, where, content)
        assert server.apidaze.sip_mark.encode() not in content, f"{where} holds a password"
    state = server.apidaze.state()
    assert (state.credentials_in_url, state.bodies_where_none_belongs) == (0, 0)
