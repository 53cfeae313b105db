"""What a written number dials: the users' dialling table, links, pasted text, short and dear and dangerous numbers."""

import contextlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.languages import dutch
from voipdesk.core.countries import countries, country_name
from voipdesk.core.errors import BadInput
from voipdesk.core.number import NumberKind, display_number, read_number

LONDON = "+442079460000"


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("tel:+44-20-7946-0000", LONDON),
        ("tel:020-7946-0000", LONDON),
        ("tel:(020)79460000", LONDON),
        ("tel:%2B442079460000", LONDON),
        ("callto:+44 20 7946 0000", LONDON),
        ("tel:7042;phone-context=example.com", "7042"),
        ("+44 (0)20 7946 0000", LONDON),
        ("(+44) 20 7946 0000", LONDON),
        ("0207 946 0000 ext 12", LONDON),
    ],
)
def test_the_users_dialling_table(written, dialled):
    assert read_number(written, "GB").dialled == dialled


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0800 CALL NOW", "+448002255669"),
        ("tel:0800CALLNOW", "+448002255669"),
        ("1-800-FLOWERS", "+18003569377"),
        ("+1 (800) Flowers", "+18003569377"),
    ],
)
def test_letters_of_a_vanity_number_are_the_digits_of_their_keys(written, dialled):
    assert read_number(written, "GB").dialled == dialled


@pytest.mark.parametrize(
    "written", ["0800 call", "0800 CALL NOW PLEASE", "020 7946 ANNA", "tel:0800CALL", "0800 CALL 1"]
)
def test_letters_that_make_no_number_advertised_so_are_refused_and_nothing_before_them_is_dialled(written):
    with pytest.raises(BadInput, match=r"has letters in it. Write the number in digits alone"):
        read_number(written, "GB")


@pytest.mark.parametrize("written", ["*97", "*21*0900123456#", "#31#", "7*1", "* 9 7"])
def test_a_star_code_stays_as_it_is(written):
    number = read_number(written, "GB")
    assert (number.dialled, number.display, number.country) == (written.replace(" ", ""),) * 2 + ("",)
    assert number.kind is NumberKind.CODE


@pytest.mark.parametrize("link", ["tel:*97", "tel:%2321%23", "sip:*21*0900123456#@pbx.example.com", "callto://*97"])
def test_a_link_dials_no_star_code(link):
    with pytest.raises(BadInput, match=r"a code that changes settings of a telephone. A link may not dial it"):
        read_number(link, "GB")


@pytest.mark.parametrize(
    ("written", "extension"),
    [("tel:+442079460000,,123456#", "123456#"), ("020 7946 0000, 77", "77"), ("020 7946 0000,,1#,,2*", "1#,,2*")],
)
def test_what_a_conference_has_entered_after_a_pause_is_shown_and_not_dialled(written, extension):
    number = read_number(written, "GB")
    assert (number.dialled, number.extension) == (LONDON, extension)


@pytest.mark.parametrize(
    ("written", "region", "dialled"),
    [
        ("TEL:+44 20 7946 0000", "GB", LONDON),
        ("tel://+44%2020%207946%200000", "GB", LONDON),  # macOS writes slashes and spaces
        ("tel:020-7946-0000;phone-context=+44", "US", LONDON),
        ("tel:2079460000;phone-context=%2B44", "US", LONDON),
        ("tel:+442079460000;isub=1411;phone-context=example.com", "US", LONDON),
        ("tel:+442079460000;phone-context=+1", "US", LONDON),
        ("callto://+442079460000?call", "GB", LONDON),
        ("sip:+442079460000@pbx.example.com;user=phone", "US", LONDON),
        ("sip:+442079460000:password@pbx.example.com", "US", LONDON),
        ("sips:7042@192.0.2.1?subject=hello", "GB", "7042"),
        ("sip:02079460000@pbx.example.com", "GB", LONDON),
        ("sip:7042", "GB", "7042"),
        ("sip:7042:5060;transport=udp", "GB", "7042"),
        ("sip:+442079460000;ext=12;phone-context=example.com@pbx.example.com;user=phone", "US", LONDON),
        ("sip:%2B44%2020%207946%200000@pbx.example.com", "US", LONDON),
    ],
)
def test_links_are_read(written, region, dialled):
    assert read_number(written, region).dialled == dialled


