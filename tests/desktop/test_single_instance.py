"""The open window's side of the hand-over, on Qt's loop and real sockets."""

import os
import socket
import sys
import threading

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent

from voipdesk.desktop import single_instance
from voipdesk.desktop.arrivals import DesktopArrivals
from voipdesk.desktop.hand_over import hand_over, hand_over_or_claim
from voipdesk.desktop.message import LONGEST, REFUSED, Message


@pytest.fixture
def came():
    return []


@pytest.fixture
def arrivals(qapp, tmp_path):
    claim = hand_over_or_claim(str(tmp_path / "h"), Message())
    arrivals = DesktopArrivals(qapp, claim)
    yield arrivals
    arrivals.close()
    claim.release()
    arrivals.deleteLater()


@pytest.fixture
def send(tmp_path, qtbot):
    """Hand over from another thread, as another process would, while Qt's loop runs here."""

    def send(*messages):
        answers = []
        threads = [
            threading.Thread(target=lambda m=m: answers.append(hand_over(str(tmp_path / "h"), m))) for m in messages
        ]
        for thread in threads:
            thread.start()
        qtbot.waitUntil(lambda: len(answers) == len(messages), timeout=20_000)
        for thread in threads:
            thread.join()
        return answers

    return send


@pytest.fixture
def connect(arrivals):
    """A connection without the program's own manners."""
    peers = []

    def connect(data=b""):
        peer = socket.socket(socket.AF_UNIX)
        peer.connect(f"{arrivals._claim.path}.sock")
        peer.sendall(data)
        peer.setblocking(False)
        peers.append(peer)
        return peer

    yield connect
    for peer in peers:
        peer.close()


def answered(peer, qtbot):
    """What is answered until the connection ends."""
    said = []

    def ended():
        try:
            said.append(peer.recv(100))
        except BlockingIOError:
            return False
        except ConnectionResetError:
            said.append(b"")
        return said[-1] == b""

    qtbot.waitUntil(ended, timeout=20_000)
    return b"".join(said)


def test_what_others_send_is_delivered_and_answered(arrivals, came, send):
    arrivals.deliver_to(lambda *what: came.append(what))
    assert send(Message("tel:7042", "dial", "t")) == [True]
    assert came == [("tel:7042", "dial", "t")]


def test_what_receives_is_loaded_when_somebody_comes(arrivals, came, send, monkeypatch):
    monkeypatch.delitem(sys.modules, "voipdesk.desktop.single_instance")
    arrivals.deliver_to(lambda *what: came.append(what[0]))
    arrivals.deliver_to(lambda *what: came.append(what[0]))
    assert "voipdesk.desktop.single_instance" not in sys.modules
    assert send(Message("tel:1")) == [True]
    assert send(Message("tel:2")) == [True]
    assert came == ["tel:1", "tel:2"]
    assert "voipdesk.desktop.single_instance" in sys.modules


def test_a_hundred_at_once_all_arrive(arrivals, came, send):
    arrivals.deliver_to(lambda *what: came.append(what[0]))
    assert send(*(Message(f"tel:{n}") for n in range(100))) == [True] * 100
    assert sorted(came) == sorted(f"tel:{n}" for n in range(100))


def test_what_comes_before_the_window_is_ready_waits_for_it(arrivals, came, connect, qtbot):
    connect(b"voipdesk 1\0tel:1\0\0\0")
    arrivals.deliver_to(lambda *what: came.append(what[0]))
    qtbot.waitUntil(lambda: came == ["tel:1"], timeout=20_000)


def test_between_two_sessions_it_is_kept(arrivals, came, send):
    arrivals.deliver_to(lambda *_what: came.append("first"))
    arrivals.deliver_to(None)
    send(Message("tel:2"))
    assert came == []
    arrivals.deliver_to(lambda *what: came.append(what[0]))
    assert came == ["tel:2"]


@pytest.mark.parametrize("data", [b"\0\0\0\0", b"GET / HTTP/1.1\r\n\0\0\0\0", b"x" * (LONGEST + 1)])
def test_what_is_no_message_is_refused(arrivals, came, connect, qtbot, data):
    arrivals.deliver_to(lambda *what: came.append(what))
    assert answered(connect(data), qtbot) in {REFUSED, b""}
    assert came == []


def test_who_says_nothing_is_not_waited_for(arrivals, came, connect, qtbot, monkeypatch):
    monkeypatch.setattr(single_instance, "_WITHIN_MS", 50)
    arrivals.deliver_to(lambda *what: came.append(what))
    assert answered(connect(b"voipdesk 1\0"), qtbot) == b""
    assert came == []


def test_another_user_is_not_heard(arrivals, came, connect, qtbot, monkeypatch):
    arrivals.deliver_to(lambda *what: came.append(what))
    me = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: me + 1)
    assert answered(connect(b"voipdesk 1\0tel:1\0\0\0"), qtbot) == b""
    assert came == []


def test_a_window_that_closes_leaves_those_who_wait_to_the_next(arrivals, tmp_path):
    arrivals.deliver_to(lambda *_what: None)
    path = arrivals._claim.path
    arrivals.close()
    with socket.socket(socket.AF_UNIX) as peer, pytest.raises(OSError, match=r"refused|No such file"):
        peer.connect(f"{path}.sock")


def test_the_event_by_which_macos_opens_a_link_is_an_arrival(qapp, arrivals, came):
    arrivals.deliver_to(lambda *what: came.append(what))
    qapp.installEventFilter(arrivals)
    qapp.sendEvent(qapp, QFileOpenEvent(QUrl("tel:+44%2020%207946%200000")))
    qapp.sendEvent(qapp, QFileOpenEvent("tel://+44 20 7946 0000"))
    qapp.removeEventFilter(arrivals)
    assert [link for link, _, _ in came] == ["tel:+44%2020%207946%200000", "tel://+44 20 7946 0000"]
