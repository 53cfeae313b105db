"""A desktop's notification server, by hand, on a real session bus."""

from dataclasses import dataclass

from tests.fakes.bus_service import BusService


@dataclass(frozen=True)
class Shown:
    """A notification as it was asked for."""

    number: int
    replaces: int
    title: str
    body: str
    actions: tuple[str, ...]
    hints: dict


class NotificationServer(BusService):
    """Keeps what is on the screen in `shown`, by number; `history` has all there ever was."""

    name = interface = "org.freedesktop.Notifications"
    path = "/org/freedesktop/Notifications"

    def __init__(self, address, abilities=("actions", "body", "body-markup")):
        super().__init__(address)
        self.abilities = list(abilities)
        self.shown = {}
        self.history = []

    def do_GetCapabilities(self, _message):  # noqa: N802 - the method's name
        return "as", (self.abilities,)

    def do_Notify(self, message):  # noqa: N802 - the method's name
        _app, replaces, _icon, title, body, actions, hints, _expire = message.body
        number = replaces or len(self.history) + 101
        self.shown[number] = Shown(number, replaces, title, body, tuple(actions), hints)
        self.history.append(self.shown[number])
        return "u", (number,)

    async def do_CloseNotification(self, message):  # noqa: N802 - the method's name
        if self.shown.pop(message.body[0], None) is None:
            return "org.freedesktop.DBus.Error.Failed"
        await self.signal("NotificationClosed", "uu", (message.body[0], 3))
        return None, ()

    async def press(self, number, key="button", token=""):
        """Press on a notification, which most desktops close then."""
        if token:
            await self.signal("ActivationToken", "us", (number, token))
        await self.signal("ActionInvoked", "us", (number, key))
        self.shown.pop(number, None)
        await self.signal("NotificationClosed", "uu", (number, 2))