@pytest.mark.parametrize(
    "written",
    [
        "\N{LEFT-TO-RIGHT EMBEDDING}+44 20\N{NO-BREAK SPACE}7946\N{THIN SPACE}0000\N{POP DIRECTIONAL FORMATTING}",
        "\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH DIGIT FOUR}4 20 7946 0000",
        "٠٢٠ ٧٩٤٦ ٠٠٠٠",
        "020\N{EN DASH}7946\N{NON-BREAKING HYPHEN}0000",
        "020\N{MINUS SIGN}7946\N{SOFT HYPHEN}0000",
        "020\N{FIGURE DASH}7946\N{HORIZONTAL BAR}0000",
        "020\N{HYPHEN BULLET}7946\N{KATAKANA-HIRAGANA PROLONGED SOUND MARK}0000",
        "020\N{FULLWIDTH HYPHEN-MINUS}7946\N{SMALL HYPHEN-MINUS}0000",
        "020\N{MIDDLE DOT}7946\N{BULLET}0000",
        "  <+44 20 7946 0000>, ",
        "“020 7946 0000”.",
        "Tel. 020 7946 0000",
        "Phone: 020 7946 0000",
        "mobile 020 7946 0000",
        "T: +44 20 7946 0000",
        "020/7946.0000",
        "020~7946_0000",
        "\t020\t7946 0000\n",
        "0044 20 7946 0000",
        "442079460000",
        "2079460000",
    ],
)
def test_pasted_text_is_read(written):
    assert read_number(written, "GB").dialled == LONDON


@pytest.mark.parametrize(
    "written", ["020 7946 0000 ext. 12", "020 7946 0000x12", "tel:+442079460000;ext=12", "020 7946 0000, extension 12"]
)
def test_an_extension_is_shown_and_not_dialled(written):
    number = read_number(written, "GB")
    assert (number.dialled, number.extension) == (LONDON, "12")


def test_a_number_is_shown_in_international_form_with_its_country():
    number = read_number("0207 946 0958", "gb")
    assert (number.written, number.display, number.country, number.region, number.kind, number.extension) == (
        "0207 946 0958",
        "+44 20 7946 0958",
        "United Kingdom",
        "GB",
        NumberKind.NORMAL,
        "",
    )


def test_a_trunk_zero_in_brackets_goes_where_the_country_has_none_and_stays_where_it_is_dialled():
    assert read_number("+45 (0) 32 12 34 56", "GB").dialled == "+4532123456"
    assert read_number("+30 (0)21 0123 4567", "GB").dialled == "+302101234567"
    assert read_number("+39 (0)2 1234 5678", "GB").dialled == "+390212345678"


@pytest.mark.parametrize("written", ["0", "7", "42", "7042", "70421", "020794", "101", "0112", "116123"])
def test_up_to_six_digits_are_internal_and_dialled_as_they_are(written):
    number = read_number(written, "GB")
    assert (number.dialled, number.display, number.country, number.kind) == (written, written, "", NumberKind.INTERNAL)


def test_six_digits_with_the_trunk_zero_or_in_a_country_without_one_are_an_outside_number():
    assert read_number("712 345", "AD").dialled == "+376712345"
    assert read_number("069138", "DE").dialled == "+4969138"
    assert read_number("69138", "DE").kind is NumberKind.INTERNAL


