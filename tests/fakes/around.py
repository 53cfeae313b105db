"""A desktop around the window, by hand: what it shows, and what a person does there."""

from voipdesk.core.shortcut import ShortcutState
from voipdesk.core.tray import TrayState


class FakeTray:
    """`there` is set by the test; `state` is what is shown."""

    def __init__(self):
        self.there = True
        self.state = TrayState()

    def show(self, state):
        self.state = state


class FakeNotifier:
    """`shown` has what is on the screen, by tag; `history` all there ever was."""

    def __init__(self):
        self.there = True
        self.shown = {}
        self.history = []

    async def show(self, notice):
        if not self.there or (notice.quiet and notice.tag not in self.shown):
            return False
        self.shown[notice.tag] = notice
        self.history.append(notice)
        return True

    async def withdraw(self, tag):
        self.shown.pop(tag, None)

    async def close(self):
        self.shown.clear()


class FakeShortcut:
    """Gives whatever keys are wished, unless they are `taken`."""

    def __init__(self):
        self.state = ShortcutState()
        self.wished = []
        self.taken = ""
        self.changed = lambda _state: None

    async def wish(self, keys):
        self.wished.append(keys)
        taken = keys and keys == self.taken
        self.state = ShortcutState(problem=f"{keys} is taken.") if taken else ShortcutState(keys)
        self.changed(self.state)


class FakeLogin:
    """Remembers."""

    def __init__(self):
        self.on = False
        self.fails = None

    def is_on(self):
        return self.on

    def set_on(self, on):
        if self.fails:
            raise self.fails
        self.on = on


class FakeAround:
    """All of it."""

    def __init__(self):
        self.tray = FakeTray()
        self.notifier = FakeNotifier()
        self.shortcut = FakeShortcut()
        self.login = FakeLogin()
        self.closed = False

    def load(self):
        """Be what makes it, too."""

    def __call__(self):
        return self

    async def open(self):
        pass

    async def close(self):
        self.closed = True
