"""Call scripts: listed, created where there is none, replaced, changed, deleted, and tried out."""

import pytest

from tests.fakes.archive import NOW
from tests.fakes.vendor import BareClient
from tests.fakes.voice import ACCOUNT, VoiceClient
from voipdesk.core.errors import AnswerLate, BadInput, NotAuthorised, NotFound, OutcomeUnknown, Refused, Unreachable
from voipdesk.services.object_changes import Change
from voipdesk.services.scripts import ScriptInTheWay, Scripts

LOST = OutcomeUnknown("The connection was cut.", details="POST /x")
LATE = AnswerLate("No answer came in 30 seconds.", details="POST /x")
DOWN = Unreachable("The service is down.")
URL, OTHER = "https://www.example.com/a.xml", "https://elsewhere.example/b.xml"


@pytest.fixture
def service():
    return VoiceClient()


@pytest.fixture
def slept():
    return []


@pytest.fixture
def scripts(service, slept):
    async def sleep(seconds):
        slept.append(seconds)

    made = Scripts(service.connections(), clock=lambda: NOW, sleep=sleep)
    made.told = []
    made.changed.subscribe(made.told.append)
    return made


async def test_they_are_listed_and_one_is_fetched(scripts, service):
    script = service.add_script("1", URL, "Main")
    listed = await scripts.list(ACCOUNT)
    assert (listed.account_id, listed.scripts, listed.at) == ("v1", (script,), NOW)
    assert await scripts.get(ACCOUNT, "1") == script
    with pytest.raises(NotFound, match="“Voice” has no script “2”"):
        await scripts.get(ACCOUNT, "2")


@pytest.mark.parametrize("text", ["1", "main", URL, " MAIN "])
async def test_one_is_found_by_its_id_name_or_address(scripts, service, text):
    script = service.add_script("1", URL, "Main")
    service.add_script("2", OTHER, "Other")
    assert await scripts.find(ACCOUNT, text) == script


async def test_what_is_not_found_or_more_than_one_is_told(scripts, service):
    service.add_script("1", URL, "Main")
    with pytest.raises(NotFound, match=r"no script “mai”\. Like it: “Main”"):
        await scripts.find(ACCOUNT, "mai")
    with pytest.raises(NotFound):
        await scripts.find(ACCOUNT, " ")
    service.add_script("2", OTHER, "Main")
    with pytest.raises(BadInput, match=r"more than one script\. Give the id of one: 1"):
        await scripts.find(ACCOUNT, "main")


async def test_one_is_created_once_where_there_is_none(scripts, service):
    made = await scripts.create(ACCOUNT, f" {URL} ", " Main ")
    assert (made.url, made.name) == (URL, "Main")
    assert service.asked == ["script-list", f"script-create {URL} Main"]
    assert scripts.told == ["v1"]


async def test_one_at_the_same_host_is_in_the_way_without_asking_the_service(scripts, service):
    there = service.add_script("1", "https://WWW.example.com:8443/old.xml")
    with pytest.raises(ScriptInTheWay, match="There is a script already: https://WWW") as caught:
        await scripts.create(ACCOUNT, URL)
    assert caught.value.script == there
    assert (service.asked, scripts.told) == (["script-list"], [])


async def test_one_elsewhere_is_in_the_way_when_the_service_says_so(scripts, service):
    there = service.add_script("1", OTHER)
    service.one_script = True
    with pytest.raises(ScriptInTheWay) as caught:
        await scripts.create(ACCOUNT, URL)
    assert caught.value.script == there
    assert "Only one external script" in caught.value.said
    service.one_script = False
    assert (await scripts.create(ACCOUNT, URL)).url == URL


async def test_why_another_one_is_refused_is_left_for_the_user_to_judge(scripts, service):
    service.add_script("1", OTHER)
    service.faults["script-create"], service.acts = [Refused("x refused it: url is no good.", details="422")], False
    with pytest.raises(ScriptInTheWay) as caught:
        await scripts.create(ACCOUNT, URL)
    assert caught.value.message == (
        f"x refused it: url is no good. There is a script already: {OTHER}. Some services allow only one for a domain."
    )
    assert caught.value.advice == "Nothing was created. If that is why, replace it, or delete it first."
    assert caught.value.details == "422"


@pytest.mark.parametrize("refusal", [NotAuthorised("No."), Refused("The address is too long.")])
async def test_any_other_refusal_is_told_as_it_is(scripts, service, refusal):
    if not isinstance(refusal, NotAuthorised):
        service.add_script("2", "https://second.example/")
    service.add_script("1", OTHER)
    service.faults["script-create"], service.acts = [refusal], False
    with pytest.raises(type(refusal)) as caught:
        await scripts.create(ACCOUNT, URL)
    assert caught.value is refusal


@pytest.mark.parametrize(
    "url",
    [
        *("", "www.example.com", "ftp://x/y", "https://", "http://a b/", "https://x:99999/", "https://[x/"),
        *("https://x/" + "y" * 2000, "https://x/\ny"),
    ],
)
async def test_what_is_no_web_address_is_not_sent(scripts, service, url):
    there = service.add_script("1", OTHER)
    for act in (scripts.create(ACCOUNT, url), scripts.update(ACCOUNT, there, url, ""), scripts.test(ACCOUNT, url)):
        with pytest.raises(BadInput, match="is no web address"):
            await act
    assert service.asked == []


