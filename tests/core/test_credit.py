"""Amounts of credit: read exactly or not at all."""

from decimal import Decimal

import pytest

from tests.fakes.languages import dutch
from voipdesk.core.credit import CreditOutcome, check_amount, read_amount, shown_amount
from voipdesk.core.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("10", "10"),
        (" 10.50 ", "10.50"),
        ("0,01", "0.01"),
        ("1234.125", "1234.125"),
        ("1234,5", "1234.5"),
        ("10.000", "10"),
    ],
)
def test_an_amount_is_read_exactly(typed, amount):
    assert read_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-1",
        "+1",
        "1e3",
        "NaN",
        "Infinity",
        "1,000",
        "12,345",
        "1.000,50",
        "1 000",
        "£10",
        "1.0001",
        "１０",
        ".5",
        "5.",
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused(typed):
    with pytest.raises(BadInput):
        read_amount(typed)


def test_an_amount_is_at_least_a_hundredth_and_at_most_the_balance():
    check_amount(Decimal("0.01"), Decimal("0.01"))
    with pytest.raises(BadInput, match=r"least that can be moved is 0\.01"):
        check_amount(Decimal("0.009"), Decimal(1))
    with pytest.raises(BadInput, match=r"Your balance is 10\.00: less than 10\.001"):
        check_amount(Decimal("10.001"), Decimal(10))


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("10", "10.00"), ("10.500", "10.50"), ("10.125", "10.125"), ("1250", "1,250.00"), ("-3.1", "-3.10")],
)
def test_an_amount_is_shown_with_two_decimals_or_all_it_has(amount, shown):
    assert shown_amount(Decimal(amount)) == shown


def test_amounts_are_written_as_in_the_language_s_region():
    with dutch():
        assert [shown_amount(Decimal(amount)) for amount in ("1250", "10.125", "12345678901.5")] == [
            "1.250,00",
            "10,125",
            "12.345.678.901,50",
        ]
    assert shown_amount(Decimal(1250)) == "1,250.00"


def test_where_decimals_have_a_comma_a_point_before_three_digits_could_be_thousands():
    with dutch():
        assert read_amount("1,250") == Decimal("1.25")
        assert [read_amount(text) for text in ("10.50", "10,50")] == [Decimal("10.5")] * 2
        with pytest.raises(BadInput, match="two ways") as refused:
            read_amount("1.250")
        assert "decimals with a comma" in refused.value.advice
        assert read_amount("1.250", sign=".") == Decimal("1.25")  # as a file has it, in whatever language


def test_an_outcome_has_a_word_in_the_language_spoken():
    assert [outcome.label for outcome in CreditOutcome] == ["sent", "moved", "not moved", "not known"]
    with dutch({"moved": "overgemaakt"}):
        assert (CreditOutcome.MOVED.label, CreditOutcome.MOVED.value) == ("overgemaakt", "moved")
