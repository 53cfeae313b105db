"""A desktop's tray, by hand, on a real session bus: the watcher, with a host that shows icons or none."""

from tests.fakes.bus_service import BusService


class TrayHost(BusService):
    """`items` are those that registered, as they named themselves."""

    name = interface = "org.kde.StatusNotifierWatcher"
    path = "/StatusNotifierWatcher"

    def __init__(self, address, *, shows=True):
        super().__init__(address)
        self.shows = shows
        self.items = []

    def do_Get(self, message):  # noqa: N802 - the method's name
        _interface, name = message.body
        if name == "IsStatusNotifierHostRegistered":
            return "v", (("b", self.shows),)
        if name == "ProtocolVersion":
            return "v", (("i", 0),)
        return "v", (("as", self.items),)

    def do_GetAll(self, _message):  # noqa: N802 - the method's name
        values = {"IsStatusNotifierHostRegistered": ("b", self.shows), "ProtocolVersion": ("i", 0)}
        return "a{sv}", ({**values, "RegisteredStatusNotifierItems": ("as", self.items)},)

    def do_RegisterStatusNotifierItem(self, message):  # noqa: N802 - the method's name
        from jeepney import HeaderFields

        self.items.append((message.header.fields[HeaderFields.sender], message.body[0]))
        return None, ()

    async def show(self, shows):
        """Let a host come or go."""
        self.shows = shows
        await self.signal(f"StatusNotifierHost{'R' if shows else 'Unr'}egistered", None, ())
