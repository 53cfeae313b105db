"""The fences that tests/conftest.py puts around every test stand."""

import asyncio
import os
import socket
import time
from pathlib import Path

import keyring.core
import pytest

Refused = pytest.fail.Exception


def test_another_machine_is_out_of_reach():
    with socket.socket() as tcp, pytest.raises(Refused, match=r"192\.0\.2\.1"):
        tcp.connect(("192.0.2.1", 80))


def test_a_name_is_not_looked_up():
    with pytest.raises(Refused, match=r"example\.com"):
        socket.create_connection(("example.com", 80))


async def test_asyncio_s_connections_are_fenced_too():
    with pytest.raises(Refused, match=r"example\.com"):
        await asyncio.open_connection("example.com", 443)


def test_a_name_that_cannot_exist_is_answered_as_a_resolver_would():
    with pytest.raises(socket.gaierror):
        socket.create_connection(("pbx.invalid", 443))


def test_this_machine_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1])).close()


def test_home_is_empty_and_everything_is_kept_below_it(home):
    assert Path.home() == home
    assert [file for file in home.rglob("*") if file.is_file()] == []
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR", "VOIPDESK_HOME"):
        assert Path(os.environ[variable]).is_relative_to(home)


def test_no_keyring_is_asked():
    assert type(keyring.core.load_env()).__module__ == "keyring.backends.null"


def test_local_time_is_not_utc():
    assert time.localtime(0).tm_hour == 1
