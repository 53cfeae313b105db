"""A vendor in memory: its provider and clients that keep what they were asked and answer what a test sets."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from voipdesk.core.accounts import Account, CanTest, Check, Field, FieldKind, TestReport, Vendor
from voipdesk.core.budget import Limit, RequestBudget
from voipdesk.core.call_log import HasCallLog, Source
from voipdesk.core.dial import CanDial, Dialled
from voipdesk.core.errors import BadInput
from voipdesk.core.status import HasStatus, ServiceStatus

VENDOR = Vendor(
    "fake",
    "Fake Telecom",
    (
        Field("api_key", "API key", FieldKind.SECRET, required=True, help="It is in the portal."),
        Field("pin", "PIN", FieldKind.SECRET),
        Field("base_url", "Address", FieldKind.URL, required=True),
        Field("version", "Version", FieldKind.CHOICE, default="v1", choices=("v1", "v2"), fixed=True),
        Field("realm", "Realm", fixed=True),
    ),
)


class FakeClient:
    """Answers dial, status and test with what is set on its provider, an error to be raised among it."""

    def __init__(self, provider: "FakeProvider", account: Account, secrets: Mapping[str, str], budget: RequestBudget):
        self.provider, self.account, self.secrets, self.budget = provider, account, dict(secrets), budget
        self.closed = 0

    async def aclose(self) -> None:
        self.closed += 1
        if self.provider.close_error:
            raise self.provider.close_error

    async def test(self) -> TestReport:
        return await self.provider.give("test", TestReport((Check(passed=True, text="It works."),)))

    async def dial(self, number: str, my_number: str) -> Dialled:
        return await self.provider.give(f"dial {number} for {my_number}", Dialled("c1", "Ringing"))

    async def fetch_status(self) -> ServiceStatus:
        return await self.provider.give("status", self.provider.status)


class BareClient:
    """Offers nothing."""

    async def aclose(self) -> None: ...


class TestOnlyClient(BareClient):
    """Offers no more than a test."""

    __test__ = False

    async def test(self) -> TestReport:
        return TestReport(
            (Check(passed=True, text="The address answers."), Check(passed=True, text="The key is right."))
        )


class FakeProvider:
    """Makes fake clients; `asked` is all that was sent, `error` is raised instead of an answer."""

    vendor = VENDOR

    def __init__(self) -> None:
        self.clients: list[FakeClient] = []
        self.asked: list[str] = []
        self.error: BaseException | None = None
        self.close_error: Exception | None = None
        self.status = ServiceStatus("All is well")
        self.answers = asyncio.Event()
        self.answers.set()
        self.client: BareClient | None = None

    def limit(self, account: Account) -> Limit:
        return Limit(100, timedelta(minutes=15))

    def check(self, account: Account) -> None:
        if not account.settings.get("base_url", "").startswith("https://"):
            raise BadInput("Address must begin with https://.")

    def capabilities(self, account: Account) -> frozenset[type]:
        return frozenset({CanTest, CanDial, HasStatus, HasCallLog})

    def call_sources(self, account: Account) -> tuple[Source, ...]:
        return tuple(Source)

    def connect(self, account: Account, secrets: Mapping[str, str], budget: RequestBudget):
        self.clients.append(FakeClient(self, account, secrets, budget))
        return self.client or self.clients[-1]

    async def give(self, question, answer):
        self.asked.append(question)
        await self.answers.wait()
        if self.error:
            raise self.error
        return answer
