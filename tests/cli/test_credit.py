"""Moving credit from the command line: once, after a yes, and the truth about it."""

import asyncio
import os
import signal
import time
from decimal import Decimal

import pytest

from tests.cli.typed import on_a_terminal
from tests.e2e.program import Program
from voipdesk.core.errors import Unreachable
from voipdesk.demo.yay_people import first_balance, make_customer
from voipdesk.providers import http
from voipdesk.services import credit as service

CUSTOMER = make_customer(1, 3)
HAS = first_balance(1, 3)
OWN = Decimal("250.000")


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    """What became of a lost answer is looked after at once, not over ten seconds."""
    monkeypatch.setattr(service, "LOOK_AFTER_S", (0.0, 0.0, 0.0))


def move(run, amount="10.50", *more):
    return run("customers", "credit", CUSTOMER.name, amount, *more)


def moved(demo):
    return [(transfer.customer, transfer.amount) for transfer in demo.yay.state().transfers]


def journal(run):
    return run("customers", "transfers", "--format", "json").json


def test_credit_is_moved_once_and_both_balances_are_shown(reseller, demo):
    ended = move(reseller, "10.50", "--yes")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0] == f"Moved: 10.50 to “{CUSTOMER.name}”."
    assert lines[1].split() == ["Balance", "Before", "After"]
    assert lines[2].split() == ["Reseller", "250.00", "239.50"]
    assert lines[3].split()[0] == CUSTOMER.name
    assert moved(demo) == [(CUSTOMER.name, "10.500")]
    assert demo.yay.state().acting_where_not_allowed == 0


def test_json_has_amounts_to_the_last_digit(reseller):
    ended = move(reseller, "0.125", "--yes", "--format", "json")
    assert list(ended.json) == [
        *("id", "account", "customer", "customer_id", "amount", "at", "by", "outcome", "text", "before", "after")
    ]
    assert (ended.json["account"], ended.json["customer"]) == ("Reseller", CUSTOMER.name)
    assert (ended.json["amount"], ended.json["outcome"]) == ("0.125", "moved")
    before, after = ended.json["before"], ended.json["after"]
    assert (Decimal(before["own"]), Decimal(before["customer"])) == (OWN, HAS)
    assert (Decimal(after["own"]), Decimal(after["customer"])) == (OWN - Decimal("0.125"), HAS + Decimal("0.125"))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("ten", "is no amount"),
        ("1,000", "two ways"),
        ("-5", ""),
        ("0", "The least that can be moved"),
        ("0.009", "The least that can be moved"),
        ("1.0001", "is no amount"),
        ("250.001", "less than"),
    ],
)
def test_what_cannot_be_moved_is_exit_code_2(reseller, demo, amount, words):
    ended = move(reseller, amount, "--yes")
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err
    assert moved(demo) == []
    assert journal(reseller) == []


def test_without_a_terminal_and_without_yes_nothing_is_sent(reseller, demo):
    ended = reseller("customers", "credit", CUSTOMER.name, "1", stdin="yes\n")
    assert (ended.code, ended.out) == (2, "")
    assert "nothing was sent" in ended.err
    assert "--yes" in ended.err
    assert demo.yay.state().requests == {}


def test_a_customer_that_is_not_there_is_exit_code_3(reseller, demo):
    assert reseller("customers", "credit", "nobody-here", "1", "--yes").code == 3
    assert moved(demo) == []


def test_a_refusal_is_exit_code_3_and_in_the_journal(reseller, demo):
    demo.fault("bad_parameters", operation="move-credit", text="Transfers are suspended")
    ended = move(reseller, "1", "--yes")
    assert ended.code == 3
    assert "Transfers are suspended" in ended.err
    assert moved(demo) == []
    assert [transfer["outcome"] for transfer in journal(reseller)] == ["not-moved"]


@pytest.mark.parametrize("fault", ["cut_before_read", "cut_before_act"])
def test_cut_before_it_was_carried_out_is_not_moved(reseller, demo, fault):
    demo.fault(fault, operation="move-credit")
    ended = move(reseller, "1", "--yes")
    assert ended.code == 5, ended.err
    assert "nothing was moved" in ended.err
    assert ended.out.startswith(f"Not moved: 1.00 to “{CUSTOMER.name}”.\n")
    assert moved(demo) == []
    assert [transfer["outcome"] for transfer in journal(reseller)] == ["not-moved"]


