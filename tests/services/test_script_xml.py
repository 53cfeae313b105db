"""Strangers' XML: shown indented without changing what it says, judged, and never let do harm."""

from xml.parsers.expat import ErrorString

import pytest

from voipdesk.services.script_xml import _PROBLEMS, LARGEST, read_xml


def test_elements_among_elements_are_indented_and_texts_kept():
    text = (
        "<?xml version='1.0' encoding='UTF-8'?><!-- main --><document xmlns:b='urn:b'><preprocess/>"
        "<work><speak lang='en &lt; \"' b:x='1'>Hi <b>you</b>\n there</speak>\n\n<playback file='a'/>"
        "<!-- then --><wait>  </wait><![CDATA[ ]]></work></document>"
    )
    assert read_xml(text).indented.splitlines() == [
        "<?xml version='1.0' encoding='UTF-8'?>",
        "<!-- main -->",
        '<document xmlns:b="urn:b">',
        "  <preprocess/>",
        "  <work>",
        '    <speak lang="en &lt; &quot;" b:x="1">Hi <b>you</b>',
        " there</speak>",
        '    <playback file="a"/>',
        "    <!-- then -->",
        "    <wait>  </wait>",
        "    <![CDATA[ ]]>",
        "  </work>",
        "</document>",
    ]


def test_what_is_indented_once_is_not_changed_by_indenting_it_again():
    once = read_xml("<a><b c='1'><d/>\n</b><e> x </e></a>").indented
    assert read_xml(once).indented == once


@pytest.mark.parametrize(
    ("text", "problem", "line", "column"),
    [
        ("", "The answer is empty", None, None),
        (" \n", "The answer is empty", None, None),
        ("nothing here", "Syntax error", 1, 1),
        ("<a>\n<b></a>", "Mismatched tag", 2, 6),
        ("<a/><b/>", "Junk after document element", 1, 5),
        ("<a>&nbsp;</a>", "Undefined entity", 1, 4),
        ("<a", "Unclosed token", 1, 1),
        ("<html><br></html>", "Mismatched tag", 1, 13),
        ("<a>" * 3, "No element found", 1, 10),
        ('{"url": "x"}', "Not well-formed (invalid token)", 1, 1),
        ("<a>\ud800</a>", "It cannot be read in the encoding that it names", None, None),
    ],
)
def test_why_it_is_not_well_formed_is_said_with_the_place(text, problem, line, column):
    read = read_xml(text)
    assert (read.problem, read.line, read.column, read.indented) == (problem, line, column, "")


def test_what_can_be_translated_are_the_parser_s_own_words():
    assert {code: ErrorString(code).lower() for code in _PROBLEMS} == {c: text.lower() for c, text in _PROBLEMS.items()}


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "1"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://192.0.2.1/x"> %a;',
    ],
)
def test_entities_are_refused(declared):
    read = read_xml(f"<!DOCTYPE x [{declared}]><x>&a;</x>")
    assert read.problem.startswith("It declares entities or refers to texts elsewhere")


def test_a_document_type_elsewhere_is_not_fetched():
    assert read_xml('<!DOCTYPE x SYSTEM "http://192.0.2.1/x"><x/>').problem == ""


def test_what_is_huge_or_deep_is_not_laboured_over():
    assert read_xml(f"<a>{'x' * LARGEST}</a>").problem == f"The answer is longer than {LARGEST:,} characters"
    deep = "<a>" * 5_000 + "</a>" * 5_000
    assert (read_xml(deep).problem, read_xml(deep).indented) == ("", deep), "well formed, and not indented"


def test_a_byte_order_mark_is_no_fault():
    assert read_xml("\ufeff<?xml version='1.0'?><a/>").indented == "<?xml version='1.0'?>\n<a/>"
