"""The desktop portal's GlobalShortcuts, by hand, on a real session bus."""

import asyncio

from jeepney import HeaderFields

from tests.fakes.bus_service import BusService


class ShortcutPortal(BusService):
    """The person at its dialog answers `code` (0: yes) and may choose other keys, `chosen`."""

    name = "org.freedesktop.portal.Desktop"
    path = "/org/freedesktop/portal/desktop"
    interface = "org.freedesktop.portal.GlobalShortcuts"

    def __init__(self, address, *, code=0, chosen="Press Ctrl+Alt+D"):
        super().__init__(address)
        self.code = code
        self.chosen = chosen
        self.sessions = []
        self.wished = {}
        self._tasks = set()

    def do_Get(self, message):  # noqa: N802 - the method's name
        return "v", (("u", 1),)

    def do_CreateSession(self, message):  # noqa: N802 - the method's name
        (options,) = message.body
        token = options["session_handle_token"][1]
        session = f"{self.path}/session/{self._sender(message)}/{token}"
        self.sessions.append(session)
        return self._answer_later(message, options, 0, {"session_handle": ("s", session)})

    def do_BindShortcuts(self, message):  # noqa: N802 - the method's name
        session, shortcuts, _window, options = message.body
        assert session in self.sessions
        self.wished = dict(shortcuts)
        bound = [(id_, {"trigger_description": ("s", self.chosen)}) for id_, _ in shortcuts]
        results = {} if self.code else {"shortcuts": ("a(sa{sv})", bound)}
        return self._answer_later(message, options, self.code, results)

    def do_Close(self, message):  # noqa: N802 - the method's name
        self.sessions.remove(message.header.fields[HeaderFields.path])
        return None, ()

    async def press(self, id_="quick-dial", session=None, token="token-1"):
        """Press the key."""
        body = (session or self.sessions[-1], id_, 0, {"activation_token": ("s", token)})
        await self.signal("Activated", "osta{sv}", body)

    def _answer_later(self, message, options, code, results):
        path = f"{self.path}/request/{self._sender(message)}/{options['handle_token'][1]}"

        async def answer():
            await self.signal(
                "Response", "ua{sv}", (code, results), path=path, interface="org.freedesktop.portal.Request"
            )

        task = asyncio.ensure_future(answer())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return "o", (path,)

    @staticmethod
    def _sender(message):
        return message.header.fields[HeaderFields.sender][1:].replace(".", "_")
