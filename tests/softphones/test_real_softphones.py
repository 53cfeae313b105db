"""What is made for a softphone, given to the softphone itself, signs in at a real registrar: its own table says so."""

import asyncio
import json
import os
import subprocess
import sys
from contextlib import ExitStack

import pytest

from tests.fakes.keyring_session import KeyringSession
from tests.fakes.registrar import Registrar, free_ports
from tests.softphones import phones
from tests.softphones.any_settings import PASSWORDS, made
from voipdesk.core.errors import BadInput
from voipdesk.services.sip_setup import SipSetup
from voipdesk.softphones import baresip, gnome_calls, linphone, twinkle

CLIENTS = {"baresip": baresip, "linphone": linphone, "twinkle": twinkle, "gnome": gnome_calls}
NAME = "Zoë <z> & Co; 'x', a:b"
"""A display name that has no character which one of them refuses."""
USERS = ("100-a.b_c", "a&b=c", "a+b", "a/b", "a'b(c)", "a,b", "a$b*c!d~e")
NAMES = [*map(str, range(len(PASSWORDS) - len(USERS))), *USERS]
"""A user name for each of the passwords."""
OLD_SIGNATURES = """
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = default
[default]
CipherString = DEFAULT:@SECLEVEL=0
"""
KEEP = """
import json, secretstorage, sys
collection = secretstorage.get_default_collection(secretstorage.dbus_init())
for label, attributes, password in json.load(open(sys.argv[1])):
    collection.create_item(label, {**attributes, "xdg:schema": "sm.puri.Calls"}, password.encode())
"""


