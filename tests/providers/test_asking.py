"""One request, its answer read, and errors that repeat no secret."""

import httpx
import pytest

from tests.fakes.languages import dutch
from tests.fakes.request_budget import FakeBudget
from voipdesk.core.errors import AnswerLate, NotUnderstood, OutcomeUnknown, OverBudget, Refused, Unreachable
from voipdesk.providers.asking import Doubt, ask
from voipdesk.providers.exchange import Request
from voipdesk.providers.http import Http

GET, ACT = Request("GET", "/"), Request("POST", "/", acts=True)
DOUBT = Doubt("Whether it rings is not known.", "Look.")


def failing(error):
    def read(answer):
        raise error

    return read


async def asked(request, read, status=200, body=b"{}", **more):
    transport = httpx.MockTransport(lambda _: httpx.Response(status, content=body))
    http = Http("https://pbx.example", {}, FakeBudget(), transport=transport)
    return await ask(http, request, read, redact=lambda said: said.replace("hush", "•"), doubt=DOUBT, **more)


@pytest.mark.parametrize("size", [1, 100_000])
async def test_an_answer_is_read_however_large(size):
    assert await asked(GET, lambda answer: len(answer.body), body=b"x" * size) == size


async def test_an_error_is_rewritten_and_keeps_no_frames_of_the_reader():
    with pytest.raises(Refused) as caught:
        await asked(GET, failing(Refused("No, hush.", advice="hush", details="hush")))
    error = caught.value
    assert (error.message, error.advice, error.details, error.args) == ("No, •.", "•", "•", ("No, •.",))
    assert "read" not in [frame.name for frame in caught.traceback]


async def test_details_of_request_and_answer_go_before_the_readers():
    with pytest.raises(Refused) as caught:
        await asked(GET, failing(Refused("No.", details="x")), details=lambda q, a: f"{q.method} {a.status} hush")
    assert caught.value.details == "GET 200 •"


async def test_too_many_requests_closes_the_budget():
    with pytest.raises(OverBudget) as caught:
        await asked(ACT, failing(OverBudget("x")), 429)
    assert caught.value.retry_at is not None


@pytest.mark.parametrize(
    ("status", "lost"), [(200, OutcomeUnknown), (500, OutcomeUnknown), (502, AnswerLate), (504, AnswerLate)]
)
async def test_what_acts_and_has_no_proper_answer_is_in_doubt(status, lost):
    with pytest.raises(lost) as caught:
        await asked(ACT, failing(Unreachable("Odd.")), status)
    assert type(caught.value) is lost
    assert (caught.value.message, caught.value.advice) == ("Odd. Whether it rings is not known.", "Look.")
    with pytest.raises(NotUnderstood):
        await asked(GET, failing(NotUnderstood("Odd.")), status)


async def test_a_doubt_is_told_in_the_language_spoken_though_it_was_declared_before():
    with dutch({DOUBT.sentence: "Of hij overgaat, is onbekend.", DOUBT.advice: "Kijk."}):
        with pytest.raises(OutcomeUnknown) as caught:
            await asked(ACT, failing(Unreachable("Raar.")))
        assert (caught.value.message, caught.value.advice) == ("Raar. Of hij overgaat, is onbekend.", "Kijk.")
