"""External scripts: read and written, and what their addresses answer."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.providers.apidaze.service import Service
from voipdesk.core.errors import BadInput, NotFound, NotUnderstood, OutcomeUnknown, Refused, Unreachable, VoipdeskError
from voipdesk.core.scripts import Script

ROW = {
    "id": "5",
    "name": "Main",
    "url": "https://www.example.com/a.xml",
    "created_at": "2026-02-14T17:32:40.000Z",
    "updated_at": "2026-02-14 18:00:00",
}
MAIN = Script(
    *("5", "https://www.example.com/a.xml", "Main"),
    created_at=datetime(2026, 2, 14, 17, 32, 40, tzinfo=UTC),
    updated_at=datetime(2026, 2, 14, 18, tzinfo=UTC),
    raw=ROW,
)
XML = "<document><work/></document>"
TEST = "GET /externalscripts/test"


@pytest.mark.parametrize("body", [[ROW], ROW, {"externalscripts": [ROW]}])
async def test_a_list_is_read_in_any_of_its_shapes(body):
    assert await Service({"GET /externalscripts": body}).client().fetch_scripts() == [MAIN]


@pytest.mark.parametrize("body", [ROW, [ROW]])
async def test_one_is_read_as_an_object_or_as_a_list_of_one(body):
    assert await Service({"GET /externalscripts/5": body}).client().fetch_script("5") == MAIN


@pytest.mark.parametrize("stamp", ["yesterday", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z"])
async def test_a_stamp_that_is_none_or_that_no_clock_can_show_is_left_out(stamp):
    service = Service({"GET /externalscripts": [{**ROW, "created_at": stamp, "updated_at": None}]})
    found = (await service.client().fetch_scripts())[0]
    assert (found.created_at, found.updated_at) == (None, None)


async def test_one_that_is_not_there_and_an_id_that_cannot_be():
    with pytest.raises(NotFound):
        await Service().client().fetch_script("9")
    for act in ("fetch_script", "delete_script"):
        with pytest.raises(BadInput):
            await getattr(Service().client(), act)("test/../../x")


@pytest.mark.parametrize(("name", "sent"), [("", {}), ("Main", {"name": "Main"})])
async def test_one_is_created(name, sent):
    service = Service({"POST /externalscripts": (201, ROW)})
    assert (await service.client().create_script(ROW["url"], name)).id == "5"
    assert service.form() == {"url": ROW["url"], **sent}


async def test_one_that_the_answer_does_not_show_is_found_in_the_list():
    service = Service({"POST /externalscripts": (202, ""), "GET /externalscripts": [ROW]})
    assert (await service.client().create_script(ROW["url"])).id == "5"
    service.answers["GET /externalscripts"] = []
    with pytest.raises(OutcomeUnknown, match="does not list it yet"):
        await service.client().create_script(ROW["url"])
    service.answers["GET /externalscripts"] = (503, "")
    with pytest.raises(OutcomeUnknown, match="the list could not be read"):
        await service.client().create_script(ROW["url"])


async def test_an_update_sends_address_and_name_an_empty_one_too():
    service = Service({"PUT /externalscripts/5": (202, "")})
    await service.client().update_script("5", "https://other.example/", "")
    assert service.form() == {"url": "https://other.example/", "name": ""}


@pytest.mark.parametrize("answer", [(204, ""), (200, ROW)])
async def test_one_is_deleted_whatever_says_so(answer):
    service = Service({"DELETE /externalscripts/5": answer})
    await service.client().delete_script("5")
    assert service.sent == ["DELETE /externalscripts/5"]


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (XML, "application/xml", XML),
        (XML.encode("utf-16"), "text/xml; charset=utf-16", XML),
        ("<a>é</a>".encode("latin-1"), 'text/xml; charset="ISO-8859-1"', "<a>é</a>"),
        (b"<a>\xff</a>", "text/xml; charset=no-such", "<a>\ufffd</a>"),
        ('"<document><work/></document>"', "application/json", XML),
        ('{"body": "<document><work/></document>", "status": 200}', "application/json", XML),
        ('[{"xml": "\\n<document><work/></document>"}]', "application/json", f"\n{XML}"),
        ('{"a": 1}', "application/json", '{"a": 1}'),
        ("{not json", "text/plain", "{not json"),
        ("", "text/plain", ""),
        ("<!doctype html><html></html>", "text/html", "<!doctype html><html></html>"),
    ],
)
async def test_what_an_address_answers_is_given_as_text(body, content_type, text):
    service = Service({TEST: lambda _: httpx.Response(200, content=body, headers={"Content-Type": content_type})})
    assert await service.client().test_script("https://www.example.com/a?b=c&d=e") == text
    assert service.requests[0].url.params["url"] == "https://www.example.com/a?b=c&d=e"
    assert service.requests[0].content == b""


@pytest.mark.parametrize("answer", [(400, {"message": "URL unreachable"}), (200, {"failure": "URL unreachable"})])
async def test_an_address_that_did_not_answer_the_service_is_told_in_its_words(answer):
    with pytest.raises(Refused, match="got no script from this address: URL unreachable"):
        await Service({TEST: answer}).client().test_script("https://www.example.com/")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, "<html>nothing here</html>"), "no such service under this address"),
        ((404, {"fault": {"detail": {"errorcode": "messaging.adaptors.http.ApplicationNotFound"}}}), "no such service"),
        ((503, ""), "out of service for the moment"),
        (httpx.ConnectError("x"), "cannot be reached"),
    ],
)
async def test_a_failure_that_is_not_the_address_s_is_told_as_such(answer, words):
    with pytest.raises(VoipdeskError, match=words) as caught:
        await Service({TEST: answer}).client().test_script("https://www.example.com/")
    assert "Correct what the address answers" not in caught.value.advice


async def test_an_answer_that_is_huge_is_not_read_to_its_end():
    read = []

    async def flood():
        for _ in range(64):
            read.append(1)
            yield b"<a/>" * 16_384

    service = Service({TEST: lambda _: httpx.Response(200, content=flood())})
    with pytest.raises(NotUnderstood, match=r"https://www\.example\.com/ answers with more than 1 MiB"):
        await service.client().test_script("https://www.example.com/")
    assert len(read) < 20


async def test_an_answer_that_does_not_end_is_not_waited_for(monkeypatch):
    from voipdesk.providers.apidaze import wire_scripts

    monkeypatch.setattr(wire_scripts, "TEST_WITHIN_S", 0.05)

    async def drip():
        import asyncio

        yield b"<a>"
        await asyncio.Event().wait()

    service = Service({TEST: lambda _: httpx.Response(200, content=drip())})
    with pytest.raises(Unreachable, match=r"example\.com/ gave gate\.example no whole answer within 0 seconds"):
        await service.client().test_script("https://www.example.com/")


@pytest.mark.parametrize("slow", [httpx.ReadTimeout("late"), lambda _: httpx.Response(200, content=b"x" * (2 << 20))])
async def test_a_token_that_does_not_come_is_not_put_down_to_the_script_s_address(slow):
    service = Service({TEST: "<document/>"}, tokens=slow)
    with pytest.raises(Unreachable) as told:
        await service.client().test_script("https://www.example.com/")
    assert "www.example.com" not in str(told.value)
    assert "would fail" not in str(told.value)
    assert service.requests == []
