"""Apidaze's commands about external scripts, and what the addresses of some answer.

Source: KPN API Store, Apidaze Voice 1.1.1, "Manage XML scripting API requests"; Apidaze, Script Reference.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import Response, StreamingResponse

from voipdesk.demo import apidaze_answers as answers
from voipdesk.demo.answers import answer
from voipdesk.demo.apidaze_sip import listed, shown, single
from voipdesk.demo.apidaze_switches import ScriptDomain
from voipdesk.demo.faults import Operation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from voipdesk.demo.apidaze_asked import Asked

_SLOW_S = 120
_HUGE = 64
"""Pieces of 64 KiB."""
_MAIN = (
    '<?xml version="1.0" encoding="UTF-8"?><document><work><answer/><wait>1</wait>'
    '<speak lang="en-US">Welcome to Harbour Telecom. For sales, press 1. For support, press 2.</speak>'
    '<dial caller-id="441632960200"><number>441632960201</number></dial><hangup/></work></document>'
)
PAGES = {
    "/main.xml": _MAIN,
    "/french.xml": '<document><work><speak lang="fr-FR">Bonjour, ne quittez pas.</speak></work></document>',
    "/broken.xml": "<document>\n  <work>\n    <speak>Welcome\n  </work>\n</document>",
    "/entities.xml": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><document><speak>&b;</speak></document>',
    "/page.html": "<!DOCTYPE html><html><body><p>It works!<br></body></html>",
    "/empty.xml": "",
}
"""What addresses answer by their path, on whatever host; beside these /slow.xml and /huge.xml. All others do not."""


def _list(asked: Asked) -> Response:
    return listed(asked, [one.written() for one in asked.account.scripts.values()])


def _read(asked: Asked) -> Response:
    return single(asked, asked.script().written())


def _create(asked: Asked) -> Response:
    url = _url(asked.form.get("url", ""))
    same = [
        one
        for one in asked.account.scripts.values()
        if asked.switches.script_domain is ScriptDomain.ACCOUNT or urlsplit(one.url).hostname == urlsplit(url).hostname
    ]
    if same:
        raise answers.Refused(asked.switches.script_there, "Only one external script is allowed per domain")
    if asked.switches.failure:
        return answer({"failure": asked.switches.failure}, 202)
    made = asked.account.new_script(url, asked.form.get("name", ""))
    asked.account.created.append(url)
    return shown(asked, made.written(), asked.switches.created)


def _update(asked: Asked) -> Response:
    found, url = asked.script(), _url(asked.form.get("url", ""))
    if asked.switches.failure:
        return answer({"failure": asked.switches.failure}, 202)
    found.url, found.updated_at = url, asked.account.stamp()
    if "name" in asked.form or asked.switches.put_resets:
        found.name = asked.form.get("name", "")
    asked.account.updated.append(url)
    return shown(asked, found.written(), asked.switches.updated)


def _delete(asked: Asked) -> Response:
    found = asked.script()
    del asked.account.scripts[found.id]
    asked.account.deleted.append(found.url)
    return answers.nothing(204) if asked.switches.deleted == 204 else answer({"ok": ""}, asked.switches.deleted)


def _test(asked: Asked) -> Response:
    path = urlsplit(_url(asked.query.get("url", ""))).path
    if path == "/slow.xml":
        return StreamingResponse(_slowly(), media_type="application/xml")
    if path == "/huge.xml":
        return StreamingResponse(_hugely(), media_type="application/xml")
    if path not in PAGES:
        raise answers.Refused(400, "The URL did not answer: connection refused")
    page = PAGES[path]
    if asked.switches.test_in_json:
        return answer({"url": asked.query["url"], "content": page})
    return Response(page, media_type="text/html" if path.endswith(".html") else "application/xml")


async def _slowly() -> AsyncIterator[bytes]:
    yield b"<document>"
    for _ in range(_SLOW_S):
        await asyncio.sleep(1)
        yield b" "
    yield b"</document>"


async def _hugely() -> AsyncIterator[bytes]:
    yield b"<document>"
    for _ in range(_HUGE):
        yield b"<wait/> " * 8_192
        await asyncio.sleep(0)  # lets it be noticed that nobody listens any more
    yield b"</document>"


def _url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise answers.Refused(400, "url must be a valid URL")
    return url


HANDLERS: dict[Operation, Callable[[Asked], Response]] = {
    Operation.SCRIPTS: _list,
    Operation.SCRIPT: _read,
    Operation.CREATE_SCRIPT: _create,
    Operation.UPDATE_SCRIPT: _update,
    Operation.DELETE_SCRIPT: _delete,
    Operation.TEST_SCRIPT: _test,
}
