"""Customers and stores: read as they come, opened, and sent back whole."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.providers.yay.service import Service, envelope, said
from voipdesk.core.customers import Customer, CustomerAddress, CustomerUser, NameTaken, NewCustomer
from voipdesk.core.errors import AnswerLate, BadInput, NotFound, NotUnderstood, OutcomeUnknown, Refused
from voipdesk.providers.stamps import moment_reader
from voipdesk.providers.yay.raw_object import RawObject
from voipdesk.providers.yay.wire_customer_edit import replace_request
from voipdesk.providers.yay.wire_customer_rows import read_documented
from voipdesk.providers.yay.wire_customers import customer, read_customer, read_customers

RAW = {
    "uuid": "c-1",
    "name": "acme-1",
    "contact_name": "Ann Lee",
    "phone": 441483000000,
    "store_front": "s-1",
    "allow_outbound": 1,
    "created_on": "2026-01-02",
    "updated_on": "2026-01-03",
    "balance": "12.340",
    "addresses": [
        {
            "uuid": "a-1",
            "street_one": "Westbury House",
            "street_two": None,
            "street_three": "Room 3",
            "city": "Guildford",
            "state": "Surrey",
            "zip": "GU2 4AW",
            "country_code": "GB",
            "note": "kept",
        },
        {"uuid": "a-2", "street_one": "Elsewhere 1"},
    ],
    "users": [
        {
            "uuid": "u-1",
            "name": "admin",
            "password": "pw-admin-1",
            "email": "a@example.com",
            "contact_first_name": "Geoff",
            "contact_last_name": "Wilson",
            "role_id": 3,
            "two_factor": {"on": False},
        }
    ],
    "ip_addresses": [{"ip_range": "192.0.2.1/32"}],
    "discount": 0.125,
    "unknown": {"deep": [1, None, "x"]},
}
MOMENT = moment_reader(UTC)


def acme(**raw) -> Customer:
    return customer({**deepcopy(RAW), **raw}, MOMENT)


def put(before, after):
    request = replace_request(before, after)
    assert (request.method, request.path, request.acts) == ("PUT", "/account/reseller/c-1", True)
    return request.json


async def test_a_customer_is_read_whole():
    service = Service({"GET /account/reseller/c-1": envelope(RAW)})
    found = await service.client().fetch_customer("c-1")
    address = CustomerAddress(("Westbury House", "Room 3"), "Guildford", "Surrey", "GU2 4AW", "GB", "a-1")
    assert found == Customer(
        id="c-1",
        name="acme-1",
        contact_name="Ann Lee",
        phone="441483000000",
        store="s-1",
        allow_outbound=True,
        addresses=(address, CustomerAddress(("Elsewhere 1",), id="a-2")),
        users=(CustomerUser("admin", "a@example.com", "Geoff", "Wilson", "3", "pw-admin-1", "u-1"),),
        balance=Decimal("12.340"),
        created_at=datetime(2026, 1, 2, tzinfo=UTC),
        raw=RAW,
    )
    assert "x-auth-for" not in service.requests[0].headers


@pytest.mark.parametrize(
    ("balance", "read"),
    [
        (b"12.340", "12.340"),
        (b'"0.1"', "0.1"),
        (b"-3", "-3"),
        (b"1e5", None),
        (b"null", None),
        (b'"much"', None),
        (b"[1]", None),
        (b"0.100000000000001", "0.100000000000001"),
    ],
)
def test_a_balance_is_exact(balance, read):
    found = read_customer(said(b'{"result":[{"uuid":"c","balance":' + balance + b'}],"status_code":200}'), MOMENT)
    assert found.balance == (None if read is None else Decimal(read))
    assert str(found.balance) == str(read)


def test_an_object_that_says_little_is_read_as_far_as_it_goes():
    assert customer({}, MOMENT) == Customer("", "")
    odd = {
        "uuid": 7,
        "name": 1.0,
        "users": [None, "x"],
        "addresses": {},
        "allow_outbound": "perhaps",
        "created_on": "?",
    }
    assert customer(odd, MOMENT) == Customer("7", "1", raw=odd)


async def test_an_id_that_would_lead_elsewhere_is_not_asked_for():
    service = Service()
    for wrong in ("", "..", "a/b", "a?b", "../balance", "a b", "ä", "x" * 200):
        with pytest.raises(BadInput):
            await service.client().fetch_customer(wrong)
    assert service.requests == []


async def test_a_customer_that_is_not_there_or_is_no_object():
    with pytest.raises(NotFound):
        await Service().client().fetch_customer("c-9")
    for wrong in (envelope([]), envelope("x"), envelope(None), envelope([{}, {}])):
        with pytest.raises(NotUnderstood, match="something else than was asked for"):
            await Service({"GET /account/reseller/c-9": wrong}).client().fetch_customer("c-9")


def listed(n):
    return {"uuid": f"c-{n}", "name": f"acme-{n}"}


@pytest.mark.parametrize(
    "body",
    [
        envelope([listed(1), listed(2)]),
        [listed(1), listed(2)],
        envelope({"total": "2", "resellers": [listed(1), listed(2)]}),
        envelope({"page": {"errors": [], "rows": [listed(1), listed(2)]}}),
        {"customers": [listed(1), listed(2)]},
    ],
)
async def test_customers_are_listed_wherever_the_list_is(body):
    service = Service({"GET /account/reseller": body})
    assert [found.name for found in await service.client().fetch_customers()] == ["acme-1", "acme-2"]
    assert service.sent == ["GET /account/reseller"]
    assert "x-auth-for" not in service.requests[0].headers


@pytest.mark.parametrize("body", [envelope([]), envelope({}), envelope(None), [], {}])
async def test_no_customers_are_an_empty_list(body):
    assert await Service({"GET /account/reseller": body}).client().fetch_customers() == []


@pytest.mark.parametrize(
    "body",
    [
        envelope("none"),
        envelope({"a": 1}),
        envelope([1]),
        envelope([None]),
        b'{"result":[}',
        b'{"result":["' + b"\\" + b'"]}',
        b'{"result":[' + b'{"a":' * 60 + b"1" + b"}" * 60 + b"]}",
    ],
)
async def test_a_list_of_other_things_is_not_understood(body):
    with pytest.raises(NotUnderstood):
        await Service({"GET /account/reseller": body}).client().fetch_customers()


def paged(total, size, *, where="envelope", repeats=False):
    def answer(request):
        page = int(request.url.params.get("page", 1))
        rows = [listed(n) for n in range(total)]
        rows = rows[:size] if repeats else rows[(page - 1) * size : page * size]
        if where == "envelope":
            return 200, {**envelope(rows), "count": total}
        return 200, envelope({"total": total, "rows": rows})

    return answer


@pytest.mark.parametrize("where", ["envelope", "result"])
async def test_a_paged_list_is_read_to_its_end(where):
    service = Service({"GET /account/reseller": paged(25, 10, where=where)})
    found = await service.client().fetch_customers()
    assert [c.id for c in found] == [f"c-{n}" for n in range(25)]
    assert [dict(request.url.params) for request in service.requests] == [
        {},
        {"page": "2", "limit": "10"},
        {"page": "3", "limit": "10"},
    ]


async def test_a_service_that_shows_the_first_page_again_is_not_asked_for_ever():
    service = Service({"GET /account/reseller": paged(25, 10, repeats=True)})
    assert len(await service.client().fetch_customers()) == 10
    assert len(service.requests) == 2


async def test_half_an_emoji_in_one_customer_hides_none():
    service = Service({"GET /account/reseller": b'{"result":[{"uuid":"a","name":"x"},{"uuid":"b","name":"\\ud83d"}]}'})
    assert [c.name for c in await service.client().fetch_customers()] == ["x", "\N{REPLACEMENT CHARACTER}"]


async def test_a_long_list_is_read_as_well():
    service = Service({"GET /account/reseller": envelope([{**RAW, "uuid": f"c-{n}"} for n in range(200)])})
    assert len(await service.client().fetch_customers()) == 200


async def test_stores_are_listed():
    service = Service({"GET /account/store": envelope([{"uuid": "s-1", "name": "Shop", "domain": "shop.example"}])})
    stores = await service.client().fetch_stores()
    assert [(store.id, store.name, store.domain) for store in stores] == [("s-1", "Shop", "shop.example")]
    assert "x-auth-for" not in service.requests[0].headers


def test_a_name_to_act_for_is_one_a_request_can_carry():
    client = Service().client()
    client.check_acting_for("my_customer 1")
    for wrong in ("", " ", "a\r\nb", "a\tb", "ä", " a", "x" * 201):
        with pytest.raises(BadInput):
            client.check_acting_for(wrong)


# --- opening


def opening(body=None, status=201):
    answer = envelope({"uuid": "c-7", "name": "n-1"}, status, "Created") if body is None else body
    return Service({"POST /account/reseller": (status, answer)})


async def test_the_smallest_customer_is_a_name_and_a_contact():
    service = opening()
    opened = await service.client().create_customer(NewCustomer("n-1", "Ann"))
    assert (opened.id, opened.name) == ("c-7", "n-1")
    assert service.body() == {"name": "n-1", "contact_name": "Ann"}
    assert "x-auth-for" not in service.requests[0].headers


async def test_a_stores_customer_has_address_user_and_store():
    service = opening()
    new = NewCustomer(
        "my_store_customer_1",
        "Geoff Wilson",
        phone="+441483",
        store="s-1",
        address=CustomerAddress(("Westbury House",), "Guildford", "Surrey", "GU2 4AW", "GB"),
        user=CustomerUser("admin", "customer@example.com", "Geoff", "Wilson", password="password"),
    )
    await service.client().create_customer(new)
    assert service.body() == {
        "name": "my_store_customer_1",
        "contact_name": "Geoff Wilson",
        "phone": "+441483",
        "store_front": "s-1",
        "users": [
            {
                "contact_first_name": "Geoff",
                "contact_last_name": "Wilson",
                "name": "admin",
                "password": "password",
                "role_id": "3",
                "email": "customer@example.com",
            }
        ],
        "addresses": [
            {
                "street_one": "Westbury House",
                "city": "Guildford",
                "state": "Surrey",
                "zip": "GU2 4AW",
                "country_code": "GB",
            }
        ],
    }


async def test_further_fields_stand_under_those_given():
    service = opening()
    more = {"name": "other", "contact_name": "Other", "allow_outbound": False, "notes": {"a": [1]}}
    await service.client().create_customer(NewCustomer("n-1", "Ann", more=more))
    assert service.body() == {"name": "n-1", "contact_name": "Ann", "allow_outbound": False, "notes": {"a": [1]}}
    await service.client().create_customer(NewCustomer("", "", more=more))
    assert service.body()["name"] == "other"


def deep(levels):
    return {"a": deep(levels - 1)} if levels else {}


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewCustomer("ä", "Ann"), "name"),
        (NewCustomer("n", " "), "contact_name"),
        (NewCustomer("n", "Ann", store="s"), ""),
    ],
)
async def test_it_is_noted_which_field_cannot_be_sent(new, field):
    with pytest.raises(BadInput) as refused:
        await opening().client().create_customer(new)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewCustomer("", "Ann"), "name is missing"),
        (NewCustomer("n\r\nX-Auth-For: x", "Ann"), "name cannot be sent"),
        (NewCustomer("ä", "Ann"), "name cannot be sent"),
        (NewCustomer("n", " "), "contact's name is missing"),
        (NewCustomer("n", "Ann", store="s-1"), "needs an address and a user"),
        (NewCustomer("n", "Ann", store="s-1", address=CustomerAddress()), "needs an address and a user"),
        (NewCustomer("n", "Ann", user=CustomerUser(password="x")), "user's name is missing"),
        (NewCustomer("n", "Ann", user=CustomerUser("admin")), "user's password is missing"),
        (NewCustomer("n", "Ann", address=CustomerAddress(("1", "2", "3", "4"))), "at most 3 lines"),
        (NewCustomer("n", "Ann", more={"Balance": "10.000"}), "balance"),
        (NewCustomer("n", "Ann", more={"x": float("nan")}), "without end"),
        (NewCustomer("n", "Ann", more={"x": ["\ud83d"]}), "cannot be read"),
        (NewCustomer("n", "Ann", more={"x": {1, 2}}), "set cannot be sent"),
        (NewCustomer("n", "Ann", more=deep(60)), "nested so deeply"),
    ],
)
async def test_what_cannot_be_a_customer_is_not_sent(new, words):
    service = opening()
    with pytest.raises(BadInput, match=words):
        await service.client().create_customer(new)
    assert service.requests == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (409, envelope({}, 409, "Conflict")),
        (409, b"<html>"),
        (400, envelope({"name": ["has already been taken"]}, 400, "Bad Request")),
        (422, envelope({"errors": {"name": "must be unique"}}, 422, "Unprocessable")),
        (400, envelope({}, 400, "A reseller with this name already exists")),
        (400, envelope([], 400, "user_7 is in use")),
        (200, envelope({"name": "duplicate"}, 400, "Bad Request")),
    ],
)
async def test_a_name_that_is_taken_is_said_to_be(status, body):
    service = opening(body, status)
    with pytest.raises(NameTaken, match="“user_7” already"):
        await service.client().create_customer(NewCustomer("user_7", "Ann"))
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    "body",
    [
        envelope({"users": [{"name": "is taken"}]}, 400, "Bad Request"),
        envelope({"email": "must be unique"}, 400, "Bad Request"),
        envelope({}, 400, "A user of this name already exists"),
        envelope({"contact_name": "too short"}, 400, "Bad Request"),
        envelope({}, 400, "No such store exists"),
    ],
)
async def test_another_clash_is_not_taken_for_the_customers_name(body):
    with pytest.raises(Refused) as caught:
        await opening(body, 400).client().create_customer(NewCustomer("n-1", "Ann"))
    assert not isinstance(caught.value, NameTaken)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"", OutcomeUnknown),
        (201, envelope({}), OutcomeUnknown),
        (201, envelope([]), OutcomeUnknown),
        (200, b"<html>", OutcomeUnknown),
        (500, envelope({}, 500), OutcomeUnknown),
        (504, b"<html>", AnswerLate),
    ],
)
async def test_an_answer_without_the_customer_leaves_the_outcome_open(status, body, error):
    service = opening(body, status)
    with pytest.raises(error) as caught:
        await service.client().create_customer(NewCustomer("n-1", "Ann"))
    assert type(caught.value) is error
    assert len(service.requests) == 1


async def test_a_lost_answer_leaves_the_outcome_open():
    service = Service({"POST /account/reseller": httpx.ReadTimeout("x")})
    with pytest.raises(AnswerLate):
        await service.client().create_customer(NewCustomer("n-1", "Ann"))


async def test_a_new_customers_password_is_blanked_where_the_service_repeats_it():
    service = opening(envelope({"users": [{"x": "hush: too weak"}]}, 400, "“hush” is weak"), 400)
    new = NewCustomer("n-1", "Ann", user=CustomerUser("admin", password="hush"))
    with pytest.raises(Refused) as caught:
        await service.client().create_customer(new)
    assert "hush" not in str(caught.value)
    assert "is weak" in str(caught.value)


async def test_an_opened_customer_that_is_not_named_has_the_name_it_was_given():
    opened = await opening(envelope({"uuid": "c-7"})).client().create_customer(NewCustomer("n-1", "Ann"))
    assert opened.name == "n-1"


# --- editing


WITHOUT_BALANCE = {key: value for key, value in RAW.items() if key != "balance"}


async def test_an_edit_sends_the_whole_object_but_no_balance():
    service = Service({"PUT /account/reseller/c-1": envelope({})})
    before = acme()
    await service.client().replace_customer(before, replace(before, contact_name="Bo"))
    assert service.body() == {**WITHOUT_BALANCE, "contact_name": "Bo"}
    assert "x-auth-for" not in service.requests[0].headers
    assert before.raw == RAW


def test_what_is_not_changed_goes_back_as_it_came():
    assert put(acme(), acme()) == WITHOUT_BALANCE
    assert put(acme(Balance=1), acme(Balance=1)) == WITHOUT_BALANCE


@pytest.mark.parametrize(
    ("change", "sent"),
    [
        ({"phone": ""}, {"phone": ""}),
        ({"phone": "0800"}, {"phone": "0800"}),
        ({"store": ""}, {"store_front": None}),
        ({"store": "s-2"}, {"store_front": "s-2"}),
        ({"allow_outbound": False}, {"allow_outbound": 0}),
        ({"allow_outbound": None}, {}),
        ({"addresses": ()}, {"addresses": []}),
    ],
)
def test_only_what_is_changed_is_sent_differently(change, sent):
    assert put(acme(), replace(acme(), **change)) == {**WITHOUT_BALANCE, **sent}


@pytest.mark.parametrize(
    ("old", "new"),
    [(True, False), ("true", "false"), ("1", "0"), ("YES", "no"), (1, 0), (None, False), ("maybe", False)],
)
def test_a_flag_is_written_as_the_service_writes_it(old, new):
    sent = put(acme(allow_outbound=old), replace(acme(allow_outbound=old), allow_outbound=False))["allow_outbound"]
    assert (sent, type(sent)) == (new, type(new))


def test_a_changed_address_changes_nothing_else_in_its_object():
    before = acme()
    moved = replace(before.addresses[0], city="Woking")
    sent = put(before, replace(before, addresses=(moved, before.addresses[1])))
    assert sent["addresses"] == [{**RAW["addresses"][0], "city": "Woking"}, RAW["addresses"][1]]


def test_a_changed_street_is_written_whole():
    before = acme()
    sent = put(before, replace(before, addresses=(replace(before.addresses[0], street=("High St 1", "Room 3")),)))
    assert sent["addresses"] == [
        {**RAW["addresses"][0], "street_one": "High St 1", "street_two": "Room 3", "street_three": ""}
    ]


def test_addresses_and_users_are_added_moved_and_taken_away():
    before = acme()
    new = CustomerAddress(("New 1",), country="GB")
    sent = put(before, replace(before, addresses=(before.addresses[1], new)))
    assert sent["addresses"] == [RAW["addresses"][1], {"street_one": "New 1", "country_code": "GB"}]
    user = CustomerUser("second", password="pw-2", role="4")
    sent = put(before, replace(before, users=(*before.users, user)))
    assert sent["users"] == [RAW["users"][0], {"name": "second", "password": "pw-2", "role_id": "4"}]


def test_a_changed_user_keeps_its_role_a_number_and_all_else():
    before = acme()
    user = replace(before.users[0], role="5", email="")
    sent = put(before, replace(before, users=(user,)))
    assert sent["users"] == [{**RAW["users"][0], "role_id": 5, "email": ""}]


def test_entries_without_ids_are_changed_in_their_place():
    raw = {"addresses": [{"city": "A", "note": 1}, {"city": "B", "note": 2}, "odd"]}
    before = acme(**raw)
    after = replace(before, addresses=(before.addresses[0], replace(before.addresses[1], city="C")))
    assert put(before, after)["addresses"] == [{"city": "A", "note": 1}, {"city": "C", "note": 2}, "odd"]


@pytest.mark.parametrize("password", ["", None, "********", "••••••", "•*"])
def test_a_password_that_is_not_shown_is_not_overwritten(password):
    users = [{**RAW["users"][0], "password": password}]
    before = acme(users=users)
    with pytest.raises(BadInput, match="keeps the passwords"):
        replace_request(before, replace(before, contact_name="Bo"))
    renewed = replace(before, users=(replace(before.users[0], password="new-pw"),))
    assert put(before, renewed)["users"] == [{**users[0], "password": "new-pw"}]


def test_a_missing_password_is_not_overwritten_either():
    before = acme(users=[{"uuid": "u-1", "name": "admin"}])
    with pytest.raises(BadInput, match="keeps the passwords"):
        replace_request(before, before)
    assert put(before, replace(before, users=()))["users"] == []


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (acme(), replace(acme(), name="other"), "name cannot be changed"),
        (acme(), replace(acme(), id="c-2"), "name cannot be changed"),
        (replace(acme(), raw={}), replace(acme(), raw={}), "not read whole"),
        (acme(uuid="a/b"), acme(uuid="a/b"), "cannot be an id"),
        (acme(), replace(acme(), users=(CustomerUser(id="u-9", password="x"),)), "not the customer's"),
        (acme(note="half \N{REPLACEMENT CHARACTER}"), replace(acme(), phone="1"), "cannot be read"),
    ],
)
def test_what_would_lose_something_is_not_sent(before, after, words):
    with pytest.raises(BadInput, match=words):
        replace_request(before, replace(after, raw=before.raw))


async def test_an_empty_yes_is_a_yes_and_a_strange_answer_is_not_known():
    before = acme()
    for status, body in ((204, b""), (200, b" "), (200, {})):
        await Service({"PUT /account/reseller/c-1": (status, body)}).client().replace_customer(before, before)
    for status, body, error in (
        (200, b"<html>", OutcomeUnknown),
        (500, b"", OutcomeUnknown),
        (503, b"", AnswerLate),
        (400, b"", Refused),
        (200, envelope({}, 400), Refused),
    ):
        with pytest.raises(error):
            await Service({"PUT /account/reseller/c-1": (status, body)}).client().replace_customer(before, before)


names = st.text(st.characters(codec="utf-8", exclude_characters="\N{REPLACEMENT CHARACTER}"), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
KNOWN = {"uuid", "name", "contact_name", "users", "addresses", "balance"}


@given(
    unknown=st.dictionaries(names.filter(lambda key: key.strip().lower() not in KNOWN), values, max_size=5),
    within=st.dictionaries(names.filter(lambda key: key not in {*RAW["addresses"][0], *RAW["users"][0]}), values),
    contact=names,
    city=names,
    email=names,
    balance=st.none() | st.sampled_from(["balance", "Balance", " BALANCE "]),
)
def test_replacing_keeps_every_unknown_field_and_never_has_a_balance(unknown, within, contact, city, email, balance):
    raw = {
        "uuid": "c-1",
        "name": "acme-1",
        **unknown,
        "addresses": [{"uuid": "a-1", **within}],
        "users": [{"uuid": "u-1", "password": "pw", **within}],
    }
    if balance:
        raw[balance] = "10.000"
    before = customer(raw, MOMENT)
    after = replace(
        before,
        contact_name=contact,
        addresses=(replace(before.addresses[0], city=city),),
        users=(replace(before.users[0], email=email),),
    )
    sent = dict(put(before, after))
    assert not any(key.strip().lower() == "balance" for key in sent)
    assert {key: sent[key] for key in unknown if key != "contact_name"} == {
        key: value for key, value in unknown.items() if key != "contact_name"
    }
    assert sent.get("contact_name", "") == contact
    for entry, key, value in ((sent["addresses"][0], "city", city), (sent["users"][0], "email", email)):
        assert {key: entry[key] for key in within if key not in {"city", "email"}} == {
            key: value for key, value in within.items() if key not in {"city", "email"}
        }
        assert entry.get(key, "") == value


def test_a_password_or_role_that_is_not_said_stays():
    before = acme()
    sent = put(before, replace(before, users=(replace(before.users[0], password="", role="", email="b@example.com"),)))
    assert sent["users"] == [{**RAW["users"][0], "email": "b@example.com"}]


# --- long lists

fields = st.one_of(values, st.text(max_size=4), st.integers(), st.sampled_from(["2026-01-02", "0", "yes", "1.50"]))
inner = st.dictionaries(st.sampled_from([*RAW["addresses"][0], *RAW["users"][0]]), fields, max_size=6)
rows = st.dictionaries(st.sampled_from(list(RAW)), fields, max_size=9) | st.fixed_dictionaries(
    {"uuid": st.text(max_size=4), "users": st.lists(inner, max_size=2), "addresses": st.lists(inner, max_size=2)},
    optional={"name": fields, "phone": fields, "allow_outbound": fields, "created_on": fields, "balance": fields},
)


@given(rows)
def test_in_a_list_a_customer_is_read_as_it_is_alone(row):
    text = json.dumps(row).encode()
    alone = read_customer(said(b'{"result":' + text + b',"status_code":200}'), MOMENT)
    listed = read_customers(said(b'{"result":[' + text + b'],"status_code":200}'), MOMENT).items
    assert listed == [alone]
    quick = read_documented(text, MOMENT)
    assert quick is None or quick == alone


def test_an_object_of_a_list_is_decoded_when_somebody_looks():
    found = read_documented(json.dumps(RAW).encode(), MOMENT)
    assert found is not None
    assert "pw-admin-1" not in repr(found) + repr(found.raw)
    assert found.raw == RAW
    assert dict(found.raw) == RAW
    assert RawObject(b'{"a":1}') == RawObject(b'{ "a": 1}')
    assert RawObject(b"{") == RawObject(b"[1]") == {}
    assert RawObject(b"{}") != 1
    assert len(found.raw) == len(RAW)


def test_a_row_that_is_deep_is_left_to_the_careful_reader():
    assert read_documented(b'{"a":' * 50 + b"1" + b"}" * 50, MOMENT) is None
