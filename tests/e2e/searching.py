"""Programs that talk as much as they can, and the search for a secret in whatever they leave behind."""

import base64
import json
from functools import cache
from urllib.parse import quote, quote_plus

LOUD = "import logging\nlogging.basicConfig(level=logging.DEBUG)\n"
BUG = """
from voipdesk.providers.http import Http
async def buggy(self, client, request, *more):
    secrets = [v if isinstance(v, str) else v.reveal() for v in self._headers.values()]
    raise RuntimeError("a planted bug, with the secrets in a frame")
Http._stream = buggy
"""


@cache
def forms(secret: str) -> frozenset[bytes]:
    """Write a secret in all the ways it could lie about, pieces of it included."""
    raw = secret.encode()
    found = {raw, raw[:12], raw[-12:], raw[::-1], raw.hex().encode(), secret.encode("utf-16-le")}
    found |= {quote(secret).encode(), quote(secret, safe="").encode(), quote_plus(secret).encode()}
    found |= {json.dumps(secret)[1:-1].encode(), secret.replace("&", "&amp;").encode()}
    for shift in range(3):  # wherever it begins in what was encoded
        encoded = base64.b64encode(b"\0" * shift + raw)[4 if shift else 0 : -4]
        found |= {encoded, encoded.replace(b"+", b"-").replace(b"/", b"_")}
    return frozenset(found)


def assert_nowhere(secret: str, where: str, content: bytes) -> None:
    for form in forms(secret):
        place = content.find(form)
        assert place < 0, f"{where} holds a secret, as {form}: {content[max(0, place - 300) : place + 100]}"
