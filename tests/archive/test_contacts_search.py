"""Calls are found by the name of the user's contact, though the service sent a number alone."""

from tests.fakes.calls import make_call
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.contacts import ContactArchive
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, Source
from voipdesk.core.contact_keys import number_keys
from voipdesk.core.contacts import Contact, ContactNumber


def keys_of(contact):
    return [number_keys(number.written, "GB") for number in contact.numbers]


async def test_a_call_is_found_by_the_name_of_a_contact(store):
    log, contacts = CallLogArchive(store), ContactArchive(store)
    calls = [make_call(caller="442079460958"), make_call(caller="+442079460000"), make_call(caller="1001")]
    await log.write("a", calls, [0, 1, 2], source=Source.USER)

    async def found(text):
        return sorted(logged.call.caller for logged in await log.page(CallFilter(search=text)))

    assert await found("zoë") == []
    await contacts.add(Contact("Zoë Lee", numbers=(ContactNumber("020 7946 0958"), ContactNumber("12"))), keys_of)
    assert await found("zoe lee") == ["442079460958"]
    assert (await log.totals(CallFilter(search="zoë"))).count == 1
    assert await found("zo") == []  # too short to mean somebody
    (id_,) = await contacts.find("zoe")
    await contacts.edit(id_, Contact("Zoë", numbers=(ContactNumber("+44 20 7946 0000"),)), keys_of)
    assert await found("zoe") == ["+442079460000"]


async def test_a_name_that_many_have_finds_calls_by_the_services_names_alone(store):
    log, contacts = CallLogArchive(store), ContactArchive(store)
    await log.write("a", [make_call(caller="+442079460001", caller_name="Ann of the service")], [0], source=Source.USER)
    for n in range(25):
        await contacts.add(Contact(f"Ann {n}", numbers=(ContactNumber(f"+4420794600{n:02}"),)), keys_of)
    assert len(await log.page(CallFilter(search="ann"))) == 1
    assert len(await log.page(CallFilter(search="ann 1"))) == 1


async def test_letter_by_letter_contacts_are_found_as_by_the_whole_name(store):
    log, contacts = CallLogArchive(store), ContactArchive(store)
    await log.write("a", [make_call(n, caller=f"44207946{n:04}") for n in range(30)], range(30), source=Source.USER)
    names = ["Kim Bell", "Kïmchen Lee", "Bell Kimex", "Kimabel", *(f"Kiton {n}" for n in range(21))]
    for n, name in enumerate(names):
        await contacts.add(Contact(name, numbers=(ContactNumber(f"020 7946 {n:04}"),)), keys_of)

    async def found(text):
        return sorted(int(logged.call.caller[-4:]) for logged in await log.page(CallFilter(search=text)))

    typed = {
        "kim": [0, 1, 2, 3],
        "kim ": [0, 1, 2, 3],
        "kim b": [0, 2, 3],
        "kim be": [0, 2, 3],
        "kim bel": [0, 2, 3],
        "kim bell": [0, 2],
        "kim belly": [],
        "kime": [2],
        "kit": [],  # too many
        "kiton 17": [17, 21],
    }
    for text, expected in typed.items():
        assert (text, await found(text)) == (text, expected)
    await contacts.add(Contact("Kim Belly", numbers=(ContactNumber("020 7946 0029"),)), keys_of)
    assert await found("kim belly") == [29]
    assert await found("ki") == []  # too short to mean somebody
    assert await found("kima") == [3]


async def test_a_whole_letter_pasted_into_the_search_means_nobody(store):
    assert await CallLogArchive(store).page(CallFilter(search="to whom it may concern " * 500)) == []


async def test_another_process_s_contacts_are_searched_too(store, file):
    log, contacts = CallLogArchive(store), ContactArchive(store)
    await log.write("a", [make_call(caller="442079460958")], [0], source=Source.USER)
    assert await log.page(CallFilter(search="zoe")) == []
    other = await Store.open(file)
    id_ = await ContactArchive(other).add(Contact("Zoë", numbers=(ContactNumber("020 7946 0958"),)), keys_of)
    await other.close()
    assert len(await log.page(CallFilter(search="zoe"))) == 1
    await contacts.remove([id_])
    assert await log.page(CallFilter(search="zoe")) == []
