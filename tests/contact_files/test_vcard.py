"""vCards as programs write them: three versions, many habits, and files that are broken."""

import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.contact_files import encodings, vcard
from voipdesk.contact_files.reading import ContactFile
from voipdesk.core.contact_keys import line_of, lines_of
from voipdesk.core.contacts import Contact, ContactNumber


def read(text: str | bytes, *, chunk: int = 0):
    raw = text.encode() if isinstance(text, str) else text
    chunks = [raw[at : at + chunk] for at in range(0, len(raw), chunk)] if chunk else [raw]
    return list(vcard.read(encodings.byte_lines(chunks, encodings.guess(raw))))


def one(text: str | bytes) -> Contact:
    (record,) = read(text)
    assert record.contact is not None
    return record.contact


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""))


def test_a_card_of_3_0_with_all_that_is_read():
    contact = one(
        card(
            "FN:Ann Lee",
            "N:Lee;Ann;;Dr.;",
            "ORG:Acme\\, Inc.;Sales",
            "TEL;TYPE=WORK,VOICE:+44 20 7946 0958",
            "TEL;TYPE=CELL;TYPE=PREF:07700 900123",
            "TEL;TYPE=home,fax:020 7946 0001",
            "EMAIL;TYPE=INTERNET:ann@example.com",
            "NOTE:first line\\nsecond\\; still",
            "BDAY:1980-01-31",
        )
    )
    assert contact == Contact(
        name="Ann Lee",
        organisation="Acme, Inc., Sales",
        numbers=(
            ContactNumber("07700 900123", "mobile"),
            ContactNumber("+44 20 7946 0958", "work"),
            ContactNumber("020 7946 0001", "home fax"),
        ),
        emails=("ann@example.com",),
        note="first line\nsecond; still",
        more=(("N", "Lee;Ann;;Dr.;"), ("ORG", "Acme\\, Inc.;Sales"), ("BDAY", "1980-01-31")),
    )


def test_version_2_1_with_quoted_printable_charsets_and_bare_types():
    text = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\n"
        b"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen\r\n"
        b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrgen =\r\nM=C3=BCller=\r\n-L=C3=BCd\r\n"
        b"ORG;CHARSET=ISO-8859-1:Caf\xe9\r\n"
        b"TEL;CELL;PREF:+491701234567\r\nTEL;WORK:030 123456\r\n"
        b"NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo\r\n"
        b"END:VCARD\r\n"
    )
    contact = one(text)
    assert contact.name == "Jürgen Müller-Lüd"
    assert contact.organisation == "Café"
    assert contact.numbers == (ContactNumber("+491701234567", "mobile"), ContactNumber("030 123456", "work"))
    assert contact.note == "one\ntwo"


def test_version_4_0_with_uris_quoted_types_and_preferences():
    contact = one(
        card(
            'TEL;VALUE=uri;TYPE="voice,home";PREF=2:tel:+1-555-555-5555;ext=5555',
            "TEL;VALUE=uri;PREF=1;TYPE=cell:tel:%2B15555550100",
            "EMAIL:mailto:ann%40example.com",
            "FN:Ann",
            version="4.0",
        )
    )
    assert contact.numbers == (
        ContactNumber("+15555550100", "mobile"),
        ContactNumber("+1-555-555-5555 ext 5555", "home"),
    )
    assert contact.emails == ("ann@example.com",)


def test_apple_s_groups_and_labels():
    contact = one(
        card(
            "FN:Ann",
            "item1.TEL:+1 555 0100",
            "item1.X-ABLabel:Holiday home",
            "item2.TEL:+1 555 0101",
            "item2.X-ABLabel:_$!<Work>!$_",
        )
    )
    assert [number.kind for number in contact.numbers] == ["Holiday home", "work"]
    assert contact.more == ()


def test_a_fold_inside_of_a_character_is_undone_first():
    raw = "BEGIN:VCARD\nVERSION:3.0\nFN:Jürgen\nEND:VCARD\n".encode()
    cut = raw.index("ü".encode()) + 1
    assert one(raw[:cut] + b"\r\n " + raw[cut:]).name == "Jürgen"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_other_encodings_and_line_ends(encoding, end):
    text = card("FN:Zoë Åkesson", "TEL:123456789").replace("\r\n", end)
    assert one(text.encode(encoding)).name == "Zoë Åkesson"


def test_any_division_into_chunks_reads_the_same():
    text = card("FN;ENCODING=QUOTED-PRINTABLE:A=", "nn", "TEL:1234567") * 2
    assert {tuple(read(text, chunk=size)) for size in range(1, 40)} == {tuple(read(text))}


