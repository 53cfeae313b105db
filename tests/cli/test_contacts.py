"""Contacts from the command line: entered, imported again and again, found, exported."""

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.cli.typed import on_a_terminal

ANN = "BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Ann Lee\nORG:Acme\nTEL;TYPE=WORK:+44 20 7946 0958\nEND:VCARD\n"
BOB = "BEGIN:VCARD\nVERSION:3.0\nUID:2\nFN:Bob\nTEL:1001\nEND:VCARD\n"
TABLE = "Wer;Firma;Durchwahl\nEve;Acme;1003\n"


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.vcf"
    path.write_text(ANN + BOB)
    return path


def names(run) -> set[str]:
    return {one["name"] for one in run("contacts", "list", "--format", "json").json}


def test_a_contact_is_added_shown_changed_and_removed(run):
    added = run("contacts", "add", "--name", "Ann Lee", "--number", "work:020 7946 0958", "--number", "1001")
    assert (added.code, added.err) == (0, "")
    assert "“Ann Lee” is added" in added.out
    shown = run("contacts", "show", "ann", "lee")
    assert "020 7946 0958 (work)" in shown.out
    assert "entered by hand" in shown.out
    changed = run("contacts", "edit", "Ann Lee", "--name", "Ann", "--number", "1002", "--remove-number", "1001")
    assert changed.code == 0
    one = run("contacts", "show", "Ann", "--format", "json").json
    assert [n["number"] for n in one["numbers"]] == ["020 7946 0958", "1002"]
    assert run("contacts", "edit", "Ann").code == 2
    assert run("contacts", "edit", "Ann", "--remove-number", "5").code == 2
    assert run("contacts", "add", "--number", "nobody").code == 2
    assert run("contacts", "add", "--note", "nobody").code == 2
    assert run("contacts", "remove", "Ann").code == 0
    none = run("contacts", "list")
    assert (none.code, none.out, none.err) == (0, "", "There are no contacts yet.\n")


def test_a_name_that_several_have_is_asked_for_by_id(run):
    for number in ("1001", "1002"):
        run("contacts", "add", "--name", "Ann", "--number", number)
    ended = run("contacts", "remove", "Ann")
    assert (ended.code, ended.out) == (2, "")
    assert "2 contacts" in ended.err
    ids = [one["id"] for one in run("contacts", "search", "1002", "--format", "json").json]
    assert run("contacts", "remove", str(ids[0])).code == 0
    assert len(run("contacts", "list", "--format", "json").json) == 1
    assert run("contacts", "show", "nobody").code == 2


def test_a_whole_name_is_found_among_all_that_have_it_in_theirs(run, tmp_path):
    many = tmp_path / "many.vcf"
    many.write_text("".join(f"BEGIN:VCARD\nFN:Ann Lee {n}\nEND:VCARD\n" for n in range(150)))
    assert run("contacts", "import", str(many)).code == 0
    run("contacts", "add", "--name", "Lee", "--number", "1001")
    assert run("contacts", "show", "lee", "--format", "json").json["name"] == "Lee"


def test_a_file_is_imported_and_what_vanished_goes_after_a_yes_only(run, book):
    first = run("contacts", "import", str(book))
    assert (first.code, first.out, first.err) == (0, "2 added, 0 changed.\n", "")
    assert (
        run("contacts", "import", str(book), "--dry-run").out == "Would be done: 0 added, 0 changed, 2 as they were.\n"
    )
    book.write_text(ANN.replace("Ann Lee", "Ann Bee"))
    asked = run("contacts", "import", str(book))
    assert asked.code == 2
    assert "no longer there: Bob  1001" in asked.err
    assert "1 contact is no longer in this file: nothing was imported." in asked.err
    assert names(run) == {"Ann Lee", "Bob"}
    kept = run("contacts", "import", str(book), "--keep", "--format", "json").json
    assert (kept["changed"], kept["removed"], kept["done"]) == (1, 0, True)
    assert names(run) == {"Ann Bee", "Bob"}
    assert run("contacts", "import", str(book), "--yes").out == "0 added, 0 changed, 1 as it was, 1 removed.\n"
    assert names(run) == {"Ann Bee"}


def test_a_yes_is_asked_for_on_a_terminal(run, book):
    assert run("contacts", "import", str(book)).code == 0
    book.write_text(ANN)
    code, shown = on_a_terminal(["contacts", "import", str(book)], b"yes\n")
    assert code == 0, shown
    assert "1 removed" in shown
    assert names(run) == {"Ann Lee"}


