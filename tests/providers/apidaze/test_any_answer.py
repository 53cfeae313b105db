"""Whatever comes back, it is read, or an error of ours says that it cannot be: nothing else is raised."""

import json
from xml.etree.ElementTree import canonicalize

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.providers.apidaze.service import PLACE, said
from voipdesk.core.blanking import blanked
from voipdesk.core.errors import VoipdeskError
from voipdesk.providers.apidaze import wire_scripts, wire_sip
from voipdesk.providers.apidaze.wire import read_done
from voipdesk.providers.oauth import _read_token
from voipdesk.services.script_xml import read_xml

KEYS = st.sampled_from(
    [
        *(
            "id",
            "name",
            "sip",
            "username",
            "password",
            "callerid",
            "internal_number",
            "voicemail",
            "mwi_account",
            "url",
        ),
        *("uri", "status", "registered", "host", "failure", "fault", "faultstring", "message", "access_token"),
        *("expires_in", "created_at", "x"),
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["sip:a@b", "<a/>"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=20,
)
BODIES = VALUES.map(json.dumps) | st.binary(max_size=60)
STATUSES = st.sampled_from([200, 201, 202, 204, 400, 401, 403, 404, 405, 412, 429, 500, 502, 503])
READERS = [
    lambda answer: wire_sip.read_sip_accounts(answer, PLACE),
    lambda answer: [wire_sip.read_sip_account(answer, PLACE)],
    lambda answer: [made for made in [wire_sip.read_created(answer, "a", PLACE)] if made],
    wire_scripts.read_scripts,
    lambda answer: [wire_scripts.read_script(answer)],
    lambda answer: [made for made in [wire_scripts.read_created(answer, "a")] if made],
]


def read_or_refused(read, answer):
    """What a reader gives, or the error it raises, whose message can be shown."""
    try:
        return read(answer)
    except VoipdeskError as error:
        found = error
    assert found.message.isprintable()
    return found


@settings(max_examples=50)
@given(BODIES, STATUSES, st.sampled_from(["application/json", "text/html", "", "text/xml; charset=utf-7"]))
def test_any_answer_is_read_or_refused(body, status, content_type):
    answer = said(body, status, content_type)
    for read in READERS:
        found = read_or_refused(read, answer)
        if not isinstance(found, VoipdeskError):
            assert all(one.id for one in found)
            json.dumps([blanked(dict(one.raw)) for one in found])
    for read in (wire_sip.read_registration, wire_scripts.read_test, read_done, _read_token):
        read_or_refused(read, answer)


@settings(max_examples=50)
@given(st.text() | BODIES.map(lambda body: body if isinstance(body, str) else body.decode("latin-1")))
def test_any_text_is_read_as_xml_or_not(text):
    read = read_xml(text)
    assert bool(read.problem) != bool(read.indented)


ELEMENTS = st.recursive(
    st.just("<a/>"),
    lambda inner: st.tuples(st.sampled_from("ab"), st.lists(inner | st.sampled_from(["x", " ", "<!--c-->"]))).map(
        lambda made: f'<{made[0]} k="v">{"".join(made[1])}</{made[0]}>'
    ),
    max_leaves=15,
)


@settings(max_examples=50)
@given(ELEMENTS)
def test_what_is_indented_says_the_same_and_is_not_indented_further(text):
    read = read_xml(text)
    assert read.problem == ""
    assert canonicalize(read.indented, strip_text=True) == canonicalize(text, strip_text=True)
    assert read_xml(read.indented).indented == read.indented
