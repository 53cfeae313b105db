"""Status and budget on the command line."""

from datetime import UTC, datetime, timedelta

import pytest

from voipdesk.cli.budget import budget_words
from voipdesk.core.budget import Budget, Limit


def test_the_budget_is_told_without_a_request(office, demo):
    assert office("budget", "--format", "json").json == {
        "limit": 100,
        "window_s": 900,
        "used": 0,
        "left": 100,
        "next_at": None,
    }
    assert office("budget").out == "100 of 100 requests in 15 minutes are left.\n"
    assert demo.state().requests == {}


def test_the_budget_counts_what_was_sent(office):
    office("accounts", "test")
    budget = office("budget", "--account", "Office", "--format", "json").json
    assert (budget["used"], budget["left"]) == (1, 99)
    assert budget["next_at"]
    assert "the next one comes back at" in office("budget").out


def test_a_closed_budget_says_until_when(office, demo):
    demo.fault("too_many", retry_after="60")
    ended = office("status")
    assert ended.code == 4
    assert "Try again at" in ended.err
    demo.clear_faults()
    assert "takes none before" in office("budget").out
    assert office("accounts", "test").code == 4


@pytest.mark.parametrize("shape", ["text", "object", "list"])
def test_the_services_report_is_shown_in_its_shape(office, demo, shape):
    demo.switch(status_shape=shape)
    ended = office("status")
    assert (ended.code, ended.err) == (0, "")
    assert "Answers   yes, in" in ended.out
    assert "not read yet" in ended.out
    report = office("status", "--format", "json").json
    assert report["answered"] is report["accepted"] is True
    assert report["service"]["text"] or report["service"]["rows"]
    assert report["budget"]["limit"] == 100
    assert set(report["sync"]) == {"user", "queue", "ring-group"}


@pytest.mark.parametrize(
    ("fault", "code", "answered", "accepted"),
    [("server_error", 5, False, None), ("html", 5, False, None), ("code_zero", 3, True, None)],
)
def test_a_service_in_trouble_is_a_report_and_an_exit_code(office, demo, fault, code, answered, accepted):
    demo.fault(fault)
    ended = office("status", "--format", "json")
    assert ended.code == code
    assert (ended.json["answered"], ended.json["accepted"]) == (answered, accepted)
    assert ended.err
    assert f"Answers   {'yes' if answered else 'no'}" in office("status").out


def test_a_key_that_is_not_accepted_is_told(office):
    ended = office("status", "--secret-stdin", stdin="other-key-1234")
    assert ended.code == 3
    assert "Key       not accepted" in ended.out


def test_after_a_sync_the_status_tells_how_far_it_got(office):
    office("sync")
    report = office("status", "--format", "json").json
    assert report["sync"]["user"]["from_beginning"] is True
    assert report["sync"]["user"]["gaps"] == []


def test_the_balance_is_told_with_the_status(reseller, demo):
    ended = reseller("status")
    assert (ended.code, ended.err) == (0, "")
    assert "Balance   250.00\n" in ended.out
    assert ended.out.count("Call log  ") == 1
    report = reseller("status", "--format", "json").json
    assert report["balance"] == {"amount": "250.000", "low_under": None, "is_low": False}
    assert (report["answered"], report["accepted"]) == (True, True)
    assert report["service"]["rows"]
    assert report["budget"]["used"] == sum(demo.yay.state().requests.values())


def test_a_low_balance_is_warned_of(run, demo):
    run(
        "accounts", "add", "yay", "--name", "Low", "--base-url", demo.base_url, "--low-balance", "250,5",
        "--reseller", demo.yay.reseller, "--user", demo.yay.user, stdin=demo.yay.password,
    )  # fmt: skip
    assert "Balance   250.00: LOW, under the 250.50 " in run("status").out
    assert run("status", "--format", "json").json["balance"] == {
        "amount": "250.000",
        "low_under": "250.5",
        "is_low": True,
    }


def test_a_balance_that_cannot_be_read_leaves_the_rest(reseller, demo):
    demo.fault("server_error", operation="balance")
    ended = reseller("status")
    assert ended.code == 0
    assert "Answers   yes" in ended.out
    assert "Balance   not known: " in ended.out
    assert reseller("status", "--format", "json").json["balance"] is None


def test_a_service_without_balances_says_none(office):
    assert office("status", "--format", "json").json["balance"] is None
    assert "Balance" not in office("status").out


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(900, "15 minutes"), (60, "1 minute"), (90, "90 seconds")],
)
def test_the_window_of_a_budget_is_told_in_words(seconds, words):
    budget = Budget(Limit(2_000, timedelta(seconds=seconds)), 5, datetime(2026, 7, 1, tzinfo=UTC))
    assert budget_words(budget) == f"1,995 of 2,000 requests in {words} are left."
