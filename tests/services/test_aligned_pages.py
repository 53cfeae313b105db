"""Pages that begin at a multiple of their limit, laid so that neighbours overlap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.services.aligned_pages import PageRequest, page_across, page_at


@given(most=st.integers(1, 100), place=st.integers(0, 10**6))
def test_a_page_is_aligned_has_its_place_and_is_no_larger_than_allowed(most, place):
    page = page_at(most, place)
    assert page.offset % page.limit == 0
    assert page.offset <= place < page.end
    assert page.limit <= most


@given(most=st.integers(16, 100), place=st.integers(100, 10**5), overlap=st.integers(1, 25))
def test_a_page_across_a_place_begins_above_it_and_goes_on_below(most, place, overlap):
    page = page_across(most, place - 1, wanted=place - overlap, beyond=place + 1)
    if page is not None:
        assert page.offset % page.limit == 0
        assert page.offset < place
        assert page.end > place + 1
        assert page.limit <= most


@given(place=st.integers(100, 40_000), overlap=st.integers(1, 25))
def test_with_pages_of_100_one_always_brings_a_third_of_it(place, overlap):
    page = page_across(100, place - 1, wanted=place - overlap, beyond=place)
    assert page is not None
    assert page.end - place > 33


def test_the_overlap_that_is_wanted_is_given_where_it_costs_little():
    assert page_across(100, 98, wanted=75, beyond=100) == PageRequest(75, 75)


@pytest.mark.parametrize(("most", "place"), [(10, 2520), (7, 420)])
def test_where_all_limits_end_pages_at_one_place_none_lies_across(most, place):
    assert page_across(most, place - 1, wanted=place - 1, beyond=place) is None
