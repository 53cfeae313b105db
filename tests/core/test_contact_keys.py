"""What numbers are found by, and when two contacts are the same."""

import pytest

from tests.fakes.languages import dutch
from voipdesk.core.contact_keys import NumberKeys, content_key, number_keys, own_key, sameness_key
from voipdesk.core.contacts import Contact, ContactNumber, kind_called, number_text, shared_name, together

LONDON = ("+442079460958", "2079460958")


@pytest.mark.parametrize(
    "written",
    [
        *("+44 20 7946 0958", "020 7946 0958", "442079460958", "+44 (0)20 7946 0958", "0044 20 7946 0958"),
        *("tel:+442079460958", "020 7946 0958 ext 12", "０２０ ７９４６ ０９５８", "020\u00a07946\u20110958"),
    ],
)
def test_a_number_is_found_by_e_164_however_it_is_written(written):
    assert number_keys(written, "GB")[:2] == LONDON


def test_a_number_of_another_country_and_an_extension():
    assert number_keys("06 12345678", "NL") == NumberKeys("+31612345678", "612345678")
    assert number_keys("02 1234 5678", "IT").national.startswith("02")
    assert number_keys("1001", "GB") == NumberKeys("1001", "")
    assert number_keys("anonymous", "GB") == NumberKeys("", "")
    assert number_keys("", "GB") == NumberKeys("", "")


def test_contacts_are_the_same_whatever_the_writing_of_case_accents_and_numbers():
    a = Contact("Zoë Lee", "Acme", (ContactNumber("020 7946 0958", "work"),), ("Z@example.com",))
    b = Contact("zoe  lee", "ACME", (ContactNumber("+442079460958"),), ("z@EXAMPLE.com",), note="of b")
    keys = [[number_keys(n.written, "GB") for n in c.numbers] for c in (a, b)]
    assert sameness_key(a, keys[0]) == sameness_key(b, keys[1])
    assert content_key(a) != content_key(b)
    assert own_key(a) == own_key(b) != own_key(Contact("Zoë Lee"))
    assert sameness_key(a, keys[0]) != sameness_key(a, [])


def test_together_they_say_all_that_one_of_them_says():
    a = Contact("Ann", numbers=(ContactNumber("020 7946 0958"),), emails=("a@x",), note="one", more=(("BDAY", "1"),))
    b = Contact("Ann", numbers=(ContactNumber("02079460958", "work"), ContactNumber("1")), emails=("A@x",), note="two")
    both = together([a, b])
    assert both.numbers == (ContactNumber("02079460958", "work"), ContactNumber("1"))
    assert (both.emails, both.note, both.more) == (("a@x",), "one\ntwo", (("BDAY", "1"),))
    assert together([a, a]) is a


def test_a_number_that_several_share_is_named_after_what_they_have_in_common():
    ann, bob, eve = (Contact(name, "Acme") for name in ("Ann", "Bob", "Eve"))
    assert shared_name([ann]) == "Ann"
    assert shared_name([ann, Contact("Ann")]) == "Ann"
    assert shared_name([ann, bob]) == "Acme"
    assert shared_name([Contact("Ann"), Contact("Bob")]) == "Ann or Bob"
    assert shared_name([Contact("Ann"), bob, eve]) == "Ann or 2 others"


def test_what_a_number_is_is_said_in_the_language_spoken_and_kept_in_english():
    number = ContactNumber("020 7946 0958", "work fax")
    assert number_text(number) == "020 7946 0958 (work fax)"
    with dutch({"work fax": "fax werk", "{name} or {n} others": "{name} of {n} anderen"}):
        assert number_text(number) == "020 7946 0958 (fax werk)"
        assert tuple(map(kind_called, ("Fax werk", "Yacht", "mobile"))) == ("work fax", "Yacht", "mobile")
        assert ContactNumber("", "Yacht").label == "Yacht"
        assert shared_name([Contact("Ann"), Contact("Bob"), Contact("Eve")]) == "Ann of 2 anderen"
