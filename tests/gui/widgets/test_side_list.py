from PySide6.QtCore import QItemSelectionModel, Qt

from voipdesk.gui.widgets.choice_button import ChoiceButton
from voipdesk.gui.widgets.side_list import Entry, SideList


def test_panes_are_picked_by_keyboard_and_badges_are_read_out(qtbot, theme):
    picked = []
    side = SideList(theme)
    qtbot.addWidget(side)
    side.picked.connect(picked.append)
    side.show_entries([Entry("dial", "Dial", "dial"), Entry("call_log", "Call log", "call-log")])
    side.set_current("dial")
    assert picked == []
    qtbot.keyClick(side, Qt.Key.Key_Down)
    assert picked == ["call_log"]
    side.set_badge("call_log", "3")
    assert side.item(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Call log, 3"
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        side.setLayoutDirection(direction)
        side.grab()
    side.set_badge("call_log", "")
    side.set_current("nowhere")
    assert side.current == ""


def test_a_choice_is_made_by_keyboard(qtbot, theme):
    made = []
    choice = ChoiceButton(theme, "key", "Connect", "With a key.")
    qtbot.addWidget(choice)
    choice.clicked.connect(lambda: made.append(1))
    choice.show()
    choice.setFocus()
    choice.grab()
    qtbot.keyClick(choice, Qt.Key.Key_Space)
    assert made == [1]


def test_tab_to_it_goes_nowhere(theme, qtbot):
    side = SideList(theme)
    qtbot.addWidget(side)
    side.show_entries([Entry("dial", "Dial", "dial"), Entry("status", "Status", "status")])
    picked = []
    side.picked.connect(picked.append)
    side.show()
    side.activateWindow()
    qtbot.waitUntil(side.isActiveWindow)
    side.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(side.hasFocus)
    assert (picked, side.current) == ([], "")
    qtbot.keyClick(side, Qt.Key.Key_Down)
    assert picked == ["dial"]


def test_an_entry_that_a_screen_reader_selects_is_picked(theme, qtbot):
    side = SideList(theme)
    qtbot.addWidget(side)
    side.show_entries([Entry("dial", "Dial", "dial"), Entry("status", "Status", "status")])
    side.set_current("dial")
    picked = []
    side.picked.connect(picked.append)
    index = side.model().index(1, 0)
    side.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert (picked, side.current) == (["status"], "status")
