"""Whatever is edited in a customer's object, and whatever the service makes of it: nothing goes unsaid."""

import asyncio
import copy
import itertools
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.archive import NOW, FakeLedger
from tests.fakes.keyring_backend import FakeKeyring
from tests.fakes.reseller import ACCOUNT, Reseller, ResellerProvider
from voipdesk.core.customers import CustomerAddress, CustomerUser
from voipdesk.services.connections import Connections
from voipdesk.services.customers import Customers
from voipdesk.services.object_changes import field_changes
from voipdesk.settings.secrets import Secrets

KINDS = ("nothing", "text", "number", "flag")


class Texts:
    """Texts that are all different, so that none can be taken for another."""

    def __init__(self) -> None:
        self.numbers = itertools.count(1)

    def __call__(self) -> str:
        return f"text {next(self.numbers)}"

    def of(self, kind: str) -> object:
        return {"nothing": None, "text": self(), "number": next(self.numbers) + 10_000, "flag": True}[kind]


@st.composite
def objects(draw, texts):
    """A customer's fields: those we know of, and others at every level."""

    def unknown(most: int) -> dict[str, object]:
        kinds = draw(st.lists(st.sampled_from(KINDS), max_size=most))
        return {f"other_{number}": texts.of(kind) for number, kind in enumerate(kinds)}

    def entries(most: int, make) -> list[dict[str, object]]:
        return [make(number) for number in range(draw(st.integers(0, most)))]

    return {
        "contact_name": texts(),
        "phone": texts(),
        "store_front": texts(),
        "addresses": entries(
            2,
            lambda n: {"uuid": f"d{n}", "street_one": texts(), "city": texts(), "zip": texts(), **unknown(2)},
        ),
        "users": entries(
            2,
            lambda n: {
                "uuid": f"p{n}",
                "name": texts(),
                "email": texts(),
                "role_id": "3",
                "password": texts(),
                **unknown(2),
            },
        ),
        "ip_addresses": entries(3, lambda n: {"ip_range": texts(), **unknown(1)}),
        "deep": {"deeper": unknown(3)},
        **unknown(3),
    }


OURS = {"contact_name", "phone", "store_front", "street_one", "city", "zip", "email", "role_id", "password"}


def leaves(value, found):
    """All places of a nested object that hold a plain value, as pairs of container and key."""
    fixed = {"uuid", "allow_outbound", "updated_on"}
    if "contact_name" in value:
        fixed.add("name")
    if isinstance(value, dict) and str(value.get("uuid")).startswith("n"):
        fixed |= {"role_id", "password"}  # of a new user they are the service's to say
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            leaves(inner, found)
        elif key not in fixed:
            found.append((value, key))
    return found


@given(st.data())
def test_an_edit_says_all_that_is_otherwise_than_asked_and_nothing_else(data):
    texts = Texts()
    service = Reseller()
    number = service.add("my_customer", **data.draw(objects(texts)))
    customers = Customers(
        Connections({"reseller": ResellerProvider(service)}, Secrets(FakeKeyring()), FakeLedger()), clock=lambda: NOW
    )
    tampered = data.draw(st.booleans(), label="tampered with")

    def tamper(sent):
        place, key = data.draw(st.sampled_from(leaves(sent, [])), label="where")
        place[key] = None if place[key] and data.draw(st.booleans(), label="reset") else texts()
        if key in OURS:
            place[key] = place[key] or ""

    if tampered:
        service.on_replace = tamper

    async def run():
        before = await customers.get(ACCOUNT, number)
        after = edited(data, before, texts)
        made = await customers.edit(ACCOUNT, before, after)
        assert bool(made.not_taken or made.also_changed) is tampered
        return before

    before = asyncio.run(run())
    assert before.raw["name"] == service.objects[number]["name"]


def edited(data, before, texts):
    after = replace(before, contact_name=texts())
    if data.draw(st.booleans(), label="phone"):
        after = replace(after, phone=data.draw(st.sampled_from(["", texts()])))
    if before.addresses and data.draw(st.booleans(), label="address"):
        after = replace(after, addresses=(replace(before.addresses[0], city=texts()), *before.addresses[1:]))
    if before.users and data.draw(st.booleans(), label="user"):
        after = replace(after, users=(replace(before.users[0], email=texts(), password=texts()), *before.users[1:]))
    if data.draw(st.booleans(), label="removed"):
        after = replace(after, addresses=after.addresses[1:], users=after.users[:-1])
    if data.draw(st.booleans(), label="added"):
        address = CustomerAddress((texts(),), texts(), postcode=texts(), country="GB")
        user = CustomerUser(texts(), texts(), role="3", password=texts())
        after = replace(after, addresses=(*after.addresses, address), users=(*after.users, user))
    return after


@given(st.data())
def test_a_field_that_changed_is_found_and_no_other(data):
    before = data.draw(objects(Texts()))
    after = copy.deepcopy(before)
    assert field_changes(before, after) == []
    place, key = data.draw(st.sampled_from(leaves(after, [])))
    place[key] = "something else"
    [change] = field_changes(before, after)
    assert (change.name.rpartition(".")[2], change.after) == (key, "something else")
    assert change.after not in repr(change)
