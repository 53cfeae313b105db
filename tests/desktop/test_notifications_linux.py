"""Notifications, at a server by hand on a real session bus."""

import pytest

from tests.fakes.notification_server import NotificationServer
from voipdesk.core.notices import Notice, Press
from voipdesk.desktop.notifications_linux import BusNotifications

EVIL = "Ann <a href='http://evil.example/'>Lee</a> & Co\n<img src=x>\x00"


@pytest.fixture
async def notifications(bus):
    notifications = BusNotifications(bus)
    notifications.presses = []
    notifications.pressed = lambda *press: notifications.presses.append(press)
    yield notifications
    await notifications.close()


@pytest.fixture
async def server(bus_address):
    async with NotificationServer(bus_address) as server:
        yield server


async def test_a_notice_is_shown_with_its_button(notifications, server):
    await notifications.show(Notice("1", "Missed call from Ann Lee", "+44 20 7946 0958", "Call back"))
    (shown,) = server.shown.values()
    assert (shown.title, shown.body) == ("Missed call from Ann Lee", "+44 20 7946 0958")
    assert shown.actions == ("default", "Show", "button", "Call back")
    assert shown.hints["desktop-entry"] == ("s", "voipdesk")


async def test_what_comes_from_outside_carries_no_markup(notifications, server):
    await notifications.show(Notice("1", EVIL, EVIL))
    (shown,) = server.shown.values()
    plain = "Ann <a href='http://evil.example/'>Lee</a> & Co <img src=x>"
    assert shown.title == plain, "titles are plain text by the specification"
    assert shown.body == plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


async def test_a_server_without_markup_gets_plain_text(notifications, bus_address):
    async with NotificationServer(bus_address, ["body"]) as server:
        await notifications.show(Notice("1", "A & B", "<b>", "Call back"))
        (shown,) = server.shown.values()
        assert (shown.title, shown.body, shown.actions) == ("A & B", "<b>", ())


async def test_a_server_without_bodies_has_it_all_in_the_title(notifications, bus_address):
    async with NotificationServer(bus_address, []) as server:
        await notifications.show(Notice("1", "Missed call", "from Ann Lee"))
        assert [shown.title for shown in server.shown.values()] == ["Missed call · from Ann Lee"]


class Hasty(NotificationServer):
    """Somebody presses before the program has read which number its notice has."""

    async def do_Notify(self, message):  # noqa: N802 - the method's name
        answer = super().do_Notify(message)
        await self.press(7)
        await self.press(answer[1][0], token="token")
        return answer


async def test_a_press_in_the_very_moment_is_heard(notifications, bus_address):
    async with Hasty(bus_address):
        await notifications.show(Notice("1", "Missed call from Ann Lee", "", "Call back"))
        assert notifications.presses == [("1", Press.BUTTON, "token")]
        assert not await notifications.show(Notice("1", "Ann Lee", quiet=True)), "it has been closed"


async def test_long_texts_are_cut(notifications, server):
    await notifications.show(Notice("1", "x" * 100_000))
    assert len(server.history[0].title) == 300


async def test_a_notice_takes_the_place_of_the_one_of_its_tag_and_is_withdrawn(notifications, server):
    await notifications.show(Notice("quiet", "not there", quiet=True))
    assert server.shown == {}, "there is nothing whose place it could take"
    await notifications.show(Notice("1", "one"))
    await notifications.show(Notice("2", "two"))
    await notifications.show(Notice("1", "one more", quiet=True))
    assert [shown.title for shown in server.shown.values()] == ["one more", "two"]
    assert server.history[2].hints["suppress-sound"] == ("b", True)
    await notifications.withdraw("1")
    await notifications.withdraw("1")
    assert [shown.title for shown in server.shown.values()] == ["two"]
    await notifications.close()
    assert server.shown == {}


async def test_presses_are_told_once_with_the_token(notifications, server, until):
    await notifications.show(Notice("1", "one", "", "Call back"))
    await notifications.show(Notice("2", "two", "", "Call back"))
    one, two = server.shown
    await server.press(one, "button", token="token-1")
    await server.press(two, "default")
    await server.signal("ActionInvoked", "us", (one, "button"))  # closed: it presses nothing
    await server.signal("ActionInvoked", "us", (999, "button"))
    await notifications.show(Notice("3", "three"))
    await server.press(max(server.shown), "default")
    await until(lambda: len(notifications.presses) == 3)
    assert notifications.presses == [
        ("1", Press.BUTTON, "token-1"),
        ("2", Press.NOTICE, ""),
        ("3", Press.NOTICE, ""),
    ]


async def test_another_program_cannot_press(notifications, server, bus_address, until):
    await notifications.show(Notice("1", "one", "", "Call back"))
    (number,) = server.shown

    class Liar(NotificationServer):
        name = "com.example.Liar"

    async with Liar(bus_address) as liar:
        await liar.press(number)
    await server.press(number, "default")
    await until(lambda: notifications.presses)
    assert notifications.presses == [("1", Press.NOTICE, "")]


async def test_a_server_that_starts_anew_is_used_with_what_it_can(notifications, bus_address, until):
    await notifications.show(Notice("0", "nobody is there"))
    async with NotificationServer(bus_address) as first:
        await notifications.show(Notice("1", "<one>"))
        assert len(first.shown) == 1
    async with NotificationServer(bus_address, ["body"]) as second:
        await until(lambda: not notifications._server)
        await notifications.show(Notice("1", "one", "<two>"))
        assert [(shown.replaces, shown.body) for shown in second.shown.values()] == [(0, "<two>")]
