"""What a menu says of keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from voipdesk.gui.widgets.menu_text import with_key


def test_a_key_stands_behind_the_text_as_the_system_writes_it(qapp):
    assert with_key("Copy number", QKeySequence.StandardKey.Copy) == "Copy number\tCtrl+C"
    assert with_key("Details", Qt.Key.Key_Space) == "Details\tSpace"
