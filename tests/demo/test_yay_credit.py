"""Yay's balances and the moving of credit over real HTTP, with every way the answer can be lost."""

from decimal import Decimal

import httpx
import pytest

from tests.demo.test_yay import result
from voipdesk.demo.server import DemoServer


@pytest.fixture
def name(demo):
    return demo.yay.names()[3]


@pytest.fixture
def path(demo, name):
    return f"/account/reseller/{demo.yay.uuid(name)}"


def moved(demo):
    return [(transfer.customer, transfer.amount, transfer.in_edit) for transfer in demo.yay.state().transfers]


def test_balances_are_strings_with_three_decimals_of_the_reseller_or_of_who_is_acted_for(demo, yay, name):
    demo.yay.set_balance("7.5", name)
    assert result(yay.get("/account/balance")) == {"balance": "250.000"}
    assert result(yay.get("/account/balance", headers={"X-Auth-For": name})) == {"balance": "7.500"}
    demo.yay.switch(balance_number=True)
    assert result(yay.get("/account/balance", headers={"X-Auth-For": name})) == {"balance": 7.5}
    demo.yay.switch(balance_for=False)
    assert result(yay.get("/account/balance", headers={"X-Auth-For": name}), 404) == {}


def test_a_customer_s_object_may_have_its_balance(demo, yay, name, path):
    assert "balance" not in result(yay.get(path))
    demo.yay.switch(customer_balance=True)
    demo.yay.set_balance("7.5", name)
    assert result(yay.get(path))["balance"] == "7.500"
    assert result(yay.get("/account/reseller"))[3]["balance"] == "7.500"


def test_a_put_of_the_balance_alone_moves_that_amount_and_changes_nothing_else(demo, yay, name, path):
    before, had = demo.yay.customer(name), demo.yay.balance(name)
    demo.tick(60)
    assert yay.put(path, json={"balance": "10.125"}).status_code == 200
    assert moved(demo) == [(name, "10.125", False)]
    assert (demo.yay.balance(), demo.yay.balance(name)) == (Decimal("239.875"), had + Decimal("10.125"))
    after = demo.yay.customer(name)
    assert {key for key in after if after[key] != before[key]} == {"updated_on"}
    assert demo.yay.state().requests == {"move-credit": 1}


@pytest.mark.parametrize("amount", ["0.01", "250", "250.000", 1, 0.3])
def test_any_amount_from_the_least_to_the_balance_is_moved_exactly(demo, yay, path, amount):
    assert yay.put(path, json={"balance": amount}).status_code == 200
    assert demo.yay.balance() == 250 - Decimal(str(amount))


@pytest.mark.parametrize(
    "amount", ["0.009", "0", "-1", "250.001", "1e3", "NaN", "Infinity", "ten", "1.0001", "", None, [1], True]
)
def test_other_amounts_are_refused_and_move_nothing(demo, yay, path, amount):
    assert "balance" in result(yay.put(path, json={"balance": amount}), 400)
    assert (moved(demo), demo.yay.balance()) == ([], 250)


def test_an_edit_that_says_balance_moves_it_too_and_is_noted_as_that(demo, yay, name, path):
    demo.yay.switch(customer_balance=True)
    demo.yay.set_balance("3.000", name)
    assert yay.put(path, json=result(yay.get(path))).status_code == 200
    assert moved(demo) == [(name, "3.000", True)]
    assert demo.yay.balance() == 247
    assert demo.yay.state().requests["put-customer"] == 1


def test_an_edit_with_a_balance_that_cannot_be_moved_edits_nothing(demo, yay, name, path):
    before = demo.yay.customer(name)
    assert result(yay.put(path, json={**before, "phone": None, "balance": "999.000"}), 400)
    assert (demo.yay.customer(name), demo.yay.state().edited) == (before, [])


@pytest.mark.parametrize(
    ("fault", "moves"),
    [("cut_before_read", 0), ("cut_before_act", 0), ("cut_after_act", 1), ("cut_during_body", 1)],
)
def test_the_connection_is_cut_before_and_after_the_credit_has_moved(demo, yay, name, path, fault, moves):
    demo.fault(fault, operation="move-credit", next=1)
    whole = demo.yay.customer(name)
    assert yay.put(path, json=whole).status_code == 200, "an edit is another operation"
    with pytest.raises(httpx.TransportError):
        yay.put(path, json={"balance": "10.000"})
    assert moved(demo) == [(name, "10.000", False)] * moves
    assert demo.yay.balance() == 250 - 10 * moves
    assert demo.yay.state().seen[-1].operation == "move-credit"
    assert yay.put(path, json={"balance": "10.000"}).status_code == 200


def test_credit_moves_although_nobody_waits_any_more(demo, yay, name, path):
    demo.fault("slow", seconds=0.3, operation="move-credit", next=1)
    with pytest.raises(httpx.ReadTimeout):
        yay.put(path, json={"balance": "10.000"}, timeout=0.05)
    assert moved(demo) == [], "not so far"
    while not moved(demo):
        pass
    assert demo.yay.balance() == 240


def test_an_announced_length_that_is_wrong_is_no_surprise(demo, yay, name, path):
    """A short edit is taken for a transfer until it is read, and for what it is afterwards."""
    demo.fault("cut_after_act", operation="put-customer", next=1)
    with pytest.raises(httpx.TransportError):
        yay.put(path, json={"name": name, "contact_name": "A"})
    assert demo.yay.customer(name)["contact_name"] == "A"


def test_credit_may_move_after_the_connection_is_long_gone(demo, yay, path):
    demo.fault("cut_act_later", seconds=0.2, operation="move-credit", next=1)
    with pytest.raises(httpx.TransportError):
        yay.put(path, json={"balance": "10.000"})
    assert moved(demo) == []
    while not moved(demo):
        pass
    assert demo.yay.balance() == 240


def test_new_connections_are_refused_from_a_request_on_and_open_ones_stay():
    with DemoServer(calls=0, customers=5) as server, httpx.Client(base_url=server.base_url, trust_env=False) as client:
        server.fault("refuse_after", operation="balance", next=1)
        assert client.get("/account/balance").status_code == 401
        assert client.get("/account/balance").status_code == 401
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{server.base_url}/account/balance", trust_env=False)
        assert len(server.yay.state().seen) == 2
