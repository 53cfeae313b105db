import pytest

from voipdesk.softphones import places


def test_this_computer_alone_comes_first_and_then_those_that_a_phone_reaches(monkeypatch):
    from ipaddress import IPv4Address

    found = ["198.41.0.4", "169.254.1.2", "127.0.0.1", "192.168.1.7", "10.0.0.3", "10.0.0.3"]
    monkeypatch.setattr(places, "_addresses", lambda: [IPv4Address(one) for one in found])
    monkeypatch.setattr(places, "_leading_out", lambda: [IPv4Address("198.41.0.4")])
    listed = places.places()
    assert listed[0] == places.here()
    assert [one.host for one in listed[1:]] == ["10.0.0.3", "192.168.1.7", "198.41.0.4", "169.254.1.2"]
    assert "internet" in listed[3].about
    assert [one.this_computer_only for one in listed] == [True, False, False, False, False]


def test_the_one_that_leads_out_comes_before_those_of_networks_within_this_computer(monkeypatch):
    from ipaddress import IPv4Address

    found = [IPv4Address(one) for one in ("127.0.0.1", "172.17.0.1", "192.168.1.7", "10.0.3.1")]  # containers' bridges
    monkeypatch.setattr(places, "_addresses", lambda: found)
    monkeypatch.setattr(places, "_leading_out", lambda: found[2:3])
    assert [one.host for one in places.places()[1:]] == ["192.168.1.7", "10.0.3.1", "172.17.0.1"]


def test_which_one_leads_out_is_told_by_the_routes(monkeypatch, tmp_path):
    routes = tmp_path / "route"
    monkeypatch.setattr(places, "_ROUTES", routes)
    assert places._leading_out() == []
    routes.write_text("Iface\tDestination\tGateway\neth9\t00000000\t0101A8C0\nlo\t0000FEA9\t00000000\n")
    assert places._leading_out() == []
    routes.write_text("Iface\tDestination\tGateway\nlo\t00000000\t0101A8C0\n")
    assert [str(one) for one in places._leading_out()] == ["127.0.0.1"]


def test_the_interfaces_of_this_computer_are_read():
    assert "127.0.0.1" in {str(one) for one in places._of_interfaces()}


def test_elsewhere_nothing_is_sent_to_find_out(monkeypatch):
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr(places, "_SOMEWHERE", ("127.0.0.9", 9))
    assert [str(one) for one in places._addresses()] == ["127.0.0.1"]


@pytest.mark.parametrize("system", ["Linux", "Windows"])
def test_no_network_is_no_failure(monkeypatch, system):
    def none(*_):
        raise OSError

    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("socket.if_nameindex", list)
    monkeypatch.setattr("socket.socket.connect", none)
    assert places.places() == (places.here(),)
