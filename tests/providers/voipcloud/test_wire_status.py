"""What the service says about itself is shown in whatever shape it comes."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.providers.voipcloud.samples import said
from voipdesk.core.errors import NotUnderstood, VoipdeskError
from voipdesk.core.status import ServiceStatus
from voipdesk.providers.voipcloud.wire_status import read_status


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"code":200,"data":"All systems\\n operational"}', ServiceStatus("All systems operational")),
        ('"Fine"', ServiceStatus("Fine")),
        ('{"code":200,"message":"Fine."}', ServiceStatus("Fine")),
        ('{"code":200,"data":null}', ServiceStatus("")),
        ('{"code":200,"data":[]}', ServiceStatus("")),
        ('{"code":200,"data":7}', ServiceStatus("7")),
        (
            '{"code":200,"data":{"voice":"up","fax":true,"sites":{"syd":"ok"},"none":null}}',
            ServiceStatus("", ("", ""), (("voice", "up"), ("fax", "yes"), ("sites ▸ syd", "ok"), ("none", ""))),
        ),
        ('{"status":"degraded","since":1}', ServiceStatus("", ("", ""), (("status", "degraded"), ("since", "1")))),
        (
            '{"code":200,"data":[{"name":"SYD","state":"up"},{"name":"MEL","load":{"a":[1,2]}},"odd"]}',
            ServiceStatus("", ("name", "state", "load"), (("SYD", "up", ""), ("MEL", "", "a: 1, 2"), ("odd", "", ""))),
        ),
        ('{"code":200,"data":["a","b"]}', ServiceStatus("", ("",), (("a",), ("b",)))),
        ('{"code":200,"data":[{"voice":"up"}]}', ServiceStatus("", ("", ""), (("voice", "up"),))),
    ],
)
def test_text_object_and_list_each_have_their_shape(body, status):
    assert read_status(said(body)) == status


def test_depth_and_size_are_bounded():
    deep = json.dumps({"code": 200, "data": json.loads('{"a":' * 50 + "1" + "}" * 50)})
    assert len(read_status(said(deep)).rows) == 1
    wide = json.dumps({"code": 200, "data": {str(n): {str(m): "x" * 999 for m in range(99)} for n in range(999)}})
    status = read_status(said(wide))
    assert len(status.rows) <= 200
    assert all(len(cell) <= 400 for row in status.rows for cell in row)
    table = json.dumps([{str(n): n for n in range(999)}] * 999)
    assert (len(read_status(said(table)).rows), len(read_status(said(table)).columns)) == (200, 12)


def test_half_an_emoji_is_shown_as_far_as_it_goes():
    assert read_status(said('{"code":200,"data":{"a":"\\ud83d!"}}')).rows == (("a", "\N{REPLACEMENT CHARACTER}!"),)


def test_a_web_page_is_no_status():
    with pytest.raises(NotUnderstood, match="web page"):
        read_status(said("<html>Log in</html>", content_type="text/html"))


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(values.map(lambda v: json.dumps({"code": 200, "data": v})) | values.map(json.dumps) | st.text())
@example("[" * 900 + "]" * 900)
def test_any_answer_is_shown_or_an_expected_error(body):
    try:
        status = read_status(said(body.encode("utf-8", "surrogatepass")))
    except VoipdeskError:
        return
    assert all(len(row) == len(status.columns) for row in status.rows)
    assert all(cell.isprintable() for row in (status.columns, *status.rows, (status.text,)) for cell in row)
