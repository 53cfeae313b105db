"""First place in mimeapps.list, and back."""

import pytest

from voipdesk.desktop.mimeapps import first_of, with_first, without

TEL, SIP, OURS = "x-scheme-handler/tel", "x-scheme-handler/sip", "ours.desktop"
FILES = {
    "nothing": "",
    "another program": "[Default Applications]\nx-scheme-handler/tel=calls.desktop\ntext/html=web.desktop;\n",
    "a list": "# mine\n\n[Default Applications]\nx-scheme-handler/tel = calls.desktop;phone.desktop;\n",
    "other sections": (
        "[Added Associations]\nx-scheme-handler/tel=calls.desktop;\n\n"
        "[Default Applications]\ntext/html=web.desktop\n\n[Removed Associations]\na/b=c.desktop;\n"
    ),
    "no defaults": "[Added Associations]\nx-scheme-handler/tel=calls.desktop;\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES)
def test_a_program_put_in_front_and_taken_away_leaves_no_trace(text):
    ours = with_first(text, [TEL, SIP], OURS)
    assert (first_of(ours, TEL), first_of(ours, SIP)) == (OURS, OURS)
    assert with_first(ours, [TEL, SIP], OURS) == ours
    assert all(line in ours for line in text.splitlines() if "scheme-handler" not in line)
    assert first_of(without(ours, [SIP], OURS), TEL) == OURS
    assert without(ours, [TEL, SIP], OURS) == text


def test_what_the_person_chose_meanwhile_stays():
    ours = with_first(FILES["another program"], [TEL], OURS)
    theirs = ours.replace(f"={OURS};calls.desktop", "=phone.desktop")
    assert without(theirs, [TEL], OURS) == theirs


def test_a_file_that_does_not_name_it_is_not_touched():
    odd = "[Default Applications]\r\nx-scheme-handler/tel=calls.desktop"
    assert without(odd, [TEL], OURS) == odd
