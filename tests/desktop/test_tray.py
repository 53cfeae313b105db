"""The tray's icon and menu, as Qt has them."""

import pytest
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QSystemTrayIcon

from voipdesk.core.resources import resource
from voipdesk.core.tray import RecentCall, TrayState
from voipdesk.desktop.tray import DesktopTray
from voipdesk.desktop.tray_icon import tray_icon

# Qt's own, of a platform that has no tray: what is on the icon and in the menu can be seen all the same
pytestmark = pytest.mark.qt_log_ignore("No such signal QPlatformNativeInterface::systemTrayWindowChanged")


@pytest.fixture
def base(qapp):
    return QIcon(str(resource("voipdesk.svg")))


@pytest.fixture
def tray(base):
    tray = DesktopTray(base)
    yield tray
    tray.close()


def entries(tray):
    return {
        action.text().replace("&&", "\0").replace("&", "").replace("\0", "&"): action for action in tray._menu.actions()
    }


def test_there_is_no_icon_before_there_is_a_tray_and_then_the_one_that_was_wished(tray):
    told = []
    tray.there_changed = told.append
    tray.show(TrayState(3, "voipdesk · 3 missed calls"))
    assert tray.qt_icon is None
    tray.set_there(True)
    tray.set_there(True)
    assert (tray.qt_icon.toolTip(), tray.qt_icon.isVisible()) == ("voipdesk · 3 missed calls", True)
    tray.set_there(False)
    assert not tray.qt_icon.isVisible()
    tray.set_there(True)
    assert tray.qt_icon.isVisible()
    assert told == [True, False, True]


def test_the_menu_does_what_it_says(tray):
    done = []
    tray.dial_asked = lambda number: done.append(("dial", number))
    tray.quick_dial_asked = lambda: done.append("quick dial")
    tray.quiet_asked = lambda on: done.append(("quiet", on))
    tray.open_asked = lambda: done.append("open")
    tray.quit_asked = lambda: done.append("quit")
    tray.set_there(True)
    evil = "Missed Ann & <b>Lee</b>\n" + "x" * 500
    tray.show(TrayState(1, "voipdesk · 1 missed call", (RecentCall(evil, "+44 20 7946 0958"),)))
    menu = entries(tray)
    (label,) = (text for text in menu if text.startswith("Missed"))
    assert label.startswith("Missed Ann & <b>Lee</b> xxx")
    assert len(label) == 60
    assert not menu["voipdesk · 1 missed call"].isEnabled()
    for text in (label, "Quick dial…", "Do not disturb", "Open voipdesk", "Quit"):
        menu[text].trigger()
    assert done == [("dial", "+44 20 7946 0958"), "quick dial", ("quiet", True), "open", "quit"]
    tray.show(TrayState(do_not_disturb=True))
    assert entries(tray)["Do not disturb"].isChecked()


def test_a_click_opens_the_window_and_the_middle_button_the_quick_dial_box(tray):
    done = []
    tray.open_asked = lambda: done.append("open")
    tray.quick_dial_asked = lambda: done.append("quick dial")
    tray.set_there(True)
    reasons = QSystemTrayIcon.ActivationReason
    for reason in (reasons.Trigger, reasons.MiddleClick, reasons.Context, reasons.DoubleClick):
        tray.qt_icon.activated.emit(reason)
    assert done == ["open", "quick dial", "open"]


def pixels(icon, edge=22):
    image = icon.pixmap(edge, edge).toImage()
    return [[image.pixelColor(x, y) for x in range(image.width())] for y in range(image.height())]


@pytest.mark.parametrize("edge", [16, 22, 32, 64])
def test_the_count_is_a_number_in_a_disc_with_a_rim_that_any_panel_shows(base, edge):
    """The badge is not told by its colour: its white rim and number stand out in lightness on it."""
    plain, three = (
        pixels(tray_icon(base, 0, do_not_disturb=False), edge),
        pixels(tray_icon(base, 3, do_not_disturb=False), edge),
    )
    changed = [three[y][x] for y in range(edge) for x in range(edge) if plain[y][x] != three[y][x]]
    assert len(changed) > edge * edge * 0.2
    assert any(colour.lightness() > 220 for colour in changed)
    assert any(colour.lightness() < 130 for colour in changed)


def test_states_have_pictures_of_their_own(base):
    states = [(0, False), (0, True), (1, False), (2, False), (9, True), (10, False), (99, False)]
    pictures = [
        str([[c.rgba() for c in row] for row in pixels(tray_icon(base, n, do_not_disturb=q))]) for n, q in states
    ]
    assert len(set(pictures)) == len(pictures) - 1, "ten and more are 9+"


def test_without_a_drawing_the_count_is_still_there(qapp):
    nothing = pixels(tray_icon(QIcon(), 3, do_not_disturb=False))
    assert any(colour.alpha() == 255 for row in nothing for colour in row)
    assert QIcon(QPixmap(1, 1)).pixmap(1, 1).toImage().pixelColor(0, 0) != QColor()
