"""The demo can stand on real telephones: each dial that is accepted rings them, at whichever service, and no other."""

import httpx
import pytest

from voipdesk.demo.server import DemoServer
from voipdesk.demo.yay_people import sip_users

OWN = sip_users(7, "")[0]


class Written:
    """Telephones that write down whom they would ring."""

    def __init__(self) -> None:
        self.rung: list[tuple[str, str]] = []

    def connect(self, extension: str, number: str) -> None:
        self.rung.append((extension, number))


@pytest.fixture(scope="module")
def telephones():
    return Written()


@pytest.fixture(scope="module")
def demo_server(telephones):
    with DemoServer(seed=7, calls=10, customers=5, yay_calls=0, telephones=telephones) as server:
        yield server


def test_a_dial_rings_and_one_that_is_refused_does_not(demo, client, telephones):
    dial = {"user_number": "7040", "number_to_call": "7042"}
    assert client.post("/v1/call-to-number", data={**dial, "user_number": "9999"}).json()["code"] == 404
    assert telephones.rung == []
    assert client.post("/v1/call-to-number", data=dial).json()["code"] == 200
    assert telephones.rung.pop() == ("7040", "7042")
    assert telephones.rung == []


def test_so_does_one_at_yay(demo, telephones):
    headers = {
        "X-Auth-Reseller": demo.yay.reseller,
        "X-Auth-User": demo.yay.user,
        "X-Auth-Password": demo.yay.password,
    }
    with httpx.Client(base_url=demo.base_url, headers=headers, trust_env=False, verify=False, timeout=10) as yay:
        answer = yay.post("/voip/call", json={"user_uuid": OWN.uuid, "destination": "+442079460958"})
    assert answer.status_code == 200, answer.text
    assert telephones.rung.pop() == (str(OWN.extension), "+442079460958")
