"""Search: any part of a name or number, however it is typed; hostile texts find nothing and break nothing."""

import pytest

from tests.fakes.calls import make_call
from voipdesk.archive.call_log import CallLogArchive
from voipdesk.archive.search_index import alternatives, fold_party
from voipdesk.archive.store import Store
from voipdesk.core.call_log import CallFilter, Source


async def numbers(log: CallLogArchive, typed: str) -> list[str]:
    return sorted(logged.call.caller for logged in await log.page(CallFilter(search=typed)))


@pytest.mark.parametrize("stored", ["442079460958", "+442079460958", "+44 20 7946 0958", "(0044) 20-7946.0958"])
@pytest.mark.parametrize(
    "typed",
    ["020 7946 0958", "02079460958", "+44 20 7946 0958", "+44 (0)20 7946 0958", "0044 20 7946 0958", "442079460958",
     "7946 0958", "(020) 7946-0958", "46 09", " 0958 ", "0", "58"],
)  # fmt: skip
async def test_a_number_is_found_however_it_is_typed(log: CallLogArchive, stored: str, typed: str):
    await log.write(
        "a", [make_call(0, caller=stored), make_call(1, caller="331", called="1")], [0, 0], source=Source.USER
    )
    assert stored in await numbers(log, typed)
    assert "331" not in await numbers(log, typed)


@pytest.mark.parametrize("where", ["name", "caller_name", "called_name", "answered_by", "caller", "called"])
@pytest.mark.parametrize("typed", ["ör", "JÖRG", "jörg s", "Jo\u0308rg", "SS", "g  straße", "straße", "ß", "STRASSE"])
async def test_every_name_is_searched_without_regard_to_case(log: CallLogArchive, where: str, typed: str):
    await log.write("a", [make_call(0, **{where: "Jörg Straße"}), make_call(1)], [0, 0], source=Source.USER)
    assert len(await log.page(CallFilter(search=typed))) == 1


@pytest.mark.parametrize(
    "typed",
    ["%", "_", "%%%", "a%e", "'", '"', '""a"', "\x00", "\x00abc", "\ud800x", "AND", "OR x", "NEAR(", "*",
     "a" * 100_000, "1" * 100_000, "1" * 100_000 + "x", "(" * 100_000, " " * 100_000 + "x", "+0" * 50_000,
     "an*", "\U0010ffff", "\U0010ffff" * 3, "\ud7ff", "-", "+", "() -", "\n", "442079460958\nAnn"],
)  # fmt: skip
async def test_hostile_texts_are_harmless(log: CallLogArchive, typed: str):
    await log.write("a", [make_call(0, caller_name="Anne")], [0], source=Source.USER)
    expected = 1 if not typed.strip() or typed == "\x00" else 0
    assert len(await log.page(CallFilter(search=typed))) == expected


async def test_signs_in_a_name_are_found_as_they_are(log: CallLogArchive):
    names = ["100% sure", "under_score", 'the "boss"', "O'Neil", "Room 2-14", "a*b"]
    await log.write("a", [make_call(n, caller_name=name) for n, name in enumerate(names)], [0] * 6, source=Source.USER)
    for typed, name in zip(["0% s", "r_s", '"boss"', "o'n", "2-14", "a*b"], names, strict=True):
        assert [logged.call.caller_name for logged in await log.page(CallFilter(search=typed))] == [name], typed


async def test_repeated_digits_are_looked_for_side_by_side(log: CallLogArchive):
    await log.write("a", [make_call(0, caller="19991"), make_call(1, caller="199991")], [0, 0], source=Source.USER)
    assert await numbers(log, "9999") == ["199991"]


async def test_trigrams_that_stand_apart_do_not_make_a_match(log: CallLogArchive):
    await log.write("a", [make_call(0, caller="123x234"), make_call(1, caller="1234")], [0, 0], source=Source.USER)
    assert await numbers(log, "1234") == ["1234"]


async def test_what_arrives_after_a_search_is_found_by_the_same_search(log: CallLogArchive, store: Store):
    assert await numbers(log, "7946") == []
    await log.write("a", [make_call(0)], [0], source=Source.USER)
    assert len(await numbers(log, "7946")) == 1
    other = await Store.open(store.file)
    await CallLogArchive(other).write("a", [make_call(1, caller="79460")], [0], source=Source.USER)
    await other.close()
    assert len(await numbers(log, "7946")) == 2


def test_what_is_typed_is_read_as_number_or_name():
    assert alternatives("  ") == ()
    assert alternatives("Ann") == ("ann",)
    assert alternatives("020 7946") == ("207946", "020 7946")
    assert alternatives("00") == ("0",)
    assert alternatives("0") == ("0",)


def test_a_number_of_letters_is_found_by_them():
    assert fold_party("Anonymous", "") == "\nanonymous"
    assert fold_party("+44 (20)", "Bo\tB\x00") == "bo b \n4420"
