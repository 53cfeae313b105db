"""Stores from the command line."""

from voipdesk.demo.yay_people import stores


def test_the_stores_are_listed(reseller, demo):
    ended = reseller("stores", "list")
    assert (ended.code, ended.err) == (0, "")
    lines = [line.split("  ") for line in ended.out.splitlines()]
    assert [line[0] for line in lines] == ["Name", *(store.name for store in stores(1))]
    assert stores(1)[0].uuid in ended.out
    assert demo.yay.state().requests == {"stores": 1}


def test_json_has_our_names_and_the_services_own(reseller):
    first = reseller("stores", "list", "--format", "json").json[0]
    store = stores(1)[0]
    assert (first["id"], first["name"], first["domain"]) == (store.uuid, store.name, store.domain)
    assert first["raw"]["uuid"] == store.uuid


def test_a_service_without_stores_is_said(office):
    ended = office("stores", "list")
    assert (ended.code, ended.out) == (2, "")
    assert "has no stores" in ended.err


def test_an_action_is_needed(reseller):
    assert reseller("stores").code == 2
