"""One window for each home: who comes first takes the place, who comes later hands over."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from voipdesk.desktop import hand_over as module
from voipdesk.desktop.hand_over import hand_over, hand_over_or_claim
from voipdesk.desktop.meeting_place import meeting_place
from voipdesk.desktop.message import REFUSED, TAKEN, Message, unpack


@pytest.fixture
def first(tmp_path):
    claim = hand_over_or_claim(str(tmp_path / "h"), Message())
    yield claim
    claim.release()


def answer_with(claim, answer, heard):
    """Be the window for one connection."""

    def serve():
        claim.listener.settimeout(20)
        peer, _ = claim.listener.accept()
        with peer:
            heard.append(unpack(peer.recv(9_000)))
            if answer:
                peer.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


def test_the_second_hands_its_link_to_the_first(first, tmp_path):
    heard = []
    serving = answer_with(first, TAKEN, heard)
    assert hand_over_or_claim(str(tmp_path / "h"), Message("tel:7042", "sip", "token")) is None
    serving.join()
    assert [(m.link, m.pane, m.token) for m in heard] == [("tel:7042", "sip", "token")]


def test_a_start_that_is_to_stay_hidden_leaves_the_open_window_in_peace(first, tmp_path):
    heard = []
    serving = answer_with(first, b"", heard)
    assert hand_over_or_claim(str(tmp_path / "h"), None) is None
    serving.join()
    assert heard == [None]


def test_a_home_is_the_same_however_it_is_written(first, tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(tmp_path / "h")
    monkeypatch.chdir(tmp_path)
    assert {meeting_place(home) for home in (str(tmp_path / "h"), "h", "./link", "h/")} == {first.path}


def test_another_home_has_a_window_of_its_own(first, tmp_path):
    other = hand_over_or_claim(str(tmp_path / "other"), Message())
    assert other is not None
    other.release()
    default = hand_over_or_claim("", Message())
    assert default.path.endswith("/default")
    default.release()


def test_a_link_is_handed_to_a_window_only_where_there_is_one(tmp_path):
    assert hand_over(str(tmp_path / "h"), Message("tel:1")) is False
    claim = hand_over_or_claim(str(tmp_path / "h"), Message())
    assert claim is not None, "asking took no place"
    claim.release()


def test_what_a_killed_window_left_is_replaced(tmp_path):
    home = str(tmp_path / "h")
    hold = (
        "import sys, time; from voipdesk.desktop.hand_over import hand_over_or_claim; "
        "from voipdesk.desktop.message import Message; claim = hand_over_or_claim(sys.argv[1], Message()); "
        "print('there', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", hold, home], stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout.readline() == "there\n"
        killed.kill()
    assert Path(f"{meeting_place(home)}.sock").exists()
    claim = hand_over_or_claim(home, Message())
    assert claim is not None
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(f"{claim.path}.sock")
    claim.release()


def test_a_window_that_ends_before_it_answers_is_followed_by_the_next(first, tmp_path):
    heard = []
    serving = answer_with(first, b"", heard)
    ended = threading.Thread(target=lambda: (serving.join(), first.release()))
    ended.start()
    claim = hand_over_or_claim(str(tmp_path / "h"), Message("tel:1"))
    ended.join()
    assert claim is not None
    claim.release()
    first.__class__._lock.__set__(first, os.open(os.devnull, os.O_RDONLY))  # for the fixture to close


def test_a_window_that_does_not_take_it_is_said(first, tmp_path):
    serving = answer_with(first, REFUSED, [])
    with pytest.raises(PermissionError):
        hand_over_or_claim(str(tmp_path / "h"), Message("tel:1"))
    serving.join()


def test_a_window_that_hangs_is_waited_for_no_longer_than_patience_lasts(first, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_S", 0.2)
    with pytest.raises(TimeoutError):
        hand_over_or_claim(str(tmp_path / "h"), Message("tel:1"))


def test_lock_and_socket_are_where_nobody_else_can_reach_them(first):
    folder = Path(first.path).parent
    assert folder.stat().st_mode & 0o777 == 0o700
    assert folder == Path(os.environ["XDG_RUNTIME_DIR"]) / "voipdesk"


def test_a_folder_that_others_may_enter_is_not_used(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "voipdesk").mkdir(mode=0o755)
    with pytest.raises(PermissionError):
        meeting_place("")
    (tmp_path / "voipdesk").rmdir()
    (tmp_path / "voipdesk").symlink_to(tmp_path)
    with pytest.raises(PermissionError):
        meeting_place("")


@pytest.mark.parametrize("runtime", ["", "relative", "/" + "long" * 30])
def test_without_a_usable_runtime_folder_there_is_one_of_the_users_own(monkeypatch, runtime):
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    assert meeting_place("") == f"/tmp/voipdesk-{os.getuid()}/default"


def test_handing_over_loads_nothing_dear():
    program = (
        "import sys; import voipdesk.__main__, voipdesk.desktop.hand_over, voipdesk.desktop.start; "
        "print(sorted({'PySide6', 'httpx', 'asyncio', 'typing', 'msgspec', 'pathlib', 'argparse', 'json', 'logging', "
        "'gettext', 'voipdesk.core.language'} "
        "& set(sys.modules)))"
    )
    # isolated, for what a .pth file of the tests' own tools would load
    ended = subprocess.run([sys.executable, "-S", "-c", f"sys = __import__('sys'); sys.path.append('.'); {program}"],
                           capture_output=True, text=True, check=True)  # fmt: skip
    assert ended.stdout == "[]\n"