def test_four_digits_are_internal_even_where_numbers_are_that_short_and_ext_makes_any_short_one_internal():
    assert read_number("2858", "LU").kind is NumberKind.INTERNAL
    assert read_number("712345", "AD").kind is NumberKind.NORMAL
    assert read_number("ext 712345", "AD").kind is NumberKind.INTERNAL
    assert read_number("tel:712345;phone-context=office.example", "AD").kind is NumberKind.INTERNAL


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("112", "GB"),
        ("999", "GB"),
        ("911", "US"),
        ("15", "FR"),
        ("000", "AU"),
        ("9-1-1", "US"),
        ("tel:112", "DE"),
        ("tel:112;phone-context=office.example", "DE"),
        ("sip:999@office.example", "GB"),
        ("+44 999", "US"),
        ("0044 999", "GB"),
        ("+112", "GB"),
        ("ext 112", "GB"),
        ("112 ext 5", "GB"),
        ("９９９", "GB"),
    ],
)
def test_emergency_numbers_are_known_however_they_are_written(written, region):
    assert read_number(written, region).kind is NumberKind.EMERGENCY


@pytest.mark.parametrize("written", ["112", "911", "999", "000"])
def test_the_worlds_best_known_emergency_numbers_are_emergency_numbers_everywhere(written):
    assert {read_number(written, region).kind for region in ("GB", "US", "NL", "JP")} == {NumberKind.EMERGENCY}


@pytest.mark.parametrize(("written", "region"), [("1121", "GB"), ("9112", "US"), ("ext 1121", "GB")])
def test_an_extension_may_begin_like_an_emergency_number(written, region):
    assert read_number(written, region).kind is NumberKind.INTERNAL


def test_a_whole_number_that_begins_like_an_emergency_number_is_a_number():
    assert read_number("11 2709 2272", "IN").dialled == "+911127092272"  # Delhi, without its trunk zero


@pytest.mark.parametrize(
    ("written", "region"),
    [("0906 123 4567", "GB"), ("+44 906 123 4567", "US"), ("0900 1234", "NL"), ("118118", "GB"), ("118218", "FR")],
)
def test_premium_rate_numbers_are_told_apart(written, region):
    assert read_number(written, region).kind is NumberKind.PREMIUM


def test_short_codes_for_texts_and_extensions_that_look_dear_are_not_premium():
    assert read_number("7042", "BE").kind is NumberKind.INTERNAL
    assert read_number("ext 118118", "GB").kind is NumberKind.INTERNAL


@pytest.mark.parametrize(
    ("written", "region", "sentence"),
    [
        ("", "GB", "There is no number to dial"),
        ("  \N{ZERO WIDTH SPACE}", "GB", "There is no number to dial"),
        ("tel:", "GB", "There is no number to dial"),
        ("sip:ann@example.com", "GB", "has letters in it"),
        ("javascript:123", "GB", "has letters in it"),
        ("ext 12", "XX", "“XX” is not the code of a country"),
        ("020 7946 0000 / 020 7946 0001", "GB", "is not a telephone number"),
        ("020 7946 0000\n020 7946 0001", "GB", "is not a telephone number"),
        ("020 7946 0000; 112", "GB", "is not a telephone number"),
        ("+", "GB", "is not a telephone number"),
        ("++44 20 7946 0000", "GB", "is not a telephone number"),
        ("020 7946+0000", "GB", "is not a telephone number"),
        ("9,112", "GB", "is not a telephone number"),
        ("½20 7946 0000", "GB", "is not a telephone number"),
        ("020 7946 0000²", "GB", "is not a telephone number"),  # a footnote's mark, no digit
        ("*", "GB", "is not a telephone number"),
        ("sip:192.0.2.1", "GB", "names a computer"),
        ("sip:pbx.example.com:5060", "GB", "names a computer"),
        ("sip:1?2@pbx.example.com", "GB", "is not a telephone number"),
        ("+1", "GB", "is not a telephone number"),
        ("+210 123 456 789", "GB", "begins with no country's code"),
        ("+7042", "GB", "is too short for a number in Russia"),
        ("+44 20 7946 0000 0000", "US", "is too long for a number in United Kingdom"),
        ("555-0123", "US", "lacks its area code"),
        ("+49 1", "GB", "is not a telephone number"),
        ("+65 123 456 789", "GB", "has not the digits of a number in Singapore"),
        ("0118 999 881 999 119 725 3", "GB", "is not a telephone number"),
        ("0" * 251, "GB", "is too long to be a telephone number"),
    ],
)
def test_what_cannot_be_dialled_is_refused_in_a_sentence(written, region, sentence):
    with pytest.raises(BadInput) as refused:
        read_number(written, region)
    assert sentence in refused.value.message
    assert len(refused.value.message) < 120
    assert refused.value.message.isprintable()


