"""The check on the command line: typed accounts and a service's, for people and for programs, with exit codes."""

import signal
import socket

import pytest

from tests.cli.typed import on_a_terminal
from tests.e2e.program import Program
from tests.fakes.registrar import Registrar, free_ports
from voipdesk.demo.yay_people import sip_users

OWN = sip_users(1, "")[0]
PASSWORD = " s e;cret"


@pytest.fixture(scope="module")
def registrar():
    with Registrar({"100": PASSWORD, OWN.login: OWN.password}) as running:
        yield running


def typed(registrar: Registrar, *more: str, user: str = "100") -> tuple[str, ...]:
    return ("sip", "check", "--user", user, "--domain", registrar.domain, "--proxy", registrar.address, *more)


def test_an_account_that_works_is_exit_code_0_with_a_line_for_each_step(run, registrar):
    ended = run(*typed(registrar, "--register"), stdin=f"{PASSWORD}\n")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == f"100@{registrar.domain} by UDP"
    assert [line.split(None, 1)[1] for line in lines if line.startswith("passed ")] == [
        "Find the server", "Hear from it", "Sign in", "Register as a telephone",
    ]  # fmt: skip
    assert lines[-1] == "This SIP account works."
    assert registrar.registered() == []


def test_a_refusal_is_exit_code_3_and_tells_what_to_do(run, registrar):
    ended = run(*typed(registrar), stdin="wrong\n")
    assert ended.code == 3
    assert "failed   Sign in\n         The server does not accept the user name with this password.\n" in ended.out
    assert "letter by letter" in ended.out
    assert ended.err == "voipdesk: The server does not accept this SIP account.\n"


def test_a_server_that_is_not_there_is_exit_code_5(run, registrar):
    ended = run(*typed(registrar, "--proxy", f"127.0.0.1:{free_ports(1)[0]}"), stdin=f"{PASSWORD}\n")
    assert ended.code == 5
    assert "skipped  Sign in" in ended.out


def test_json_has_the_steps_and_what_came_of_it(run, registrar):
    ended = run(*typed(registrar, "--format", "json"), stdin="wrong\n")
    assert ended.code == 3
    assert ended.json["outcome"] == "refused"
    assert [(step["kind"], step["verdict"], step["cause"]) for step in ended.json["steps"]] == [
        ("resolve", "passed", None),
        ("answer", "passed", None),
        ("sign-in", "failed", "user name or password"),
    ]
    assert ended.json["steps"][2]["details"][0] == "It answered: 401 Unauthorized"


def test_details_are_shown_when_asked_for(run, registrar):
    assert "It answered: 200 Keepalive" not in run(*typed(registrar), stdin=f"{PASSWORD}\n").out
    assert "It answered: 200 Keepalive" in run(*typed(registrar, "--details"), stdin=f"{PASSWORD}\n").out


def test_a_services_account_is_checked_with_the_password_that_the_service_says(reseller, registrar):
    ended = reseller("sip", "check", OWN.uuid, "--domain", registrar.domain, "--proxy", registrar.address,
                     "--transport", "udp")  # fmt: skip
    assert ended.code == 0
    assert OWN.password not in ended.out + ended.err
    assert f"{OWN.login}@{registrar.domain}" in ended.out


@pytest.mark.parametrize("given", [(), ("1001", "--user", "100"), ("--user", "a b", "--domain", "x.example")])
def test_what_cannot_be_checked_is_exit_code_2(run, given):
    ended = run("sip", "check", *given, stdin="x\n")
    assert (ended.code, ended.out) == (2, "")


def test_no_password_is_exit_code_2(run):
    ended = run("sip", "check", "--user", "100", "--domain", "x.invalid")
    assert (ended.code, ended.out) == (2, "")
    assert "password is missing" in ended.err


def test_on_a_terminal_the_password_is_asked_for_unseen_and_what_is_under_way_is_shown(registrar):
    code, shown = on_a_terminal(typed(registrar), f"{PASSWORD}\n".encode())
    assert code == 0
    assert PASSWORD not in shown
    assert "…        Sign in" in shown
    assert shown.rstrip().endswith("This SIP account works.")


def test_control_c_ends_it_at_once():
    program = Program()
    with socket.socket(type=socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.settimeout(60)
        asked = ("sip", "check", "--user", "100", "--domain", f"127.0.0.1:{silent.getsockname()[1]}")
        process = program.start(*asked)
        process.stdin.write("secret\n")
        process.stdin.flush()
        heard = silent.recv(9000)
        process.send_signal(signal.SIGINT)
        ended = program.finish(process)
    assert heard.startswith(b"OPTIONS sip:")
    assert ended.code == 130
    assert "Traceback" not in ended.err
