"""Reports of unknown shape are shown, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from voipdesk.core.status import ServiceStatus
from voipdesk.providers.report import report


def test_each_shape_is_shown_as_it_is():
    assert report("Fine\n day") == ServiceStatus("Fine day")
    assert report(None, "Fine") == ServiceStatus("Fine")
    assert report({"a": {"b": True}}) == ServiceStatus("", ("", ""), (("a ▸ b", "yes"),))
    assert report([{"a": 1}, {"b": [2, 3]}]) == ServiceStatus("", ("a", "b"), (("1", ""), ("", "2, 3")))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(values)
def test_any_value_becomes_plain_cells_under_their_headings(value):
    shown = report(value)
    assert all(len(row) == len(shown.columns) for row in shown.rows)
    assert all(cell.isprintable() for row in (shown.columns, *shown.rows, (shown.text,)) for cell in row)
