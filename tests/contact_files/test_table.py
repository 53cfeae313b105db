"""Tables of contacts: separators, encodings and columns are guessed, and what the person says goes before the guess."""

import csv
import io
import os
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.contact_files import encodings, table
from voipdesk.contact_files.reading import ContactFile
from voipdesk.contact_files.table import TableFormat
from voipdesk.core import language
from voipdesk.core.contact_keys import line_of
from voipdesk.core.contacts import Contact, ContactNumber
from voipdesk.core.errors import BadInput

OUTLOOK = (
    "First Name,Last Name,Company,Business Phone,Mobile Phone,E-mail Address,Notes\r\n"
    'Ann,Lee,"Acme, Inc.",020 7946 0958,07700 900123,ann@example.com,"two\r\nlines"\r\n'
)


def records(text: str, asked: TableFormat | None = None):
    asked = asked or table.look(text.encode()).format
    return list(table.read(io.StringIO(text, newline=""), asked))


def test_an_outlook_export_needs_no_help():
    (record,) = records(OUTLOOK)
    assert record.contact == Contact(
        name="Ann Lee",
        organisation="Acme, Inc.",
        numbers=(ContactNumber("020 7946 0958", "work"), ContactNumber("07700 900123", "mobile")),
        emails=("ann@example.com",),
        note="two\nlines",
    )


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separator_and_encoding_are_guessed(tmp_path, separator, encoding):
    path = tmp_path / "phone book.csv"
    rows = (("Naam", "Telefoon"), ("Zoë Åkesson", "020-1234567"), ("Jürgen", "+49 30 123456"))
    path.write_text("\r\n".join(separator.join(row) for row in rows), encoding=encoding)
    file = ContactFile(path)
    look = file.look()
    assert look.format.separator == separator
    assert look.format.roles == ("name", "number")
    assert [r.contact.name for r in file.records(look.format)] == ["Zoë Åkesson", "Jürgen"]
    file.close()


def test_a_table_without_headings_goes_by_what_stands_in_it():
    look = table.look(b"Ann Lee;+442079460958;ann@example.com\nBob;07700900123;b@example.com\n")
    assert (look.format.has_heading, look.headings) == (False, ("Column 1", "Column 2", "Column 3"))
    assert look.format.roles == ("name", "number", "email")


def test_what_the_person_says_of_the_columns_goes_before_the_guess():
    text = "Wer,Wo,Durchwahl\nAnn,Berlin,1234567\n"
    look = table.look(text.encode())
    asked = table.with_roles(look, [("wer", "name"), ("3", "work")])
    assert records(text, asked)[0].contact == Contact(name="Ann", numbers=(ContactNumber("1234567", "work"),))
    with pytest.raises(BadInput, match="no column"):
        table.with_roles(look, [("Nowhere", "name")])
    with pytest.raises(BadInput, match="nothing a column can be"):
        table.with_roles(look, [("Wer", "colour")])


def test_a_column_without_a_name_is_called_in_the_language_spoken_and_told_in_either(monkeypatch):
    look = table.look(b"Naam;;\nAnn Lee;020 7946 0958;x\n")
    texts = SimpleNamespace(gettext=lambda text: text.replace("Column", "Kolom"))
    monkeypatch.setattr(language, "_texts", texts)
    assert look.headings == ("Naam", "Column 2", "Column 3")
    assert look.titles == ("Naam", "Kolom 2", "Kolom 3")
    given = [("naam", "name"), ("Column 2", "number"), ("Kolom 3", "note")]
    assert table.with_roles(look, given).roles == ("name", "number", "note")


def test_several_numbers_in_one_cell_and_google_s_headings():
    text = "Name,Phone 1 - Value,Phone 2 - Value,E-mail 1 - Value\nAnn,1234567 ::: 7654321,555,a@example.com\n"
    (record,) = records(text)
    assert [n.written for n in record.contact.numbers] == ["1234567", "7654321", "555"]


def test_empty_rows_are_passed_over_and_rows_that_name_nobody_are_counted():
    found = records("Name,Phone,Note\n,,\nAnn,1,\n,,only a note\n")
    assert [(r.contact and r.contact.name, r.unreadable) for r in found] == [("Ann", 0), (None, 1)]


def test_files_that_are_no_tables_are_told_apart(tmp_path):
    for name, raw, said in (
        ("empty.csv", b" \n", "is empty"),
        ("book.xlsx", b"PK\x03\x04rest", "spreadsheet"),
    ):
        (tmp_path / name).write_bytes(raw)
        with pytest.raises(BadInput, match=said):
            ContactFile(tmp_path / name)
    with pytest.raises(BadInput, match="no file"):
        ContactFile(tmp_path / "nowhere.vcf")
    os.mkfifo(tmp_path / "pipe.vcf")
    for name in (".", "pipe.vcf"):
        with pytest.raises(BadInput, match="is no file"):
            ContactFile(tmp_path / name)


cells = st.text(max_size=30).map(line_of).filter(lambda t: not t.startswith("'") and ":::" not in t)


@given(st.lists(st.tuples(cells.filter(bool), cells.filter(bool)), min_size=1, max_size=6), st.sampled_from(",;\t|"))
def test_any_table_that_python_writes_is_read_back(rows, separator):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([("Name", "Organisation"), *rows])
    asked = TableFormat("utf-8", separator, True, ("name", "organisation"))
    found = records(text.getvalue(), asked)
    assert [(r.contact.name, r.contact.organisation) for r in found] == rows


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_looking_ends(raw):
    try:
        look = table.look(raw)
    except BadInput:
        return
    list(table.read(io.StringIO(raw.decode(look.format.encoding, "replace"), newline=""), look.format))


@pytest.mark.parametrize("encoding", ["hex", "undefined", "idna", "no-such", "a\0b", ""])
def test_what_is_no_encoding_of_text_is_refused(encoding):
    with pytest.raises(BadInput, match="is no encoding"):
        encodings.check(encoding)


def test_a_row_without_an_end_costs_no_other(tmp_path):
    (tmp_path / "long.csv").write_text("Name,Phone\nAnn,1001\n" + "x" * 3_000_000 + "\nBob,1002\n")
    file = ContactFile(tmp_path / "long.csv")
    assert [record.contact.name for record in file.records() if record.contact] == ["Ann", "Bob"]
    file.close()
