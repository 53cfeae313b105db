"""Which number of a text is meant, and when somebody has to choose."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.core.errors import BadInput
from voipdesk.core.number_search import SeveralNumbers, find_number

LONDON, OTHER = "+442079460000", "+442079460001"


@pytest.mark.parametrize(
    "text",
    [
        "Call Ann on 020 7946 0000 please",
        "Our desk (020 7946 0000) is there all day.",
        "Tel\N{NO-BREAK SPACE}020\N{NON-BREAKING HYPHEN}7946\N{NO-BREAK SPACE}0000, office",
        "020 7946 0000, +44 20 7946 0000",
        "tel:+44-20-7946-0000",
        "Ann Lee\nSales\n+44 (0)20 7946 0000\nann@example.com",
    ],
)
def test_the_only_number_of_a_text_is_meant(text):
    assert find_number(text, "GB").dialled == LONDON


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("020 7946 0000 / 020 7946 0001", [LONDON, OTHER]),
        ("020 7946 0000\n020 7946 0001", [LONDON, OTHER]),
        ("020 7946 0000 or 020 7946 0001", [LONDON, OTHER]),
        ("Phone 020 7946 0000 Fax 020 7946 0001", [LONDON, OTHER]),
        ("Ann: 020 7946 0000, Bob: +44 20 7946 0001 (home)", [LONDON, OTHER]),
        ("7041, 7042", ["7041", "7042"]),
        ("Ann: 020 7946 0000; 0800 CALL NOW, or 020 7946 0001 x12", [LONDON, "+448002255669", OTHER]),
        ("020 7946 0000; 112", [LONDON, "112"]),
        ("9,112", ["9", "112"]),
    ],
)
def test_of_several_numbers_none_is_taken_and_all_are_told(text, numbers):
    with pytest.raises(SeveralNumbers) as refused:
        find_number(text, "GB")
    assert [number.dialled for number in refused.value.numbers] == numbers
    assert all(number.display in refused.value.advice for number in refused.value.numbers)


@pytest.mark.parametrize(
    "text",
    [
        "On 3 May call 020 7946 0000",
        "Call 0800 1111 CALL NOW",
        "Call 0800 CALL NOW today",
        "020 7946 0000 0118 999 881 999 119 725 3",
        "tel:020 7946 0000 / 020 7946 0001",
        "tel:ring 020 7946 0000",
        "020 7946 0000 a " * 100,
        "1,500 calls on 020 7946 0000",
        "Room 12, 020 7946 0000",
        "Dial *21# or 020 7946 0000",
        "no number at all",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13",
        "020 7946 0000 " + "x" * 2_000,
    ],
)
def test_what_may_be_a_part_of_something_else_is_refused(text):
    with pytest.raises(BadInput) as refused:
        find_number(text, "GB")
    assert not isinstance(refused.value, SeveralNumbers)
    assert len(refused.value.message) < 120


@given(st.text("+()0123456789 -x;,/\n:*#aAorCall", max_size=80))
def test_no_digit_of_a_text_is_lost_in_silence(text):
    with contextlib.suppress(BadInput):
        number = find_number(text, "GB")
        meant = sum(map(str.isdecimal, number.dialled + number.extension))
        assert meant >= 2 or sum(map(str.isdecimal, text)) < 3
