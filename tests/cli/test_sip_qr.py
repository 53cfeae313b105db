"""A SIP account handed to a phone: the command in a process of its own, fetched from as a phone does."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from voipdesk.cli import sip_qr
from voipdesk.core.errors import BadInput, Unreachable
from voipdesk.core.handover import Place
from voipdesk.demo.yay_people import sip_users

OWN = sip_users(1, "")[0]
TYPED = ("--user", "1001", "--domain", "sip.example.com")


class Serving:
    """The command while it serves; `url` is the first line that it prints."""

    def __init__(self, *argv, password=""):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "voipdesk", "sip", "qr", *argv],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(os.environ),
        )
        self.process.stdin.write(f"{password}\n")
        self.process.stdin.close()
        self.process.stdin = None
        self.url = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()

    def ended(self):
        out = self.process.stdout.read()  # communicate() passes over what came together with the first line
        _, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


def test_a_phone_fetches_it_once_and_the_command_says_by_whom():
    with Serving(*TYPED, "--with-password", password="hunter2") as serving:
        assert serving.url.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(serving.url, timeout=30) as answer:
            assert b">hunter2<" in answer.read()
            assert answer.headers["Cache-Control"] == "no-store"
        code, out, err = serving.ended()
        assert code == 0
        assert "Fetched by 127.0.0.1 at " in err
        assert "█" in out
        assert "hunter2" not in out + err
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(serving.url, timeout=30)


def test_without_being_asked_it_hands_over_no_password_and_says_so(reseller, demo, tmp_path):
    picture = tmp_path / "code.png"
    with Serving(
        OWN.login, "--secret-stdin", "--client", "zoiper", "--output", str(picture), password=demo.yay.password
    ) as serving:
        with urllib.request.urlopen(serving.url, timeout=30) as answer:
            text = answer.read().decode()
        code, out, err = serving.ended()
    assert code == 0
    assert f"<username>{OWN.login}</username>" in text
    assert OWN.password not in text
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert out == ""
    assert "The password is not in it" in err


def test_ctrl_c_ends_it_and_the_address():
    with Serving(*TYPED) as serving:
        serving.process.send_signal(signal.SIGINT)
        assert serving.ended()[0] == 130
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(serving.url, timeout=30)


def test_nobody_coming_is_exit_code_5(run, monkeypatch):
    from voipdesk.softphones.handover import Handover

    opened = Handover.open
    monkeypatch.setattr(Handover, "open", lambda file, host: opened(file, host, lasts_s=0.1))
    ended = run("sip", "qr", *TYPED)
    assert ended.code == 5
    assert "Nobody has fetched it" in ended.err
    assert "firewall" in ended.err


def test_one_that_broke_off_is_told():
    from datetime import UTC, datetime

    from voipdesk.core.handover import Fetched

    with pytest.raises(Unreachable, match=r"192\.0\.2\.9 has begun"):
        sip_qr._tell(Fetched(datetime.now(UTC), "192.0.2.9", whole=False))


def test_the_network_is_used_when_asked_for(capsys):
    here = Place("127.0.0.1", "", this_computer_only=True)
    first, second = Place("10.0.0.3", ""), Place("192.168.1.7", "")
    assert sip_qr._place((here, first, second), None) == here
    assert sip_qr._place((here, first, second), "192.168.1.7") == second
    assert capsys.readouterr().err == ""
    assert sip_qr._place((here, first, second), "any") == first
    assert "10.0.0.3, 192.168.1.7" in capsys.readouterr().err
    with pytest.raises(BadInput, match="not an address of this computer"):
        sip_qr._place((here, first), "127.0.0.1")
    with pytest.raises(BadInput, match="no network"):
        sip_qr._place((here,), "any")


def test_a_picture_is_a_png_or_an_svg_and_does_not_replace_one(run, tmp_path):
    assert run("sip", "qr", *TYPED, "--output", str(tmp_path / "code.jpg")).code == 2
    (tmp_path / "code.svg").write_text("mine")
    ended = run("sip", "qr", *TYPED, "--output", str(tmp_path / "code.svg"))
    assert ended.code == 2
    assert "--force" in ended.err
    assert (tmp_path / "code.svg").read_text() == "mine"
