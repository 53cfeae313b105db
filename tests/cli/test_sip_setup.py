"""A softphone of this computer set up from the command line."""

import shutil

import pytest

from voipdesk.demo.yay_people import sip_users

OWN = sip_users(1, "")[0]
TYPED = ("sip", "setup", "--user", "1001", "--domain", "sip.example.com")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Installs softphones by the names of their programs, and no other."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = shutil.which("true")
    monkeypatch.setenv("PATH", str(folder))
    return lambda *names: [(folder / name).symlink_to(program) for name in names]


def test_the_only_one_is_set_up_with_a_services_account(reseller, home, installed):
    installed("baresip")
    ended = reseller("sip", "setup", OWN.login, "--with-password")
    assert (ended.code, ended.out) == (0, "")
    file = home / ".baresip/accounts"
    assert f"Added to {file}" in ended.err
    assert f"delete “{file}”" in ended.err
    assert OWN.password in file.read_text()
    assert OWN.password not in ended.err


def test_one_that_is_there_is_replaced_only_when_asked_for(run, home, installed):
    installed("baresip", "twinkle")
    baresip = (*TYPED, "--client", "baresip")
    assert run(*baresip).code == 0
    refused = run(*baresip, "--display-name", "Ann")
    assert refused.code == 2
    assert "already has the account 1001@sip.example.com" in refused.err
    assert "--replace" in refused.err
    replaced = run(*baresip, "--display-name", "Ann", "--replace")
    assert replaced.code == 0
    assert "Replaced in " in replaced.err
    assert "As it was before: " in replaced.err
    assert '"Ann"' in (home / ".baresip/accounts").read_text()


def test_which_one_is_asked_for_where_there_is_not_one(run, installed):
    assert "No softphone" in run(*TYPED).err
    installed("baresip", "twinkle")
    ended = run(*TYPED)
    assert ended.code == 2
    assert "--client: baresip, twinkle" in ended.err
    assert "Linphone is not installed" in run(*TYPED, "--client", "linphone").err
