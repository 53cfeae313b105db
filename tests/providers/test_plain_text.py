"""A stranger's text becomes one line."""

from hypothesis import given
from hypothesis import strategies as st

from voipdesk.providers.plain_text import plain, with_words


def test_lines_and_what_cannot_be_seen_become_single_blanks():
    assert plain(" a\n\tb\x1b[31m\u202ec ") == "a b [31m c"


@given(st.text(max_size=400), st.integers(1, 50))
def test_any_text_is_one_short_printable_line(text, most):
    line = plain(text, most)
    assert line.isprintable()
    assert len(line) <= most


def test_a_service_s_words_stand_behind_the_sentence_and_nothing_where_there_are_none():
    assert with_words("It said no.", "not today") == "It said no: not today."
    assert with_words("It said no.", "") == "It said no."
