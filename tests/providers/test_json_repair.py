"""JSON that is nearly right is read as far as it goes."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voipdesk.providers.json_repair import BROKEN, DAMAGED, decode


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'{"a": "x"}', {"a": "x"}),
        (b'"\\ud83d!"', f"{DAMAGED}!"),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b'"\xff"', DAMAGED),
        (b"\xef\xbb\xbf[1]", [1]),
        (b"[NaN, Infinity, 0.5]", [None, None, 0.5]),
        (b"[1e999, -1e999]", [DAMAGED, DAMAGED]),
    ],
)
def test_what_cannot_be_read_is_marked_and_the_rest_is_kept(text, value):
    assert decode(text) == value


@pytest.mark.parametrize("text", [b"", b"{", b"<html>", b"[" * 5000])
def test_what_is_no_json_stays_none(text):
    with pytest.raises(BROKEN):
        decode(text)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(values)
def test_any_json_of_pythons_own_is_read(value):
    def same(one, other):
        if isinstance(one, list):
            return len(one) == len(other) and all(map(same, one, other))
        if isinstance(one, float) and not math.isfinite(one):
            return other is None
        return one == other

    assert same(value, decode(json.dumps(value).encode()))
