"""How services write a number."""

from voipdesk.core.number_spellings import number_key, number_spellings


def test_all_spellings_of_a_number_have_one_key():
    for text in ("+442079460958", "442079460958", "020 7946 0958", "00442079460958", "+44 (0)20 7946 0958"):
        assert number_key(text, "GB") == "+442079460958"
        assert {"+442079460958", "442079460958", "02079460958", text} <= number_spellings(text, "GB")


def test_a_number_of_another_country_is_looked_for_as_it_is_dialled_from_here():
    spellings = number_spellings("+31201234567", "GB")
    assert {"+31201234567", "31201234567", "0031201234567"} <= spellings
    assert "0201234567" not in spellings, "which is another one here"
    assert "01131201234567" in number_spellings("+31201234567", "US")


def test_extensions_and_what_is_no_number_stay_as_they_are():
    assert number_key("1001", "GB") == "1001"
    assert number_spellings("1001", "GB") == {"1001"}
    for text in ("", "anonymous", "Ann <b>Lee</b>"):
        assert number_key(text, "GB") == text
        assert number_spellings(text, "GB") == {text}
