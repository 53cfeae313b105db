"""What a screen reader knows of a program: its widgets by role and name, over the accessibility bus (AT-SPI)."""

import time
from collections.abc import Iterator
from typing import NamedTuple, Self

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

_ATSPI = "org.a11y.atspi."
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = _ATSPI + "Registry"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_SENSITIVE = 24
"""The bit of a state that says that a thing can be used (ATSPI_STATE_SENSITIVE)."""
_SHOWING = 25
"""The one that says that it is to be seen (ATSPI_STATE_SHOWING)."""
_ON_SCREEN = 0
"""Places are counted from the screen's corner (ATSPI_COORD_TYPE_SCREEN)."""
_ANSWER_WITHIN_S = 30


class Gone(Exception):
    """A thing is no longer there."""


class Thing(NamedTuple):
    """A widget, as it is reached on the bus."""

    bus_name: str
    path: str


class ScreenReader:
    """Reads and acts as assistive programs do; has no eyes, no mouse and no other way into the program."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            ask = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
            (address,) = session.send_and_get_reply(ask, timeout=_ANSWER_WITHIN_S).body
        self._bus = open_dbus_connection(address)
        self.said: list[str] = []
        """What the program announced by itself, in order."""
        rule = MatchRule(type="signal", interface=_ATSPI + "Event.Object", member="Announcement")
        bus = DBusAddress(message_bus.object_path, message_bus.bus_name, message_bus.interface)
        self._call(bus, "AddMatch", "s", rule.serialise())
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        self._call(registry, "RegisterEvent", "sass", "object:announcement", [], "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._bus.close()

    def find(self, role: str, name: str, *, within_s: float = 60) -> Thing:
        """Wait for something to be seen that has this role, and a name that holds these words."""
        end = time.monotonic() + within_s
        while (thing := self.seen(role, name)) is None:
            assert time.monotonic() < end, f"a screen reader finds no {role} “{name}”: {self.in_words()}"
            time.sleep(0.1)
        return thing

    def seen(self, role: str, name: str) -> Thing | None:
        """Look once for something to be seen that has this role, and a name that holds these words."""
        for thing, its_role, its_name in self.everything():
            if its_role == role and name in its_name and self.shows(thing):
                return thing
        return None

    def everything(self) -> Iterator[tuple[Thing, str, str]]:
        """Give all that the programs show, as far as it is still there, each with its role and its name."""
        waiting = [Thing(_REGISTRY, _ROOT)]
        while waiting:
            thing = waiting.pop(0)
            try:
                children = [Thing(*child) for child in self._ask(thing, "Accessible", "GetChildren")]
                role, name = self._ask(thing, "Accessible", "GetRoleName"), self.name(thing)
            except Gone:
                continue
            yield thing, role, name
            if role not in {"table", "list"}:  # a log has hundreds of cells
                waiting += children

    def in_words(self) -> str:
        """Say all that is there, for a test that fails."""
        return ", ".join(f"{role} “{name}”" for _, role, name in self.everything() if name)

    def name(self, thing: Thing) -> str:
        """Give what a thing is called."""
        return self._property(thing, "Accessible", "Name")

    def text(self, thing: Thing) -> str:
        """Read what stands in a field."""
        return self._ask(thing, "Text", "GetText", "ii", 0, -1)

    def type_into(self, thing: Thing, text: str) -> None:
        """Put text into a field, as dictation does."""
        assert self._ask(thing, "EditableText", "InsertText", "isi", 0, text, len(text))

    def press(self, thing: Thing) -> None:
        """Do what the thing is there for."""
        assert self._ask(thing, "Action", "DoAction", "i", 0)

    def choose(self, thing: Thing, entry: str) -> None:
        """Choose an entry of a list, by what it is called."""
        children = self._ask(thing, "Accessible", "GetChildren")
        names = [self.name(Thing(*child)) for child in children]
        assert self._ask(thing, "Selection", "SelectChild", "i", names.index(entry))

    def shows(self, thing: Thing) -> bool:
        """Whether a thing is there, and to be seen."""
        return self._is(thing, _SHOWING)

    def can_use(self, thing: Thing) -> bool:
        """Whether a thing can be used now: a button pressed, a field written into."""
        return self._is(thing, _SENSITIVE)

    def middle(self, thing: Thing) -> tuple[int, int]:
        """Give the place on the screen where a thing is clicked, in pixels from the left and from the top."""
        left, top, width, height = self._ask(thing, "Component", "GetExtents", "u", _ON_SCREEN)
        return left + width // 2, top + height // 2

    def row(self, table: Thing, number: int) -> set[str]:
        """Read a row, whichever of its cells has the focus."""
        columns = int(self._property(table, "Table", "NColumns"))
        cells = [Thing(*self._ask(table, "Table", "GetAccessibleAt", "ii", number, c)) for c in range(columns)]
        return {self.name(cell) for cell in cells if self._ask(cell, "Accessible", "GetRoleName") == "cell"}

    def hear(self, words: str, *, within_s: float = 60) -> str:
        """Wait until the program says something with these words by itself."""
        end = time.monotonic() + within_s
        while True:
            self._listen()
            for text in self.said:
                if words in text:
                    return text
            assert time.monotonic() < end, f"a screen reader does not hear “{words}”, but {self.said}"
            time.sleep(0.05)

    def _is(self, thing: Thing, state: int) -> bool:
        try:
            first, _second = self._ask(thing, "Accessible", "GetState")
        except Gone:
            return False
        return bool(first & 1 << state)

    def _listen(self) -> None:
        """Take in what came since; an answer makes sure that all before it was read."""
        self._ask(Thing(_REGISTRY, _ROOT), "Accessible", "GetRoleName")

    def _property(self, thing: Thing, interface: str, name: str) -> str:
        of = DBusAddress(thing.path, thing.bus_name, _PROPERTIES)
        ((_signature, value),) = self._call(of, "Get", "ss", _ATSPI + interface, name)
        return str(value)

    def _ask(self, thing: Thing, interface: str, method: str, signature: str = "", *body: object):
        (answer,) = self._call(DBusAddress(thing.path, thing.bus_name, _ATSPI + interface), method, signature, *body)
        return answer

    def _call(self, to: DBusAddress, method: str, signature: str = "", *body: object) -> tuple:
        """Call a method, and note what is announced meanwhile."""
        asked = new_method_call(to, method, signature or None, body)
        serial = next(self._bus.outgoing_serial)
        self._bus.send(asked, serial=serial)
        end = time.monotonic() + _ANSWER_WITHIN_S
        while True:
            message = self._bus.receive(timeout=end - time.monotonic())
            fields = message.header.fields
            if fields.get(HeaderFields.member) == "Announcement":
                self.said.append(message.body[3][1])
            elif fields.get(HeaderFields.reply_serial) == serial:
                if message.header.message_type is MessageType.error:
                    raise Gone(f"{method} of {to.object_path}: {message.body}")
                return message.body