def test_names_are_put_together_where_there_is_no_formatted_one():
    assert one(card("N:Lee;Ann;Mary;Dr.;PhD", "TEL:1")).name == "Dr. Ann Mary Lee PhD"
    assert one(card("NICKNAME:Annie", "TEL:1")).name == "Annie"
    assert one(card("ORG:Acme", "TEL:1")).title == "Acme"
    assert one(card("TEL:123")).title == "123"


def test_one_broken_card_costs_no_other():
    text = (
        card("FN:A", "this is rubbish", "TEL:1")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:No end\r\n"
        + card("FN:B")
        + "rubbish between\r\n"
        + card("NOTE:nobody")
        + "BEGIN:VCARD\r\nFN:Cut o"
    )
    records = read(text)
    assert [r.contact and r.contact.name for r in records] == ["A", "No end", "B", None, "Cut o"]
    assert [r.unreadable for r in records] == [1, 0, 0, 1, 0]
    assert [r.whole for r in records] == [True, False, True, True, False]


def test_a_card_within_a_card_is_passed_over():
    text = card("FN:Boss", "AGENT:", "BEGIN:VCARD", "FN:Assistant", "TEL:2", "END:VCARD", "TEL:1", version="2.1")
    assert one(text).numbers == (ContactNumber("1"),)


def test_a_picture_is_passed_over_however_large_it_is():
    picture = "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 74] * 30_000)
    assert one(card("FN:Ann", picture, "TEL:1")).numbers == (ContactNumber("1"),)


@pytest.mark.parametrize("charset", ["hex", "zlib", "rot13", "undefined", "punycode", "no-such", "utf-16", "a\0b"])
def test_a_charset_that_is_none_of_text_costs_nothing(charset):
    assert one(card("FN:Ann", f"NOTE;CHARSET={charset}:früh", version="2.1")).name == "Ann"


@pytest.mark.parametrize(
    "text",
    [
        card("FN:Ann", "NOTE" + ';X="y"' * 100_000 + ":hello"),
        card("FN:Ann", "NOTE:" + "x" * (1 << 25)),
        "\n" * 60_000 + card("FN:Ann"),
    ],
    ids=["parameters", "a long line", "empty lines"],
)
@pytest.mark.timeout(20)
def test_what_is_written_to_take_long_does_not(tmp_path, text):
    file = tmp_path / "book.vcf"
    file.write_text(text)
    opened = ContactFile(file)
    assert opened.is_vcard
    assert [record.contact.name for record in opened.records()] == ["Ann"]
    opened.close()


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_file_of_cards_is_known_by_any_line_end(tmp_path, end):
    file = tmp_path / "book"
    file.write_bytes(card("FN:Ann").replace("\r\n", end).encode())
    opened = ContactFile(file)
    assert [record.contact.name for record in opened.records()] == ["Ann"]
    opened.close()


def test_what_turns_writing_round_or_moves_the_cursor_is_made_plain():
    contact = one(card("FN:Ann\u202eeeL\x1b[31m", "TEL:1\u200f2"))
    assert contact.name == "Ann eeL [31m"
    assert contact.numbers[0].written == "1 2"


lines = st.text(max_size=60).map(line_of)
kinds = st.sampled_from(["", "work", "mobile", "home", "fax", "home fax", "pager", "car", "main", "Holiday home"])
contacts = st.builds(
    Contact,
    name=lines.filter(bool),
    organisation=lines,
    numbers=st.lists(
        st.builds(ContactNumber, written=lines.filter(lambda n: n and n[:4].lower() != "tel:"), kind=kinds),
        unique=True,
        max_size=4,
    ).map(tuple),
    emails=st.lists(lines.filter(lambda e: e and e[:7].lower() != "mailto:"), unique=True, max_size=3).map(tuple),
    note=st.text(max_size=120).map(lines_of),
)


@given(contacts)
def test_what_is_written_is_read_back(contact):
    text = vcard.write(contact, "urn:uuid:1")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (record,) = read(text)
    assert record.uid == "urn:uuid:1"
    assert (record.whole, record.unreadable) == (True, 0)
    expected = contact.numbers
    found = record.contact
    assert found is not None
    assert found.numbers == expected
    assert (found.name, found.organisation, found.emails, found.note) == (
        contact.name,
        contact.organisation,
        contact.emails,
        contact.note,
    )


@given(st.binary(max_size=400))
def test_whatever_the_bytes_are_reading_ends(raw):
    read(b"BEGIN:VCARD\n" + raw + b"\nEND:VCARD\n" + raw)


@given(st.text(max_size=40).filter(lambda t: line_of(t) == t and t))
def test_quoted_printable_of_any_text_is_read(name):
    coded = quopri.encodestring(name.encode(), quotetabs=True).replace(b"\n", b"\r\n")
    escaped = vcard.escape(name)
    if escaped == name:
        assert (
            one(b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;QUOTED-PRINTABLE:" + coded + b"\r\nEND:VCARD").name
            == name
        )