def test_a_table_s_columns_are_shown_and_chosen(run, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(TABLE)
    shown = run("contacts", "import", str(table), "--columns", "--format", "json").json
    assert [(one["heading"], one["role"]) for one in shown][1] == ("Firma", "organisation")
    assert run("contacts", "import", str(table), "--map", "Wer=name,3=work").code == 0
    assert run("contacts", "show", "Eve", "--format", "json").json["numbers"] == [{"number": "1003", "kind": "work"}]
    for wrong in ("Nowhere=name", "Wer=colour", "Wer"):
        assert run("contacts", "import", str(table), "--map", wrong).code == 2
    assert run("contacts", "import", str(table), "--separator", "ab").code == 2
    assert run("contacts", "import", str(table), "--encoding", "nonsense").code == 2
    assert run("contacts", "import", str(tmp_path / "nowhere.csv")).code == 2


def test_a_newer_copy_is_told_and_may_be_called_a_new_file(run, book, tmp_path):
    run("contacts", "import", str(book))
    copy = tmp_path / "book (1).vcf"
    copy.write_text(ANN + BOB)
    told = run("contacts", "import", str(copy), "--dry-run")
    assert f"newer copy of {book}" in told.err
    assert run("contacts", "import", str(copy), "--new").out.startswith("0 added, 0 changed, 2 became one")
    assert len(run("contacts", "sources", "--format", "json").json) == 2
    assert run("contacts", "import", str(copy), "--replaces", "book.vcf", "--dry-run").code == 0
    assert run("contacts", "import", str(copy), "--replaces", "nothing").code == 2
    forgotten = run("contacts", "sources", "--forget", "book.vcf")
    assert forgotten.code == 0
    assert "forgotten, with 0 contacts." in forgotten.out
    assert [run("contacts", "list", "--limit", limit).code for limit in ("1", "0", "-1")] == [0, 2, 2]
    assert names(run) == {"Ann Lee", "Bob"}
    assert run("contacts", "sources", "--forget", "book.vcf").code == 2
    assert "Contacts" in run("contacts", "sources").out


def test_contacts_are_exported_and_names_cannot_move_the_cursor(run, tmp_path):
    run("contacts", "add", "--name", "A\x1b[31m\u202eb", "--number", "1001")
    out = run("contacts", "list").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    target = tmp_path / "all.vcf"
    assert run("contacts", "export", str(target)).err == f"1 contact is in {target}.\n"
    assert target.read_text().startswith("BEGIN:VCARD\nVERSION:4.0\n")
    assert run("contacts", "export", "-").out.replace("\r\n", "\n") == target.read_text()


def test_a_folder_is_watched(run, book):
    folder = book.parent
    watched = run("contacts", "watch", str(folder))
    assert (watched.code, watched.out) == (0, f"{book}: 2 added, 0 changed.\n")
    listed = json.loads(run("contacts", "watch", "--format", "json").out)
    assert [(one["place"], one["watched"]) for one in listed] == [(str(folder), True)]
    assert run("contacts", "watch", str(folder), "--stop").code == 0
    assert run("contacts", "watch").err == "No folder is watched.\n"
    assert names(run) == {"Ann Lee", "Bob"}
    assert run("contacts", "watch", str(folder / "nowhere")).code == 2


def test_calls_show_the_contacts_names_to_people_and_the_services_to_programs(office):
    assert office("sync").code == 0
    newest = office("calls", "--limit", "1", "--format", "json").json
    number = newest[0]["caller"] if len(newest[0]["caller"]) > 4 else newest[0]["called"]
    office("contacts", "add", "--name", "Ann of the Contacts", "--number", f"+{number.removeprefix('+')}")
    assert f"Ann of the Contacts {number}" in office("calls", "--limit", "1").out
    assert office("calls", "--limit", "1", "--format", "json").json == newest
    assert "Ann of the Contacts" not in office("calls", "--limit", "1", "--format", "csv").out


def test_a_contact_s_name_is_dialled_where_it_means_one_number(office, demo):
    office("contacts", "add", "--name", "Ann Lee", "--number", "work:020 7946 0958")
    office("contacts", "add", "--name", "Bob Lee", "--number", "1003", "--number", "mobile:07700 900123")
    dry = office("dial", "ann", "--dry-run", "--format", "json")
    assert (dry.code, dry.err, dry.json["dialled"]) == (0, "Ann Lee: 020 7946 0958\n", "+442079460958")
    several = office("dial", "lee", "--dry-run")
    assert several.code == 2
    assert "means 3 numbers" in several.err
    assert "Bob Lee: 07700 900123 (mobile)" in several.err
    assert office("dial", "nobody", "--dry-run").code == 2
    office("contacts", "add", "--name", "Lee", "--number", "1004")
    assert office("dial", "lee").code == 0  # a whole name goes before a part of one
    assert demo.state().dials_accepted == 1


def test_an_import_that_is_killed_has_done_nothing_and_the_next_one_does_it_all(run, tmp_path, home):
    book = tmp_path / "many.vcf"
    book.write_text("".join(BOB.replace("UID:2", f"UID:{n}").replace("1001", f"{n + 10_000}") for n in range(4_000)))
    assert run("contacts", "list").code == 0  # the archive is there
    archive = home / "voipdesk" / "archive.sqlite"
    process = subprocess.Popen([sys.executable, "-m", "voipdesk", "contacts", "import", str(book)])
    deadline = time.monotonic() + 60
    while not _staged(archive):
        assert time.monotonic() < deadline
        assert process.poll() is None
    process.kill()
    process.wait()
    assert names(run) == set()
    assert run("contacts", "import", str(book)).out == "4,000 added, 0 changed.\n"


def _staged(archive) -> int:
    with closing(sqlite3.connect(archive, timeout=10)) as connection:
        return connection.execute("SELECT count(*) FROM contact_staged").fetchone()[0]
