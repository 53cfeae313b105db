"""A demo server whose clock stands still on a Wednesday afternoon, and a client with its key."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.demo_server import demo  # noqa: F401 - a fixture, asked for by its name
from voipdesk.demo.server import DemoServer

NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo_server():
    with DemoServer(seed=7, calls=2_000, now=NOW, frozen=True) as server:
        yield server


@pytest.fixture
def client(demo):  # noqa: F811 - the fixture
    with httpx.Client(
        base_url=f"{demo.base_url}/api/integration",
        headers={"token": demo.api_key},
        timeout=10,
        trust_env=False,
        verify=False,
    ) as client:
        yield client


@pytest.fixture
def kpn(demo):  # noqa: F811 - the fixture
    """A client of the demo's Apidaze, with a token."""
    with httpx.Client(base_url=demo.apidaze.base_url, timeout=10, trust_env=False, verify=False) as client:
        asked = client.post(demo.apidaze.token_url, data=grant(demo.apidaze))
        client.headers["Authorization"] = f"Bearer {asked.json()['access_token']}"
        yield client


def grant(handle, **others):
    """What a token is asked for with."""
    return {
        "grant_type": "client_credentials",
        "client_id": handle.client_id,
        "client_secret": handle.client_secret,
        **others,
    }


@pytest.fixture
def yay(demo):  # noqa: F811 - the fixture
    """A client of the demo's Yay with the reseller's credentials."""
    handle = demo.yay
    with httpx.Client(
        base_url=demo.base_url,
        headers={
            "X-Auth-Reseller": handle.reseller,
            "X-Auth-User": handle.user,
            "X-Auth-Password": handle.password,
        },
        timeout=10,
        trust_env=False,
        verify=False,
    ) as client:
        yield client
