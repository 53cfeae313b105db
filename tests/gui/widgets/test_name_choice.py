import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from voipdesk.gui.widgets.name_choice import NameChoice


@pytest.fixture
def choice(qtbot):
    holder = QWidget()
    choice = NameChoice("Acting for", "Myself")
    QVBoxLayout(holder).addWidget(choice)
    qtbot.addWidget(holder)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    choice.picks = []
    choice.picked.connect(choice.picks.append)
    choice.offer([f"customer-{n:04}" for n in range(5000)])
    choice.setFocus()
    yield choice
    holder.close()


def typed(qtbot, choice, text, key=Qt.Key.Key_Return):
    choice.lineEdit().selectAll()
    qtbot.keyClicks(choice.lineEdit(), text)
    qtbot.keyClick(choice.lineEdit(), key)
    QApplication.processEvents()


def test_any_part_of_a_name_finds_it_and_enter_takes_it(choice, qtbot):
    choice.lineEdit().selectAll()
    qtbot.keyClicks(choice.lineEdit(), "r-4242")
    completer = choice.completer()
    assert completer.completionCount() == 1
    completer.popup().setCurrentIndex(completer.completionModel().index(0, 0))
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert choice.picks == ["customer-4242"]
    assert choice.name == choice.lineEdit().text() == "customer-4242"


def test_a_name_is_taken_as_it_is_offered_and_another_as_it_is_typed(choice, qtbot):
    typed(qtbot, choice, "CUSTOMER-0007")
    typed(qtbot, choice, "customer-0007")
    typed(qtbot, choice, "  Somebody else ")
    assert choice.picks == ["customer-0007", "Somebody else"]


@pytest.mark.parametrize("text", ["", "Myself"])
def test_nothing_typed_or_the_first_entry_is_nobody(choice, qtbot, text):
    choice.show_name("customer-0001")
    choice.lineEdit().clear()
    typed(qtbot, choice, text)
    assert choice.picks == [""]
    assert choice.lineEdit().text() == "Myself"


def test_half_a_name_left_standing_chooses_nothing_and_is_taken_back(choice, qtbot):
    choice.lineEdit().setText("customer-00")
    choice.lineEdit().editingFinished.emit()
    assert (choice.lineEdit().text(), choice.picks) == ("Myself", [])
    choice.lineEdit().setText("customer")
    choice._escape.activated.emit()
    assert choice.lineEdit().text() == "Myself"


def test_wheel_and_arrow_keys_choose_nobody(choice, qtbot):
    here = QPointF(5, 5)
    wheel = QWheelEvent(
        here,
        here,
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, wheel)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.view().isVisible()
    assert choice.picks == []
    choice.hidePopup()


def test_names_that_come_while_one_types_leave_what_is_typed(choice, qtbot):
    choice.lineEdit().selectAll()
    qtbot.keyClicks(choice.lineEdit(), "zeb")
    choice.offer(["zebra"])
    assert choice.lineEdit().text() == "zeb"
    assert choice.completer().model().stringList() == ["Myself", "zebra"]


def test_who_comes_to_choose_wants_the_names(choice, qtbot):
    wanted = []
    choice.names_wanted.connect(lambda: wanted.append(1))
    choice.showPopup()
    assert wanted
    choice.hidePopup()