@pytest.mark.parametrize("fault", ["cut_after_act", "cut_during_body"])
def test_cut_after_it_was_carried_out_is_moved(reseller, demo, fault):
    demo.fault(fault, operation="move-credit")
    ended = move(reseller, "1", "--yes")
    assert ended.code == 0, ended.err
    assert ended.out.startswith("Moved: 1.00 to ")
    assert moved(demo) == [(CUSTOMER.name, "1.000")]
    assert [transfer["outcome"] for transfer in journal(reseller)] == ["moved"]


def test_what_somebody_in_between_gave_up_on_may_still_be_carried_out(reseller, demo):
    demo.fault("server_error", operation="move-credit", status=504)
    ended = move(reseller, "1", "--yes", "--format", "json")
    assert (ended.code, ended.json["outcome"]) == (6, "not-known")
    assert "it may still be" in ended.err
    assert [transfer["outcome"] for transfer in journal(reseller)] == ["not-known"]


def test_transfers_are_listed_newest_first(reseller, demo):
    assert reseller("customers", "transfers").err == "No credit was moved from here.\n"
    for amount in ("1", "2", "3"):
        assert move(reseller, amount, "--yes").code == 0
    requests = demo.yay.state().requests
    assert [transfer["amount"] for transfer in journal(reseller)] == ["3", "2", "1"]
    shown = reseller("customers", "transfers", "--limit", "2", "--account", "reseller")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.splitlines()[0].split() == ["When", "Amount", "Customer", "Outcome", "Account", "By", "Why"]
    assert [line.split()[2] for line in shown.out.splitlines()[1:]] == ["3.00", "2.00"]
    assert demo.yay.state().requests == requests, "the journal is on this computer"
    assert reseller("customers", "transfers", "--limit", "0").code == 2
    reseller("accounts", "remove", "Reseller", "--with-calls")
    assert [transfer["account"] for transfer in journal(reseller)] == ["Reseller"] * 3


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals elsewhere")
def test_on_a_terminal_amount_and_customer_are_repeated_and_a_yes_is_asked_for(reseller, demo):
    password = f"{demo.yay.password}\n".encode()
    argv = ["customers", "credit", CUSTOMER.name, "10.5"]
    code, shown = on_a_terminal(argv, password, b"y\n")
    assert code == 2, shown
    assert f"Reseller has 250.00, “{CUSTOMER.name}” ({CUSTOMER.contact_name}) " in shown
    assert f"Move 10.50 from Reseller to “{CUSTOMER.name}”? It cannot be undone. Type yes: " in shown
    assert moved(demo) == []
    code, shown = on_a_terminal(argv, password, b"yes\n")
    assert code == 0, shown
    assert moved(demo) == [(CUSTOMER.name, "10.500")]
    code, shown = on_a_terminal(argv, password, b"\x03")
    assert code == 130, shown
    assert len(moved(demo)) == 1


@pytest.fixture
def unknown(reseller, demo, monkeypatch):
    """The last transfer's outcome is not known: the service was still at it when nobody waited any more."""
    demo.fault("slow", operation="move-credit", seconds=2, next=1)
    with monkeypatch.context() as impatient:
        impatient.setattr(http, "TIMEOUT_S", 0.4)
        ended = move(reseller, "2", "--yes")
    assert ended.code == 6, ended.err
    assert "It is not known whether the transfer was carried out." in ended.err
    assert "balances before you move it again" in ended.err
    assert ended.out.startswith("Not known: 2.00 to ")
    carried_out(demo)
    assert moved(demo) == [(CUSTOMER.name, "2.000")], "nothing else would have been a falsehood"
    return reseller


