"""The registrar that tests have is a real one: real telephones sign in at it, and it tells who has."""

import subprocess
from pathlib import Path

import pytest

from tests.fakes.registrar import Registrar, free_ports

CONFIG = """sip_listen 127.0.0.1:{port}
net_interface 127.0.0.1
module_path /usr/lib/baresip/modules
module g711.so
module uuid.so
module_app account.so
module_app menu.so
"""


@pytest.fixture(scope="module")
def registrar():
    with Registrar({"100": "pw-100"}) as running:
        yield running


def phone(folder: Path, registrar: Registrar, password: str, transport: str = "udp") -> str:
    """Let a telephone try for some seconds; what it said."""
    port = free_ports(1)[0]
    (folder / "config").write_text(CONFIG.format(port=port))
    (folder / "contacts").write_text("")
    address = f"sip:{registrar.host}:{registrar.port};transport={transport}"
    (folder / "accounts").write_text(
        f'<sip:100@{registrar.domain};transport={transport}>;auth_pass={password};outbound="{address}";regint=60\n'
    )
    command = ["baresip", "-4", "-f", folder]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, **pipes, text=True) as running:
        said = []
        for line in running.stdout:
            said.append(line)
            if "[1 binding]" in line or "401 Unauthorized" in line:
                break
        contacts = [one.contact for one in registrar.registered()]
        running.terminate()
        return "".join([*said, running.stdout.read(), *contacts])


@pytest.mark.parametrize("transport", ["udp", "tcp"])
def test_a_telephone_signs_in_and_is_in_the_table_until_it_signs_out(registrar, tmp_path, transport):
    said = phone(tmp_path, registrar, "pw-100", transport)
    assert "200 OK" in said
    assert "sip:100-" in said, "it was in the table while it was signed in"
    assert "AUTHENTICATED REGISTER user=100" in registrar.log
    assert registrar.registered() == []


def test_a_wrong_password_is_refused(registrar, tmp_path):
    assert "401 Unauthorized" in phone(tmp_path, registrar, "another")
    assert registrar.registered() == []


def test_a_password_of_any_characters_is_changed_while_it_runs(registrar):
    registrar.set_password("new one", "p@ss \"w:rd;'\\%41 ü€")
    values = [slot["value"] for entry in registrar.rpc("htable.dump", "password") for slot in entry["slot"]]
    assert "p@ss \"w:rd;'\\%41 ü€" in values
    registrar.remove("new one")
