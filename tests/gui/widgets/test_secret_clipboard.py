import pytest
from PySide6.QtWidgets import QApplication

from voipdesk.gui.widgets.secret_clipboard import SecretClipboard


@pytest.fixture
def clipboard(qapp):
    clipboard = SecretClipboard()
    clipboard.ends = []
    clipboard.cleared.connect(lambda: clipboard.ends.append(1))
    yield clipboard
    clipboard.forget()
    clipboard.deleteLater()


def test_a_secret_is_marked_so_that_histories_leave_it_out(clipboard):
    clipboard.copy("hunter2")
    data = QApplication.clipboard().mimeData()
    assert data.text() == "hunter2"
    assert bytes(data.data("x-kde-passwordManagerHint")) == b"secret"
    for mark in (
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
        "org.nspasteboard.ConcealedType",
    ):
        assert data.hasFormat(mark)


def test_a_secret_is_taken_off_after_its_time(clipboard, qtbot):
    clipboard._timer.setInterval(20)
    clipboard.copy("hunter2")
    assert clipboard.holds
    qtbot.waitUntil(lambda: not clipboard.holds)
    assert QApplication.clipboard().text() == ""
    assert clipboard.ends == [1]


def test_what_was_copied_after_it_stays(clipboard):
    clipboard.copy("hunter2")
    QApplication.clipboard().setText("a number")
    assert clipboard.ends == [1]
    assert not clipboard._timer.isActive()
    clipboard.forget()
    assert QApplication.clipboard().text() == "a number"
    assert clipboard.ends == [1]


def test_the_time_of_a_second_secret_is_its_own(clipboard):
    clipboard.copy("one")
    clipboard.copy("two")
    assert clipboard.holds
    assert clipboard.ends == []
    clipboard.forget()
    assert QApplication.clipboard().text() == ""
    assert clipboard.ends == [1]