def test_a_number_newer_than_the_librarys_plan_is_dialled_when_its_length_is_right():
    number = read_number("07700 900123", "GB")  # kept for films: never assigned
    assert (number.dialled, number.kind) == ("+447700900123", NumberKind.NORMAL)
    assert read_number("+44 20 0000 0000", "US").dialled == "+442000000000"


def test_a_number_of_no_country_is_international():
    number = read_number("+800 1234 5678", "GB")
    assert (number.country, number.region) == ("International", "001")


@pytest.mark.parametrize(
    ("sent", "region", "dialled"),
    [
        ("61300000000", "GB", "+61300000000"),
        ("442079460000", "US", LONDON),
        ("442079460000", "IT", LONDON),
        ("12025550123", "DE", "+12025550123"),
    ],
)
def test_a_services_number_without_its_plus_can_be_called_back(sent, region, dialled):
    assert read_number(sent, region).dialled == dialled


def test_a_local_number_without_its_area_code_is_not_taken_for_another_countrys():
    assert read_number("3522858", "GB").region == "GB"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("442079460958", "+44 20 7946 0958"),
        ("+442079460958", "+44 20 7946 0958"),
        ("02079460958", "+44 20 7946 0958"),
        ("61300000000", "+61 3 0000 0000"),
        ("447700900123", "+44 7700 900123"),
        ("+44 (7700) 900123", "+44 7700 900123"),
        ("07700900123", "+44 7700 900123"),
        ("7042", "7042"),
        ("112", "112"),
        ("anonymous", "anonymous"),
        ("Ann 02079460958", "Ann 02079460958"),
        ("", ""),
        ("9" * 30, "9" * 30),
        ("٠٢٠٧٩٤٦٠٩٥٨", "٠٢٠٧٩٤٦٠٩٥٨"),
        ("12345678", "12345678"),
        ("+2101234567", "+2101234567"),
    ],
)
def test_a_services_number_is_shown_grouped_and_anything_else_as_it_came(sent, shown):
    assert display_number(sent, "GB") == shown


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text):
    with contextlib.suppress(BadInput):
        dialled = read_number(text, "GB").dialled
        assert dialled.removeprefix("+").translate(str.maketrans("", "", "*#")).isdecimal()
        assert dialled.isascii()
    assert isinstance(display_number(text, "GB"), str)


@given(st.text("+()0123456789 -x;=:telsip@%ext", max_size=40))
def test_what_is_dialled_is_plus_and_digits_or_digits(text):
    try:
        number = read_number(text, "GB")
    except BadInput:
        return
    assert number.dialled.removeprefix("+").isdecimal()
    assert number.kind is not NumberKind.NORMAL or number.dialled.startswith("+")


def test_countries_have_their_english_names():
    assert [country_name(code) for code in ("GB", "DE", "AU", "001", "ZZ")] == [
        "United Kingdom",
        "Germany",
        "Australia",
        "International",
        "ZZ",
    ]


def test_reading_a_number_loads_no_table_of_places():
    program = (
        "import sys; from voipdesk.core.number import read_number; assert 'phonenumbers' not in sys.modules;"
        "assert read_number('020 7946 0958', 'GB').country == 'United Kingdom';"
        "assert 'phonenumbers.geodata' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_countries_are_named_in_the_language_spoken_and_for_programs_in_english():
    with dutch({"International": "Internationaal"}):
        number = read_number("0207 946 0958", "gb")
        assert (number.country, number.english_country) == ("Verenigd Koninkrijk", "United Kingdom")
        assert [country_name(code) for code in ("DE", "001", "XY")] == ["Duitsland", "Internationaal", "XY"]
        assert all(len(name) > 2 for code, name in countries())
    assert number.country == "Verenigd Koninkrijk", "it was looked up while the number was read, not for the window"
    assert read_number("1001", "GB").english_country == ""