async def test_one_whose_answer_was_lost_is_looked_for(scripts, service):
    service.faults["script-create"] = [LOST]
    assert (await scripts.create(ACCOUNT, URL)).url == URL
    service.scripts.clear()
    service.faults["script-create"], service.acts = [LATE], False
    with pytest.raises(AnswerLate, match="is not among the scripts so far"):
        await scripts.create(ACCOUNT, URL)
    assert scripts.told == ["v1", "v1"]


async def test_an_update_is_sent_once_and_read_back(scripts, service, slept):
    before = service.add_script("1", URL, "Main")
    assert scripts.changes(before, OTHER, "Main") == (Change("Address", URL, OTHER),)
    edited = await scripts.update(ACCOUNT, before, OTHER, "New")
    assert (edited.script.url, edited.script.name, edited.not_taken, slept) == (OTHER, "New", (), [])
    assert [asked.partition(" ")[0] for asked in service.asked] == ["script", "script-update", "script"]
    with pytest.raises(BadInput, match="nothing to change"):
        await scripts.update(ACCOUNT, edited.script, OTHER, "New ")


async def test_what_others_changed_meanwhile_is_not_overwritten(scripts, service):
    before = service.add_script("1", URL, "Main")
    service.add_script("1", OTHER, "Main")
    with pytest.raises(Refused, match=f"in the meantime: it is {OTHER} now"):
        await scripts.update(ACCOUNT, before, URL, "Ours")
    assert service.asked == ["script 1"]


async def test_what_the_service_did_not_take_is_told(scripts, service):
    before = service.add_script("1", URL, "Main")
    service.meanwhile["script"] = lambda: service.add_script("1", service.scripts["1"].url, "Main")
    assert (await scripts.update(ACCOUNT, before, OTHER, "New")).not_taken == (Change("Name", "Main", "New"),)


async def test_an_update_whose_answer_was_lost_is_looked_after(scripts, service):
    before = service.add_script("1", URL, "Main")
    service.faults["script-update"] = [LOST]
    assert (await scripts.update(ACCOUNT, before, OTHER, "")).script.url == OTHER
    service.faults["script-update"], service.acts = [LOST, LATE, LOST], False
    with pytest.raises(Unreachable, match="the change was not made"):
        await scripts.update(ACCOUNT, service.scripts["1"], URL, "")
    with pytest.raises(AnswerLate, match="not yet as it should be"):
        await scripts.update(ACCOUNT, service.scripts["1"], URL, "")
    service.faults["script"] = [None, DOWN, DOWN, DOWN]
    with pytest.raises(OutcomeUnknown, match="could not be read to see what became of it"):
        await scripts.update(ACCOUNT, service.scripts["1"], URL, "")


async def test_a_change_that_cannot_be_read_back_is_not_called_failed(scripts, service):
    before = service.add_script("1", URL, "Main")
    service.faults["script"] = [None, DOWN, DOWN, DOWN, DOWN]
    with pytest.raises(OutcomeUnknown, match="has taken the change of the script, but it could not be read back"):
        await scripts.update(ACCOUNT, before, OTHER, "")


async def test_one_is_deleted_once_or_looked_after(scripts, service):
    first, second = service.add_script("1", URL), service.add_script("2", OTHER)
    await scripts.delete(ACCOUNT, first)
    assert (list(service.scripts), service.asked) == (["2"], ["script-delete 1"])
    with pytest.raises(NotFound, match="“Voice” has no script “1”"):
        await scripts.delete(ACCOUNT, first)
    service.faults["script-delete"], service.acts = [LOST], False
    with pytest.raises(OutcomeUnknown, match="still there"):
        await scripts.delete(ACCOUNT, second)
    service.faults["script-delete"], service.acts = [LOST], True
    await scripts.delete(ACCOUNT, second)
    assert service.scripts == {}


async def test_what_an_address_answers_is_read_and_indented(scripts, service):
    service.answers[URL] = "<document><work><speak>Hi</speak></work></document>"
    tried = await scripts.test(ACCOUNT, URL)
    assert (tried.url, tried.text, tried.well_formed, tried.problem) == (URL, service.answers[URL], True, "")
    assert tried.indented == "<document>\n  <work>\n    <speak>Hi</speak>\n  </work>\n</document>"
    assert tried.took_ms >= 0


async def test_what_is_wrong_with_an_answer_is_told_with_its_place(scripts, service):
    service.answers[URL] = "<document>\n  <work></document>"
    tried = await scripts.test(ACCOUNT, URL)
    assert (tried.well_formed, tried.problem, tried.line, tried.column) == (False, "Mismatched tag", 2, 11)
    assert (tried.indented, tried.text) == ("", service.answers[URL])


async def test_an_address_that_did_not_answer_is_an_error(scripts, service):
    service.faults["script-test"] = [Refused("The URL could not be reached.")]
    with pytest.raises(Refused, match="could not be reached"):
        await scripts.test(ACCOUNT, URL)


async def test_a_service_without_scripts_says_so(service):
    connections = service.connections()
    connections.given = BareClient()
    with pytest.raises(BadInput, match="The service of “Voice” has no scripts"):
        await Scripts(connections).list(ACCOUNT)
