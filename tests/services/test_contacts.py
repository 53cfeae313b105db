"""Contacts on a real archive: names for numbers, imports and re-imports, changes that last, and what is never lost."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.fakes.languages import dutch
from voipdesk.core.contacts import Change, Contact, ContactNumber
from voipdesk.core.errors import BadInput, StorageFailed
from voipdesk.services import contacts_watch
from voipdesk.services.contact_export import export_file
from voipdesk.services.contacts import FILE_GONE
from voipdesk.services.desk import Desk

NUMBER = "+44 20 7946 0958"


def card(uid: str, name: str, number: str = NUMBER, *more: str) -> str:
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:{uid}",
        f"FN:{name}",
        f"TEL;TYPE=WORK:{number}",
        *more,
        "END:VCARD",
        "",
    )
    return "\r\n".join(line for line in lines if line != "UID:")


@pytest.fixture
async def desk(tmp_path):
    desk = await Desk.open(tmp_path / "home")
    desk.preferences.region = "GB"
    yield desk
    await desk.close()


@pytest.fixture
def book(tmp_path):
    return tmp_path / "book.vcf"


async def take(desk: Desk, path: Path, text: str, *, remove: bool = True):
    path.write_text(text)  # noqa: ASYNC240 - a small file of a test
    return await desk.contact_imports.take_over(await desk.contact_imports.read(path), remove=remove)


async def everybody(desk: Desk) -> dict[str, Contact]:
    return {each.contact.name: each.contact for each in await desk.contacts.page(await desk.contacts.find())}


async def left_over(desk: Desk) -> int:
    def count(connection) -> int:
        tables = ("contact_imports WHERE begun_at > 0", "contact_staged", "contact_staged_numbers")
        return sum(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables)

    return await desk.store.read(count)


@pytest.mark.parametrize("sent", [NUMBER, "442079460958", "02079460958", "2079460958"])
async def test_a_number_is_named_however_a_service_sends_it(desk, sent):
    id_ = await desk.contacts.add(Contact("Ann Lee", numbers=(ContactNumber("020 7946 0958"),)))
    assert await desk.contacts.names([sent, "1001", "anonymous", ""]) == {sent: ("Ann Lee", id_)}


async def test_the_national_number_counts_only_where_one_country_s_number_has_it(desk):
    desk.preferences.region = "US"
    await desk.contacts.add(Contact("Ann", numbers=(ContactNumber("+442079460958"),)))
    assert set(await desk.contacts.names(["2079460958", "+12079460958"])) == {"2079460958"}
    await desk.contacts.add(Contact("Bob", numbers=(ContactNumber("+492079460958"),)))
    names = await desk.contacts.names(["2079460958", "+442079460958", "+492079460958"])
    assert {number: name.name for number, name in names.items()} == {"+442079460958": "Ann", "+492079460958": "Bob"}


async def test_a_number_is_read_anew_when_the_country_is_another(desk):
    await desk.contacts.add(Contact("Ann", numbers=(ContactNumber("020 7946 0958"),)))
    desk.preferences.region = "US"
    assert await desk.contacts.names(["+442079460958"]) == {}
    desk.preferences.region = "GB"
    assert set(await desk.contacts.names(["+442079460958"])) == {"+442079460958"}


async def test_a_file_is_imported_and_imported_again(desk, book):
    ann, bob, eve = card("1", "Ann"), card("2", "Bob", "1001"), card("3", "Eve", "+31612345678")
    first = await take(desk, book, ann + bob)
    assert (first.added, first.removed) == (2, 0)
    again = await take(desk, book, ann + bob)
    assert (again.unchanged, again.added, again.changed) == (2, 0, 0)
    other = await take(desk, book, card("1", "Ann Lee") + eve)
    assert (other.added, other.changed, other.removed) == (1, 1, 1)
    assert set(await everybody(desk)) == {"Ann Lee", "Eve"}
    names = await desk.contacts.names(["1001", "442079460958"])
    assert {number: name.name for number, name in names.items()} == {"442079460958": "Ann Lee"}
    assert await left_over(desk) == 0


async def test_what_vanished_stays_unless_it_is_to_go(desk, book):
    await take(desk, book, card("1", "Ann") + card("2", "Bob"))
    assert (await take(desk, book, card("1", "Ann"), remove=False)).removed == 0
    assert set(await everybody(desk)) == {"Ann", "Bob"}


async def test_a_file_that_breaks_off_takes_nothing_away(desk, book):
    await take(desk, book, card("1", "Ann") + card("2", "Bob"))
    book.write_text(card("1", "Ann") + "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:3\r\nFN:Cut")
    preview = await desk.contact_imports.read(book)
    assert (preview.sound, preview.counts.removed) == (False, 1)
    await desk.contact_imports.take_over(preview, remove=True)
    assert {"Ann", "Bob"} <= set(await everybody(desk))


async def test_records_without_an_id_are_known_by_whom_they_name(desk, book):
    await take(desk, book, card("", "Ann") + card("", "Bob", "1001"))
    done = await take(desk, book, card("", "Bob", "1002") + card("", "Ann"))
    assert (done.changed, done.unchanged, done.added, done.removed) == (1, 1, 0, 0)
    assert (await everybody(desk))["Bob"].numbers[0].written == "1002"


async def test_records_with_one_id_are_told_apart_whatever_the_others_ids_are(desk, book):
    text = card("1", "Ann") + card("1", "Bob") + card("1 2", "Cy") + card("1", "Di") + card("1 2", "Eve")
    for added in (5, 0):
        counts = await take(desk, book, text)
        assert (counts.added, counts.changed) == (added, 0)


async def test_exact_duplicates_become_one_and_lose_nothing(desk, book, tmp_path):
    await take(desk, book, card("1", "Ann", NUMBER, "NOTE:of the first") + card("2", "ann", "020 7946 0958"))
    done = await take(desk, tmp_path / "other.vcf", card("9", "Ann", "02079460958", "NOTE:of the other", "BDAY:1980"))
    assert (done.merged, done.added) == (1, 0)
    (ann,) = await desk.contacts.page(await desk.contacts.find())
    assert ann.contact.note == "of the first\nof the other"
    assert ann.contact.more == (("BDAY", "1980"),)
    assert [Path(place).name for place in ann.sources] == ["book.vcf", "other.vcf"]
    # What one file says goes with it, what the other says stays.
    source = next(s for s in await desk.contacts.sources() if s.place.endswith("book.vcf"))
    await desk.contacts.forget_source(source)
    (ann,) = await desk.contacts.page(await desk.contacts.find())
    assert ann.contact.note == "of the other"


async def test_what_the_user_changed_outlasts_an_import(desk, book):
    await take(desk, book, card("1", "Ann") + card("2", "Bob", "1001"))
    (id_,) = await desk.contacts.find("ann")
    await desk.contacts.edit(id_, Contact("Ann at the bank", numbers=(ContactNumber(NUMBER), ContactNumber("1234"))))
    assert (await take(desk, book, card("1", "Ann B.") + card("2", "Bob", "1001"))).kept == 1
    assert set(await everybody(desk)) == {"Ann at the bank", "Bob"}
    await take(desk, book, card("2", "Bob", "1001"))
    assert set(await everybody(desk)) == {"Ann at the bank", "Bob"}
    assert (await desk.contacts.names(["1234"]))["1234"].name == "Ann at the bank"


async def test_what_the_user_removed_does_not_come_back_but_by_undo(desk, book):
    text = card("1", "Ann") + card("2", "Bob", "1001")
    await take(desk, book, text)
    undo = await desk.contacts.remove(await desk.contacts.find("ann"))
    assert await desk.contacts.names([NUMBER]) == {}
    await take(desk, book, text)
    assert set(await everybody(desk)) == {"Bob"}
    await desk.contacts.undo(undo)
    assert set(await everybody(desk)) == {"Ann", "Bob"}
    assert (await desk.contacts.names([NUMBER]))[NUMBER].name == "Ann"


async def test_an_edit_and_the_removal_of_an_own_contact_are_taken_back(desk):
    id_ = await desk.contacts.add(Contact("Ann", numbers=(ContactNumber("1001"),)))
    changed, undo = await desk.contacts.edit(id_, Contact("Anna", numbers=(ContactNumber("1002"),)))
    assert set(await desk.contacts.names(["1001", "1002"])) == {"1002"}
    await desk.contacts.undo(undo)
    assert set(await desk.contacts.names(["1001", "1002"])) == {"1001"}
    assert await desk.contacts.get(changed) is None
    removed = await desk.contacts.remove(await desk.contacts.find("ann"))
    assert await desk.contacts.count() == 0
    await desk.contacts.undo(removed)
    assert set(await everybody(desk)) == {"Ann"}
    with pytest.raises(BadInput):
        await desk.contacts.add(Contact(note="nobody"))
    with pytest.raises(BadInput):
        await desk.contacts.edit(10**6, Contact("Ann"))


async def test_what_is_brought_back_takes_the_place_of_nobody_who_came_meanwhile(desk, book):
    undo = await desk.contacts.remove([await desk.contacts.add(Contact("Ann"))])
    await take(desk, book, card("1", "Bob"))
    await desk.contacts.undo(undo)
    assert set(await everybody(desk)) == {"Ann", "Bob"}


async def test_a_newer_copy_under_another_name_is_known_by_its_ids(desk, book, tmp_path):
    await take(desk, book, card("1", "Ann") + card("2", "Bob"))
    copy = tmp_path / "book (1).vcf"
    copy.write_text(card("1", "Ann Lee") + card("2", "Bob") + card("3", "Eve"))
    preview = await desk.contact_imports.read(copy)
    assert preview.source_place == str(book)
    assert (preview.counts.added, preview.counts.changed) == (1, 1)
    beside = await desk.contact_imports.compare(preview, None)
    assert (beside.counts.added, beside.counts.merged) == (2, 1)
    await desk.contact_imports.take_over(preview, remove=True)
    assert set(await everybody(desk)) == {"Ann Lee", "Bob", "Eve"}
    assert [s.place for s in await desk.contacts.sources()] == [str(copy)]


async def test_a_preview_names_what_will_happen_and_does_nothing(desk, book):
    await take(desk, book, card("1", "Ann") + card("2", "Bob", "1001"))
    book.write_text(card("1", "Anna") + card("3", "Eve", "1003"))
    preview = await desk.contact_imports.read(book)
    named = {(kind, contact.name) for kind, contact in preview.examples}
    assert named == {(Change.CHANGED, "Anna"), (Change.ADDED, "Eve"), (Change.REMOVED, "Bob")}
    assert set(await everybody(desk)) == {"Ann", "Bob"}
    await desk.contact_imports.drop(preview)
    assert await left_over(desk) == 0
    with pytest.raises(BadInput, match="not there any more"):
        await desk.contact_imports.take_over(preview, remove=True)


async def test_a_reading_that_is_cancelled_leaves_nothing(desk, book):
    import asyncio

    book.write_text("".join(card(str(n), f"Ann {n}") for n in range(3000)))
    begun = asyncio.Event()
    task = asyncio.create_task(desk.contact_imports.read(book, progress=lambda _: begun.set()))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await left_over(desk) == 0
    assert await desk.contacts.count() == 0


async def test_an_import_that_is_done_is_not_said_to_have_failed_for_what_it_could_not_clear_away(
    desk, book, monkeypatch
):
    async def fails(_import_id):
        raise StorageFailed("The archive is in use.")

    book.write_text(card("1", "Ann"))
    preview = await desk.contact_imports.read(book)
    with monkeypatch.context() as patch:
        patch.setattr(desk.contact_imports._archive, "drop_import", fails)
        assert (await desk.contact_imports.take_over(preview, remove=False)).added == 1
    await take(desk, book, card("1", "Anna"))
    assert await left_over(desk) == 0


async def test_a_table_is_read_as_it_was_the_last_time(desk, tmp_path):
    from voipdesk.contact_files.table import with_roles

    path = tmp_path / "table.csv"
    path.write_text("Wer,Was,Durchwahl\nAnn,Boss,1001\n")
    look = await desk.contact_imports.look(path)
    asked = with_roles(look, [("Wer", "name"), ("Durchwahl", "work"), ("Was", "title")])
    await desk.contact_imports.take_over(await desk.contact_imports.read(path, asked), remove=True)
    path.write_text("Wer,Was,Durchwahl\nAnn,Boss,1002\n")
    assert (await desk.contact_imports.look(path)).format == asked
    assert (await desk.contact_imports.read(path)).counts.changed == 1
    path.write_text("nothing\n\n")
    with pytest.raises(BadInput, match="no contact"):
        await desk.contact_imports.read(path)


async def test_search_finds_names_without_accents_and_numbers_in_any_form(desk):
    zoe = await desk.contacts.add(Contact("Zoë Åkesson", "Café Noir", (ContactNumber("+44 20 7946 0958"),)))
    await desk.contacts.add(Contact("Ann", emails=("ann@example.com",)))
    for text in ("zoe", "AKESSON zo", "cafe", "020 7946", "0044 20", "7946"):
        assert await desk.contacts.find(text) == [zoe], text
    assert [s.id for s in await desk.contacts.suggest("o")] == [zoe]
    assert await desk.contacts.suggest("ann") == []  # there is nothing to dial
    assert await desk.contacts.suggest(" ") == []


@pytest.mark.parametrize("name", ["all.vcf", "all.csv"])
async def test_what_is_exported_is_what_is_imported_elsewhere(desk, tmp_path, name):
    contact = Contact(
        "=cmd()", "Müller, Söhne", (ContactNumber("+44 20", "work"), ContactNumber("1001")), ("a@example.com",), "a\nb"
    )
    await desk.contacts.add(contact)
    assert await export_file(desk.contacts, tmp_path / name) == 1
    if name.endswith("csv"):
        assert "'=cmd()" in (tmp_path / name).read_text()
    other = await Desk.open(tmp_path / "other")
    try:
        preview = await other.contact_imports.read(tmp_path / name)
        await other.contact_imports.take_over(preview, remove=True)
        assert (await everybody(other))["=cmd()"] == contact
    finally:
        await other.close()


async def test_a_watched_folder_is_followed_and_loses_nothing(desk, tmp_path):
    folder = tmp_path / "books"
    folder.mkdir()
    book, table = folder / "a.vcf", folder / "b.csv"
    book.write_text(card("1", "Ann") + card("2", "Bob", "1001"))
    table.write_text("Wer;Wo\nEve;Berlin\n")
    news = {Path(n.place).name: n for n in await desk.contacts_watch.add(folder)}
    assert news["a.vcf"].counts.added == 2
    assert "columns" in news["b.csv"].problem
    assert await desk.contacts_watch.look() == []  # nothing is told twice
    book.write_text(card("1", "Anna"))
    assert await desk.contacts_watch.look() == []  # it may still be written
    (news,) = await desk.contacts_watch.look()
    assert (news.counts.changed, news.counts.removed) == (1, 1)
    assert set(await everybody(desk)) == {"Anna", "Bob"}
    book.write_bytes(b"")
    (news,) = await desk.contacts_watch.look(settled=True)
    assert "empty" in news.problem
    book.unlink()
    (news,) = await desk.contacts_watch.look(settled=True)
    assert "gone" in news.problem
    assert await desk.contacts_watch.look(settled=True) == []
    assert set(await everybody(desk)) == {"Anna", "Bob"}
    book.write_text(card("1", "Anna Lee"))
    (news,) = await desk.contacts_watch.look(settled=True)
    assert news.counts.changed == 1
    assert not any(source.problem for source in await desk.contacts.sources() if source.place == str(book))
    book.unlink()
    table.unlink()
    folder.rmdir()
    assert any("cannot be read" in news.problem for news in await desk.contacts_watch.look())
    assert set(await everybody(desk)) == {"Anna Lee", "Bob"}


async def test_a_problem_that_was_told_is_no_news_in_another_language(desk, tmp_path):
    folder, other = tmp_path / "books", tmp_path / "other"
    for one in (folder, other):
        one.mkdir()
        (one / "a.vcf").write_text(card(one.name, one.name))
        await desk.contacts_watch.add(one)
    (folder / "a.vcf").unlink()
    shutil.rmtree(other)
    assert len(await desk.contacts_watch.look(settled=True)) == 2
    in_dutch = "De map {folder} kan niet worden gelezen: {reason}."
    with dutch({FILE_GONE: "Weg.", "The folder {folder} cannot be read: {reason}.": in_dutch}):
        assert await desk.contacts_watch.look(settled=True) == []
        problems = {Path(each.place).name: each.problem for each in await desk.contacts.sources() if each.problem}
    assert problems["a.vcf"] == "Weg."
    assert problems["other"].startswith("De map ")
    assert await desk.contacts_watch.look(settled=True) == []
    assert FILE_GONE in {each.problem for each in await desk.contacts.sources()}


async def test_a_file_in_a_watched_folder_is_not_forgotten_only_to_come_back(desk, tmp_path):
    folder = tmp_path / "books"
    folder.mkdir()
    (folder / "a.vcf").write_text(card("1", "Ann"))
    await take(desk, folder / "b.dat", card("2", "Bob", "1001"))
    await desk.contacts_watch.add(folder)
    assert await desk.contacts_watch.look(settled=True) == []  # what is not followed is not gone
    by_name = {Path(source.place).name: source for source in await desk.contacts.sources()}
    with pytest.raises(BadInput, match="would bring it back"):
        await desk.contacts_watch.check_forgetting(by_name["a.vcf"])
    await desk.contacts_watch.check_forgetting(by_name["b.dat"])
    (folder / "a.vcf").unlink()
    await desk.contacts_watch.check_forgetting(by_name["a.vcf"])


async def test_forgetting_a_file_tells_how_many_contacts_went_with_it(desk, book, tmp_path):
    await take(desk, book, card("1", "Ann") + card("2", "Bob", "1001"))
    await take(desk, tmp_path / "other.vcf", card("7", "Ann"))
    source = next(source for source in await desk.contacts.sources() if source.place == str(book))
    assert await desk.contacts.forget_source(source) == 1
    assert set(await everybody(desk)) == {"Ann"}


async def test_following_goes_on_after_the_archive_could_not_be_used(desk, tmp_path, monkeypatch):
    import asyncio

    folder = tmp_path / "books"
    folder.mkdir()
    await desk.contacts_watch.add(folder)
    (folder / "a.vcf").write_text(card("1", "Ann"))
    monkeypatch.setattr(contacts_watch, "EVERY_S", 0.01)
    failures, sources = 3, desk.contacts.sources

    async def fails(*, counted=True):
        nonlocal failures
        failures -= 1
        if failures < 0:
            return await sources(counted=counted)
        raise StorageFailed("The archive is in use.")

    monkeypatch.setattr(desk.contacts, "sources", fails)
    news: asyncio.Queue[contacts_watch.WatchNews] = asyncio.Queue()
    desk.contacts_watch.told.subscribe(news.put_nowait)
    run = asyncio.ensure_future(desk.contacts_watch.run())
    told = [await asyncio.wait_for(news.get(), 30) for _ in range(2)]
    run.cancel()
    assert (told[0].place, told[0].problem) == ("", "The archive is in use.")
    assert told[1].counts.added == 1


async def test_a_region_of_no_contacts_costs_no_reading(desk):
    assert await desk.contacts.names(["+442079460958"]) == {}
    assert desk.contacts.region == "GB"


async def test_changes_of_another_process_are_noticed(desk):
    told: list[None] = []
    desk.contacts.changed.subscribe(told.append)
    await desk.contacts.look_for_changes()
    other = await Desk.open(desk.paths.home)
    await other.contacts.add(Contact("Ann", numbers=(ContactNumber("1001"),)))
    await other.close()
    await desk.contacts.look_for_changes()
    assert told == [None]
    assert await desk.contacts.names(["1001"])


async def test_any_number_of_names_is_asked_for_at_once(desk, book):
    await take(desk, book, "".join(card(str(n), f"Ann {n}", f"+44207946{n:04}") for n in range(1200)))
    names = await desk.contacts.names([f"4420794{60000 + n}" for n in range(1200)])
    assert len(names) == 1200
    assert msgspec.json.encode(await desk.contacts.page(await desk.contacts.find("ann 1199")))


async def test_what_is_taken_back_after_an_import_brought_the_record_again_is_kept_beside_it(desk, book):
    await take(desk, book, card("1", "Ann"))
    (id_,) = await desk.contacts.find("ann")
    changed, undo = await desk.contacts.edit(id_, Contact("Mine", numbers=(ContactNumber("1001"),)))
    await take(desk, book, card("2", "Bob", "1002"))  # what the user changed is their own now
    await take(desk, book, card("1", "Ann") + card("2", "Bob", "1002"))
    await desk.contacts.undo(undo)
    assert set(await everybody(desk)) == {"Ann", "Bob"}
    assert await desk.contacts.get(changed) is None
