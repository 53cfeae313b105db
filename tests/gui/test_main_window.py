"""The window's own words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QWidget

from tests.fakes.languages import dutch
from voipdesk.gui.main_window import MainWindow
from voipdesk.gui.messages import Messages
from voipdesk.gui.settings.notices_section import NoticesSection
from voipdesk.gui.settings.presenter import SettingsPane
from voipdesk.gui.widgets.shortcuts_dialog import ShortcutsDialog

TEXTS = {
    "Settings": "Instellingen",
    "Notices of missed calls": "Meldingen van gemiste gesprekken",
    "The dial field": "Het belveld",
}


def labels(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


async def test_panes_sections_and_shortcuts_are_named_in_the_language_spoken(desk, tasks, theme, qtbot, until):
    with dutch(TEXTS):
        window = MainWindow(theme, Messages(), QWidget(), "voipdesk")
        qtbot.addWidget(window)
        pane = SettingsPane([NoticesSection(desk.desktop_settings, desk.call_log, tasks)])
        window.add_panes([pane])
        window.offer(["settings"])
        window.go_to("settings")
        window.show()
        window.activateWindow()
        await until(window.isActiveWindow)
        assert window.findChild(QListWidget).item(0).text() == "Instellingen"
        assert "Meldingen van gemiste gesprekken" in labels(pane.widget)
        qtbot.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: window.findChild(ShortcutsDialog))
        assert "Het belveld" in labels(window.findChild(ShortcutsDialog))
        pane.close()