@pytest.fixture(scope="module")
def registrar(tmp_path_factory):
    """Takes signatures by SHA-1 in TLS, and baresip does: it and Linphone, as Debian 12 has them, offer no other."""
    configuration = tmp_path_factory.mktemp("openssl") / "openssl.cnf"
    configuration.write_text(OLD_SIGNATURES)
    passwords = {f"{client}-{user}": pw for client in CLIENTS for user, pw in zip(NAMES, PASSWORDS, strict=True)}
    passwords |= {f"{client}-tls": "pw" for client in CLIENTS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENSSL_CONF", str(configuration))
        with Registrar(passwords) as running:
            yield running


def accounts(client, registrar, *, proxy=True):
    """Settings with each of the passwords and each of the user names, by outbound proxy and without, UDP and TCP."""
    for place, (user, password) in enumerate(zip(NAMES, PASSWORDS, strict=True)):
        through = {"domain": registrar.domain, "outbound_proxy": registrar.address}
        if not proxy or place % 3 == 2:
            through = {"domain": registrar.address}
        transport = ("udp", "tcp")[place % 2]
        name = NAME if place % 2 else ""
        yield made(username=f"{client}-{user}", password=password, transport=transport, display_name=name, **through)


def files(client, registrar):
    """What is made of the accounts, by user name, and the passwords that are refused."""
    taken, refused = {}, []
    for settings in accounts(client, registrar):
        try:
            taken[settings.username] = CLIENTS[client].set_up(settings, with_password=True)
        except BadInput:
            refused.append(settings.password)
    return taken, refused


def test_baresip_signs_in(registrar, tmp_path):
    taken, refused = files("baresip", registrar)
    assert refused == ['qu"ote', '"quoted"'], "a quote is all that it cannot take"
    secure = made(username="baresip-tls", domain=f"127.0.0.1:{registrar.tls_port}", password="pw", transport="tls")
    taken["baresip-tls"] = baresip.set_up(secure, with_password=True)
    (tmp_path / ".baresip").mkdir()
    (tmp_path / ".baresip/accounts").write_bytes(b"".join(file.content for file in taken.values()))
    with phones.baresip(tmp_path) as process:
        phones.wait_until_registered(registrar, taken, process)


def test_linphone_signs_in(registrar, tmp_path):
    taken, refused = files("linphone", registrar)
    assert refused == []
    secure = made(username="linphone-tls", domain=f"127.0.0.1:{registrar.tls_port}", password="pw", transport="tls")
    taken["linphone-tls"] = linphone.set_up(secure, with_password=True)
    uris = []
    for place, file in enumerate(taken.values()):
        (tmp_path / f"{place}.xml").write_bytes(file.content)
        uris.append((tmp_path / f"{place}.xml").as_uri())
    with phones.linphone(tmp_path, uris) as processes:
        phones.wait_until_registered(registrar, taken, *processes)


async def test_linphone_signs_in_with_what_it_fetches_from_the_address_that_is_valid_once(registrar, tmp_path):
    settings = made(
        username="linphone-once", password='q"< ü;%', domain=registrar.domain, outbound_proxy=registrar.address
    )
    registrar.set_password(settings.username, settings.password)
    handover = await SipSetup().hand_over("linphone", settings, "127.0.0.1", with_password=True)
    try:
        with phones.linphone(tmp_path, [handover.url]) as processes:
            await asyncio.to_thread(phones.wait_until_registered, registrar, [settings.username], *processes)
            assert (await handover.outcome()).whole
    finally:
        await handover.close()


def test_twinkle_signs_in(registrar, tmp_path):
    taken, refused = files("twinkle", registrar)
    assert refused == [" leading", "trailing "], "a blank at an end is all that it cannot take"
    (tmp_path / ".twinkle").mkdir()
    for place, file in enumerate(taken.values()):
        (tmp_path / f".twinkle/{place}.cfg").write_bytes(file.content)
    with phones.twinkle(tmp_path, [f"{place}.cfg" for place in range(len(taken))]) as process:
        phones.wait_until_registered(registrar, taken, process)


def test_gnome_calls_signs_in_with_its_passwords_in_the_keyring(registrar, home):
    settings, refused, groups = [], [], ""
    for place, one in enumerate(accounts("gnome", registrar, proxy=False)):
        try:
            text = gnome_calls.set_up(one, with_password=True).text
        except BadInput:
            refused.append(one.password)
        else:
            settings.append(one)
            groups += text.replace("[sip-00]", f"[sip-{place}]")
    assert refused == ["a&b,c:d@e"], "a colon is all that it cannot take"
    folder = home / ".config/calls"
    folder.mkdir()
    (folder / "sip-account.cfg").write_text(groups)
    kept = [(gnome_calls.secret_label(one), gnome_calls.secret_attributes(one), one.password) for one in settings]
    (home / "kept.json").write_text(json.dumps(kept))
    with KeyringSession() as session:
        session.run(KEEP, str(home / "kept.json"))
        with phones.gnome_calls({**os.environ, **session.environment}) as process:
            phones.wait_until_registered(registrar, {one.username for one in settings}, process)


def test_each_is_set_up_on_this_computer_beside_the_account_that_it_has(registrar, home):
    """By the command, with nothing typed into the softphone; the one it had signs in as before."""
    old, users = {}, []
    for client in ("baresip", "linphone", "twinkle", "gnome"):
        old[client] = made(username=f"{client}-0", password=PASSWORDS[0], domain=registrar.address)
        users += [f"{client}-0", f"{client}-tls"]
    folders = {name: home / name for name in (".baresip", ".twinkle", ".config/calls")}
    for folder in folders.values():
        folder.mkdir()
    (folders[".baresip"] / "accounts").write_bytes(baresip.set_up(old["baresip"], with_password=True).content)
    (folders[".twinkle"] / "old.cfg").write_bytes(twinkle.set_up(old["twinkle"], with_password=True).content)
    (folders[".config/calls"] / "sip-account.cfg").write_bytes(
        gnome_calls.set_up(old["gnome"], with_password=True).content
    )
    rc = f"[sip]\nsip_port={free_ports(1)[0]}\nsip_tcp_port=0\nregister_only_when_network_is_up=0\n"
    (home / ".linphonerc").write_bytes(
        rc.encode()
        + linphone.change({}, old["linphone"], with_password=True, replace=False).content.partition(b"[sip]\n")[2]
    )
    item = gnome_calls.keyring_item(old["gnome"])
    (home / "kept.json").write_text(
        json.dumps([(item.label, gnome_calls.secret_attributes(old["gnome"]), PASSWORDS[0])])
    )
    with KeyringSession() as session:
        session.run(KEEP, str(home / "kept.json"))
        for client, key in {"baresip": "", "linphone": "", "twinkle": "", "gnome": "gnome-calls"}.items():
            done = subprocess.run(
                [
                    *(sys.executable, "-m", "voipdesk", "sip", "setup", "--client", key or client, "--with-password"),
                    *("--user", f"{client}-tls", "--domain", registrar.address),
                ],
                input="pw\n", text=True, capture_output=True, env=session.environment, timeout=120, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert "Added to " in done.stderr
            assert "To undo it" in done.stderr
        with ExitStack() as stack:
            processes = [
                stack.enter_context(phones.baresip(home)),
                stack.enter_context(phones.linphone_at_home(home)),
                stack.enter_context(phones.twinkle(home, [file.name for file in folders[".twinkle"].glob("*.cfg")])),
                stack.enter_context(phones.gnome_calls({**os.environ, **session.environment})),
            ]
            phones.wait_until_registered(registrar, users, *processes)


@pytest.mark.parametrize(
    ("client", "values"),
    [
        ("baresip", {"display_name": 'a"b'}),
        ("twinkle", {"display_name": "a\\b"}),
        ("gnome", {"display_name": 'a"b'}),
        ("linphone", {"username": "a;b"}),
        ("gnome", {"username": "a;b"}),
        ("gnome", {"username": "a,b"}),
        ("baresip", {"username": "a?b"}),
    ],
)
def test_what_was_seen_not_to_sign_in_is_refused(client, values):
    with pytest.raises(BadInput, match="cannot hold the character"):
        CLIENTS[client].set_up(made(**values), with_password=True)
