"""A choice of several numbers."""

from PySide6.QtWidgets import QPushButton

from voipdesk.gui.dial.model import Choice
from voipdesk.gui.dial.number_choice import NumberChoice


def test_a_country_s_name_underlines_no_letter_of_a_number_s_button(qtbot):
    choice = NumberChoice()
    qtbot.addWidget(choice)
    choice.offer([Choice("+18686231234", "+1 868-623-1234 · Trinidad & Tobago")])
    button = choice.findChild(QPushButton)
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Take +1 868-623-1234 · Trinidad & Tobago"