def test_while_the_last_transfer_is_not_known_a_script_moves_nothing(unknown, demo):
    again = move(unknown, "2", "--yes")
    assert (again.code, again.out) == (2, "")
    assert "It is not known whether the transfer of 2.00 " in again.err
    assert "--again" in again.err
    assert len(moved(demo)) == 1
    knowing = move(unknown, "4", "--yes", "--again")
    assert knowing.code == 0
    assert "It is not known whether the transfer of 2.00 " in knowing.err
    assert moved(demo)[1:] == [(CUSTOMER.name, "4.000")]
    assert move(unknown, "3", "--yes").code == 0, "the last one is known"
    assert [transfer["outcome"] for transfer in journal(unknown)] == ["moved", "moved", "not-known"]


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals elsewhere")
def test_a_person_is_told_before_the_question(unknown, demo):
    argv = ["customers", "credit", CUSTOMER.name, "2"]
    code, shown = on_a_terminal(argv, f"{demo.yay.password}\n".encode(), b"no\n")
    assert code == 2, shown
    assert shown.index("It is not known whether the transfer of 2.00 ") < shown.index("Type yes: ")
    assert len(moved(demo)) == 1


def carried_out(demo):
    """Wait until the service has ended a transfer; one that never reached it is nothing to wait for long."""
    until = time.monotonic() + 10
    while "move-credit" not in demo.yay.state().requests and time.monotonic() < until:
        time.sleep(0.05)


def begun(demo, reseller, requests, *argv):
    """Begin a transfer in a process of its own, and go on when so many requests were sent."""
    run = Program(common=("--secret-stdin",), stdin=demo.yay.password)
    process = run.start("customers", "credit", CUSTOMER.name, "1", "--yes", *argv)
    process.stdin.write(demo.yay.password + "\n")
    process.stdin.flush()
    while reseller("budget", "--format", "json").json["used"] < requests:
        assert process.poll() is None
    return run, process


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent otherwise elsewhere")
def test_ctrl_c_does_not_hide_that_it_was_moved(reseller, demo):
    demo.fault("slow", operation="move-credit", seconds=3)
    run, process = begun(demo, reseller, 7)
    process.send_signal(signal.SIGINT)
    ended = run.finish(process)
    assert ended.code == 0, ended.err
    assert ended.out.startswith("Moved: 1.00 to ")
    assert moved(demo) == [(CUSTOMER.name, "1.000")]
    assert [transfer["outcome"] for transfer in journal(reseller)] == ["moved"]


@pytest.mark.skipif(os.name != "posix", reason="signals are sent otherwise elsewhere")
def test_a_killed_transfer_is_not_known_and_nothing_is_moved_after_it_unasked(reseller, demo):
    demo.fault("slow", operation="move-credit", seconds=3)
    run, process = begun(demo, reseller, 7)
    process.kill()
    assert run.finish(process).code != 0
    (transfer,) = journal(reseller)
    assert (transfer["outcome"], transfer["amount"]) == ("not-known", "1")
    assert "never written down" in transfer["text"]
    carried_out(demo)
    demo.clear_faults()
    assert move(reseller, "1", "--yes").code == 2
    assert len(moved(demo)) <= 1


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent otherwise elsewhere")
def test_ctrl_c_before_it_is_sent_moves_nothing(reseller, demo):
    demo.fault("slow", operation="balance", seconds=20)
    run, process = begun(demo, reseller, 3)
    process.send_signal(signal.SIGINT)
    ended = run.finish(process)
    assert (ended.code, ended.out, ended.err) == (130, "", "")
    assert moved(demo) == []
    assert journal(reseller) == []


def test_ctrl_c_on_the_way_says_that_nothing_was_moved(reseller, demo, monkeypatch, capsys):
    async def interrupted(*_):
        raise asyncio.CancelledError

    monkeypatch.setattr(service.Credit, "move", interrupted)
    with pytest.raises(asyncio.CancelledError):
        move(reseller, "1", "--yes")
    assert capsys.readouterr() == ("", "Interrupted: nothing was moved.\n")


def test_a_balance_that_cannot_be_read_afterwards_is_said(reseller, demo, monkeypatch):
    real = service.Credit._balances
    reads = []

    async def twice(self, client, customer):
        reads.append(customer)
        if len(reads) > 2:
            raise Unreachable("The network is gone.")
        return await real(self, client, customer)

    monkeypatch.setattr(service.Credit, "_balances", twice)
    ended = move(reseller, "1", "--yes")
    assert ended.code == 0
    assert "could not be read afterwards: The network is gone." in ended.err
    assert ended.out.splitlines()[2].endswith("not known")
