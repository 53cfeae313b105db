"""The one door to HTTP: every request is budgeted, goes to the account's host alone, and fails in words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from voipdesk import __version__
from voipdesk.core.errors import (
    AnswerLate,
    BadInput,
    NotUnderstood,
    OutcomeUnknown,
    OverBudget,
    Unreachable,
    VoipdeskError,
)
from voipdesk.core.language import _, ngettext
from voipdesk.providers.base_url import check_base_url, host_of, is_loopback
from voipdesk.providers.exchange import Answer
from voipdesk.providers.request_body import body_of
from voipdesk.providers.retry_after import retry_time

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import httpx

    from voipdesk.core.budget import Quota, RequestBudget
    from voipdesk.providers.exchange import Request
    from voipdesk.providers.secret_text import SecretText

    ReadQuota = Callable[[Mapping[str, str], datetime], Quota | None]

TIMEOUT_S = 30.0
"""For connecting, and between any two pieces of an answer."""
TOTAL_TIMEOUT_S = 300.0
"""For the whole of an answer: a page of 10,000 calls may come over a slow line, but not one byte a second."""
MOST_BYTES = 64 * 2**20
"""Of an answer: twenty times the largest page of calls."""


def utc_now() -> datetime:
    """Give the time as the door sees it."""
    return datetime.now(UTC)


class TooLarge(NotUnderstood):
    """An answer that is larger than what is read of one."""


class TooSlow(Unreachable):
    """An answer that did not come in time, or not to its end."""


@dataclass(frozen=True, slots=True)
class _Failure:
    error: VoipdeskError
    left: bool
    """Whether the request may have left this computer, and so counts."""


class Http:
    """One account's connection. Loads the HTTP library in a thread, at the first request at the latest.

    A request that acts goes out on a connection of its own, so that an idle connection the service has just closed
    cannot leave its outcome in doubt, and is never repeated. Nothing is retried here.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, SecretText | str],
        budget: RequestBudget,
        *,
        tracking_header: str = "",
        read_quota: ReadQuota | None = None,
        redirects_when_done: bool = False,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Send `headers` with every request; those that are secret are blanked where anybody repeats them.

        `tracking_header` names the header by which the service's support finds a request: details quote it. Where
        answers tell the service's own count of requests, `read_quota` reads it from their headers for the budget. A
        service that `redirects_when_done` may answer a request that acts, once it is carried out, with an address of
        its own.
        """
        self._base_url = check_base_url(base_url)
        self.host = host_of(base_url)
        self._headers = dict(headers)
        self._budget = budget
        self._tracking_header = tracking_header
        self._read_quota = read_quota
        self._redirects_when_done = redirects_when_done
        self._transport = transport
        self._clock = clock
        self._client: httpx.AsyncClient | None = None
        self._loaded = False

    def __repr__(self) -> str:
        return f"Http({self._base_url!r})"

    async def aclose(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def send(self, request: Request) -> Answer:
        """Send a request once and give its whole answer, whatever its status but a redirect.

        Raises OverBudget before anything is sent; Unreachable when nothing came; OutcomeUnknown instead when the
        request acts and may have been received.
        """
        if not self._loaded:
            await asyncio.to_thread(load)
            self._loaded = True
        number = await self._budget.spend()
        result = await self._try(request)
        if isinstance(result, Answer):
            quota = self._read_quota(result.headers, self._clock()) if self._read_quota is not None else None
            if quota is not None:
                await self._budget.hear(quota)
            return result
        if not result.left:
            await self._budget.refund(number)
        # Raised here, outside of any handler: the library's error holds the request with its headers.
        raise result.error

    async def too_many(self, answer: Answer) -> OverBudget:
        """Close the budget after "too many requests", and give the error to raise."""
        until = await self._budget.close(retry_time(answer.retry_after, self._clock()))
        return OverBudget(
            _("{host} takes no more requests for now (too many requests).", host=self.host),
            advice=_("Other programs and computers with the same key use up the same limit."),
            retry_at=until,
        )

    async def _try(self, request: Request) -> Answer | _Failure:
        import httpx

        from voipdesk.providers.faults import NEVER_LEFT, cut_words, fault_words

        left = True
        lost: type[OutcomeUnknown] = OutcomeUnknown
        failed = Unreachable
        details = f"{request.method} {request.path}"
        begun: list[httpx.Response] = []
        within_s = request.within_s or TOTAL_TIMEOUT_S
        try:
            async with asyncio.timeout(within_s):
                return await self._exchange(request, begun)
        except VoipdeskError as error:
            return _Failure(error, left=True)
        except (httpx.InvalidURL, UnicodeError):
            return _Failure(BadInput(_("The address {address} cannot be used.", address=self._base_url)), left=False)
        except httpx.RequestError as error:
            left = not isinstance(error, NEVER_LEFT)
            if isinstance(error, httpx.TimeoutException):
                lost, failed = AnswerLate, TooSlow if left else Unreachable
            message, advice = fault_words(error, self.host, TIMEOUT_S)
            details += f": {type(error).__name__}: {self._redact(str(error), request)}"
        except TimeoutError:
            message = _not_complete(self.host, within_s)
            advice = _("Try again in a few minutes.")
            lost, failed = AnswerLate, TooSlow
        except OSError as error:  # a TLS alert in mid-connection passes through the library as it is
            message, advice = cut_words(self.host)
            details += f": {type(error).__name__}"
        details += self._tracking(begun[-1] if begun else None, request)
        if request.acts and left:
            return _Failure(lost(message, advice=_check_acted(), details=details), left=True)
        return _Failure(failed(message, advice=advice, details=details), left=left)

    async def _exchange(self, request: Request, begun: list[httpx.Response]) -> Answer:
        if request.acts:
            async with self._make_client() as client:
                return await self._stream(client, request, begun)
        if self._client is None:
            self._client = self._make_client()
        return await self._stream(self._client, request, begun)

    def _make_client(self) -> httpx.AsyncClient:
        import httpx

        from voipdesk.providers.tls import tls_context

        return httpx.AsyncClient(
            verify=tls_context(),
            timeout=TIMEOUT_S,
            follow_redirects=False,
            trust_env=not is_loopback(self.host),
            transport=self._transport,
            headers={"User-Agent": f"voipdesk/{__version__}", "Accept": "application/json"},  # NON-NLS
            # Below the 5 s after which common servers close an idle connection.
            limits=httpx.Limits(max_connections=4, keepalive_expiry=4.0),
        )

    async def _stream(self, client: httpx.AsyncClient, request: Request, begun: list[httpx.Response]) -> Answer:
        """Read an answer piece by piece; `begun` is given it as soon as its head is there, lest it breaks off."""
        async with client.stream(
            request.method,
            self._base_url + request.path,
            params=dict(request.params),
            headers={
                **request.headers,
                **{name: _revealed(value) for name, value in (self._headers | {**request.secret_headers}).items()},
            },
            **body_of(request),
        ) as response:
            begun.append(response)
            if response.is_redirect:
                raise self._redirected(request, response)
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > (request.most_bytes or MOST_BYTES):
                    raise self._too_large(request, response)
            return Answer(
                host=self.host,
                status=response.status_code,
                body=bytes(body),
                content_type=response.headers.get("content-type", ""),
                retry_after=response.headers.get("retry-after", ""),
                headers={name.lower(): value for name, value in response.headers.items()},
            )

    def _redirected(self, request: Request, response: httpx.Response) -> VoipdeskError:
        target = response.next_request
        other = self._redact(target.url.host if target is not None else "", request) or _("another address")
        its_own = self._redirects_when_done and target is not None and target.url.host == self.host
        # 303 See Other: the result of what was done is elsewhere
        if request.acts and (response.status_code == 303 or its_own):
            return OutcomeUnknown(
                _("{host} did not answer but redirects to {other}.", host=self.host, other=other),
                advice=_check_acted(),
                details=self._tracking(response, request).strip(),
            )
        return NotUnderstood(
            _(
                "{host} redirects to {other}; the request stopped here and the key was not sent there.",
                host=self.host,
                other=other,
            ),
            advice=_(
                "If the service has moved, write its new address into the account's settings. A network "
                "that asks you to log in does this too."
            ),
            details=self._tracking(response, request).strip(),
        )

    def _too_large(self, request: Request, response: httpx.Response) -> VoipdeskError:
        most = (request.most_bytes or MOST_BYTES) // 2**20
        message = _("The answer of {host} is larger than {most} MiB and was not read.", host=self.host, most=most)
        details = self._tracking(response, request).strip()
        if request.acts:
            return OutcomeUnknown(message, advice=_check_acted(), details=details)
        return TooLarge(message, advice=_("Check the address in the account's settings."), details=details)

    def _tracking(self, response: httpx.Response | None, request: Request) -> str:
        """Quote the header that support finds the request by, if the answer's head came and has it."""
        token = (
            response.headers.get(self._tracking_header, "") if response is not None and self._tracking_header else ""
        )
        return f" {tracking_words(self._tracking_header, self._redact(token, request))}" if token else ""

    def _redact(self, text: str, request: Request) -> str:
        for value in (*self._headers.values(), *request.secret_headers.values(), *request.secret_fields.values()):
            text = text if isinstance(value, str) else value.redact(text)
        return text


def _revealed(value: SecretText | str) -> str:
    return value if isinstance(value, str) else value.reveal()


def _check_acted() -> str:
    return _("It may have been carried out: look before you try again.")


def _not_complete(host: str, seconds: float) -> str:
    if seconds >= 120:
        return ngettext(
            "The answer of {host} was not complete after {n} minute.",
            "The answer of {host} was not complete after {n} minutes.",
            round(seconds / 60),
            host=host,
        )
    return ngettext(
        "The answer of {host} was not complete after {n} second.",
        "The answer of {host} was not complete after {n} seconds.",
        round(seconds),
        host=host,
    )


def tracking_words(header: str, token: str) -> str:
    """Write a tracking token, a stranger's text, as error details quote it."""
    return f"({header}: {''.join(c for c in token[:80] if c.isascii() and c.isprintable())})"


def load() -> None:
    """Bring in the library and the certificates, a tenth of a second each the first time: for a thread."""
    import httpx

    from voipdesk.providers.tls import tls_context

    async def open_and_close() -> None:
        async with httpx.AsyncClient(verify=tls_context()):
            pass

    # Much of the library is loaded by its first client, and by its end: 80 ms that the window would stand still.
    asyncio.run(open_and_close())
