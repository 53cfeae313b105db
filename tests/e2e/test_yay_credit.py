"""Credit is moved while the connection is cut wherever it can be: never twice, and what is said of it is true."""

import time
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from tests.e2e.program import IMPATIENT, Here, Program
from tests.e2e.yay import SOON, add_reseller, transfers, well_behaved
from voipdesk.demo.server import DemoServer
from voipdesk.providers import http
from voipdesk.services import credit

AMOUNT = Decimal("10.125")


@dataclass(frozen=True)
class Case:
    """What happens to the request that moves credit, what is true then, and what is to be said."""

    fault: dict
    moves: bool
    outcome: str
    code: int
    says: str = ""
    looks_after_s: tuple[float, ...] = (0.05, 0.1, 0.2)
    patience_s: float = 30.0


CASES = {
    "refused connection": Case(
        {"kind": "refuse_after", "operation": "balance"}, False, "not-moved", 5, says="refused the connection"
    ),
    "cut before the request is read": Case({"kind": "cut_before_read"}, False, "not-moved", 5),
    "cut before it is carried out": Case({"kind": "cut_before_act"}, False, "not-moved", 5),
    "cut after it is carried out": Case({"kind": "cut_after_act"}, True, "moved", 0),
    "cut in the middle of the answer": Case({"kind": "cut_during_body"}, True, "moved", 0),
    "cut, and carried out a little later": Case(
        {"kind": "cut_act_later", "seconds": 0.5}, True, "moved", 0, looks_after_s=(0.1, *[0.5] * 20)
    ),
    "no answer in time, and carried out a little later": Case(
        {"kind": "slow", "seconds": 1.5}, True, "moved", 0, looks_after_s=(0.1, *[0.5] * 20), patience_s=1.0
    ),
    "no answer in time, and carried out much later": Case(
        {"kind": "slow", "seconds": 4}, True, "not-known", 6, patience_s=1.0
    ),
    "broken answer": Case({"kind": "broken_json"}, False, "not-moved", 5),
    "gateway's error": Case({"kind": "server_error", "status": 504}, False, "not-known", 6),
    "captive portal": Case({"kind": "html"}, False, "not-moved", 5),
    "too many requests": Case(
        {"kind": "too_many", "retry_after": "60"}, False, "not-moved", 4, says="takes no more requests for now"
    ),
    "refused by the service": Case(
        {"kind": "bad_parameters", "text": "Transfers are suspended"}, False, "not-moved", 3, says="suspended"
    ),
    "redirect": Case({"kind": "redirect", "status": 307}, False, "not-moved", 5, says="the request stopped here"),
}


@dataclass
class Reseller:
    """A home with an account, commands in it, here and in processes of their own, and the truth about it."""

    server: DemoServer
    here: Here
    run: Program
    name: str = field(init=False)

    def __post_init__(self):
        self.name = self.server.yay.names()[3]

    def balances(self):
        return self.server.yay.balance(), self.server.yay.balance(self.name)

    def journal(self):
        return self.here("customers", "transfers", "--format", "json").json


@pytest.fixture
def reseller():
    """A server of its own: one that refuses connections does so for good."""
    with DemoServer(seed=1, calls=0, customers=20, yay_calls=0) as server:
        given = {"common": ("--secret-stdin",), "stdin": server.yay.password}
        here = Here(**given)
        add_reseller(here, server)
        yield Reseller(server, here, Program(**given))


def carried_out(server):
    """Wait until the service did what it was asked for."""
    while not transfers(server):
        time.sleep(0.02)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_credit_is_moved_once_or_not_and_that_is_what_is_said(reseller, monkeypatch, case):
    server, own, theirs = reseller.server, *reseller.balances()
    server.fault(**{"operation": "move-credit", **case.fault})
    monkeypatch.setattr(credit, "LOOK_AFTER_S", case.looks_after_s)
    monkeypatch.setattr(http, "TIMEOUT_S", case.patience_s)
    ended = reseller.here("customers", "credit", reseller.name, str(AMOUNT), "--yes")
    assert ended.code == case.code, ended
    said = ended.out + ended.err
    if case.outcome == "moved":
        assert ended.out.startswith(f"Moved: 10.125 to “{reseller.name}”.")
    elif case.outcome == "not-moved":
        assert not ended.out.startswith("Moved")
        assert case.says or "othing was moved" in said
    else:
        assert "not known" in said
        assert "othing was moved." not in said, "that is what is not known"
    assert case.says in said
    if case.moves:
        carried_out(server)  # the service does in the end what it was asked for
    expected = [(reseller.name, "10.125")] if case.moves else []
    assert transfers(server) == expected, "never twice"
    moved = AMOUNT if case.moves else 0
    assert reseller.balances() == (own - moved, theirs + moved)
    assert server.yay.state().requests.get("move-credit", 0) <= 1, "never sent again"
    (line,) = reseller.journal()
    assert (line["outcome"], Decimal(line["amount"]), line["customer"]) == (case.outcome, AMOUNT, reseller.name)
    assert (Decimal(line["before"]["own"]), Decimal(line["before"]["customer"])) == (own, theirs)
    if case.outcome == "moved":
        assert (Decimal(line["after"]["own"]), Decimal(line["after"]["customer"])) == reseller.balances()
    well_behaved(server)


def test_a_transfer_whose_outcome_is_not_known_is_said_before_the_next(reseller):
    server, run = reseller.server, reseller.run
    run.first = SOON + IMPATIENT
    server.fault("slow", seconds=4, operation="move-credit", next=1)
    assert run("customers", "credit", reseller.name, "1", "--yes").code == 6
    carried_out(server)
    again = run("customers", "credit", reseller.name, "1", "--yes")
    assert (again.code, "not known" in again.err) == (2, True)
    assert len(transfers(server)) == 1
    assert run("customers", "credit", reseller.name, "1", "--yes", "--again").code == 0
    assert len(transfers(server)) == 2
    assert [line["outcome"] for line in reseller.journal()] == ["moved", "not-known"]


def test_a_program_that_is_killed_in_between_leaves_a_line_that_says_so(reseller):
    server, run = reseller.server, reseller.run
    server.fault("slow", seconds=3, operation="move-credit", next=1)
    moving = run.start("customers", "credit", reseller.name, "1", "--yes")
    moving.stdin.write(server.yay.password)
    moving.stdin.close()
    while "move-credit" not in server.yay.state().requests and moving.poll() is None:
        if server.on_server(lambda: not server._tenant.faults.active):
            moving.kill()  # the request is with the service
            break
        time.sleep(0.02)
    moving.wait(30)
    moving.stdout.close()
    moving.stderr.close()
    carried_out(server)
    (line,) = reseller.journal()
    assert line["outcome"] == "not-known"
    assert "never written down" in line["text"]
    assert run("customers", "credit", reseller.name, "1", "--yes").code == 2
    assert transfers(server) == [(reseller.name, "1.000")]


def test_two_programs_at_once_move_what_each_was_told_to_once(reseller):
    server, run = reseller.server, reseller.run
    server.yay.set_balance("15.000")
    server.fault("slow", seconds=1, operation="move-credit")
    ended = [
        run.finish(process)
        for process in [run.start("customers", "credit", reseller.name, "10", "--yes") for _ in range(2)]
    ]
    assert min(each.code for each in ended) == 0
    assert all(each.code in {0, 2, 3} for each in ended), ended
    assert transfers(server) == [(reseller.name, "10.000")]
    assert server.yay.balance() == 5
    outcomes = [line["outcome"] for line in reseller.journal()]
    assert outcomes.count("moved") == 1
    assert "not-known" not in outcomes
