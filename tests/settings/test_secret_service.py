"""A password kept for another program in a real Secret Service; what fails says so without the password."""

import pytest

from tests.fakes.keyring_session import KeyringSession
from voipdesk.core.errors import KeyringFailed
from voipdesk.settings.secret_service import keep_for_program

KEEP = """
import asyncio
from voipdesk.settings.secret_service import keep_for_program
for password in ("old", "hünter 2"):
    asyncio.run(keep_for_program("Mine", {"server": "a", "protocol": "sip"}, password))
import secretstorage
found = list(secretstorage.search_items(secretstorage.dbus_init(), {"server": "a"}))
print(len(found), found[0].get_label(), found[0].get_secret().decode())
"""
LOCKED = """
import asyncio
from voipdesk.core.errors import KeyringFailed
from voipdesk.settings.secret_service import keep_for_program
try:
    asyncio.run(keep_for_program("Mine", {}, "hunter2"))
except KeyringFailed as error:
    print(error, error.details)
"""


def test_it_is_kept_in_place_of_an_older_one(home):
    with KeyringSession() as session:
        assert session.run(KEEP) == "1 Mine hünter 2"


def test_without_a_keyring_that_opens_it_is_said(home):
    with KeyringSession(unlocked=False) as session:
        said = session.run(LOCKED)
    assert said.startswith("The ")
    assert "keyring" in said
    assert "hunter2" not in said


async def test_without_a_session_it_is_said(monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    with pytest.raises(KeyringFailed, match="could not be put"):
        await keep_for_program("Mine", {}, "hunter2")
