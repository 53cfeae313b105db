"""What commands tell people is in the language spoken; what they tell programs is the same in every language."""

import pytest

from tests.fakes import languages
from tests.fakes.languages import untranslated


def in_both(run, *argv):
    """Run a command in English and in another language."""
    english = run(*argv)
    with languages.foreign():
        foreign = run(*argv)
    return english, foreign


def test_a_table_of_calls_is_translated_and_what_programs_get_is_not(office):
    assert office("sync").code == 0
    for shape in ("json", "csv"):
        english, foreign = in_both(office, "calls", "--format", shape)
        assert english.out == foreign.out
    english, foreign = in_both(office, "calls", "--limit", "100")
    assert foreign.out.replace("⟦", "").replace("⟧", "").split() == english.out.split()
    assert {"⟦in⟧", "⟦out⟧", "⟦answered⟧", "⟦missed⟧", "(⟦queue⟧)"} <= set(foreign.out.split())
    assert untranslated(foreign.out.splitlines()[0]).split() == []


def test_the_doctor_s_topics_are_the_same_for_programs(office):
    english, foreign = in_both(office, "doctor", "--format", "json")
    assert {"Account Office", "Keyring", "tel: links", "Tray"} <= {each["topic"] for each in english.json}
    assert [each["topic"] for each in foreign.json] == [each["topic"] for each in english.json]
    _english, foreign = in_both(office, "doctor", "--no-accounts")
    assert "⟦tel: links⟧" in foreign.out
    assert "⟦ok⟧" in foreign.out
    assert "⟦Keyring⟧" in foreign.out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("accounts", "remove", "Office"), ""),
        (("budget",), ""),
        (("contacts", "list"), ""),
        (("contacts", "sources"), ""),
        (("contacts", "watch"), ""),
        (("dial", "7042", "--dry-run"), ""),
        (("calls", "--search", "nobody-at-all"), ""),
        (("calls", "--account", "X"), "voipdesk:"),
        (("contacts", "show", "X"), "voipdesk:"),
        (("dial", "7042", "--region", "X"), "voipdesk:"),
    ],
)
def test_what_is_told_is_translated(foreign, office, argv, words):
    told = office(*argv)
    assert "⟦" in told.out + told.err
    assert untranslated(told.out + told.err).split() == words.split()


def test_what_becomes_of_a_contact_is_told_in_the_language_spoken(foreign, run, tmp_path):
    book = tmp_path / "book.vcf"
    book.write_text("BEGIN:VCARD\nVERSION:4.0\nFN:Ann Lee\nTEL;TYPE=work:020 7946 0958\nEND:VCARD\n")
    assert run("contacts", "import", str(book)).out == "⟦1 added⟧, ⟦0 changed⟧.\n"
    assert untranslated(run("contacts", "add", "--name", "Bob", "--number", "1001").out) == "\n"
    assert untranslated(run("contacts", "edit", "Bob", "--note", "deputy").out) == "\n"
    shown = untranslated(run("contacts", "show", "Bob").out)
    assert shown.split() == ["Bob", "1001", "deputy", "2"]
    assert untranslated(run("contacts", "remove", "Ann Lee").out).split() == []
    assert run("contacts", "show", "Bob", "--format", "json").json["name"] == "Bob"
