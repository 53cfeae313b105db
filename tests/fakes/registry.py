"""A Windows registry in memory, with those functions of winreg that the program uses."""

# ruff: noqa: N802 - winreg's names

from contextlib import contextmanager


class FakeRegistry:
    """Keys are paths below HKEY_CURRENT_USER, known whatever their case."""

    HKEY_CURRENT_USER = object()
    KEY_WRITE = 0x20006
    REG_SZ = 1

    def __init__(self):
        self.keys: dict[str, dict[str, str]] = {}

    @contextmanager
    def CreateKeyEx(self, root, path, reserved=0, access=0):
        parts = path.split("\\")
        for n in range(len(parts)):
            self.keys.setdefault("\\".join(parts[: n + 1]).lower(), {})
        yield self.keys[path.lower()]

    @contextmanager
    def OpenKey(self, root, path, reserved=0, access=0):
        if path.lower() not in self.keys:
            raise FileNotFoundError(2, "no such key", path)
        yield self.keys[path.lower()]

    def SetValueEx(self, key, name, reserved, kind, value):
        assert kind == self.REG_SZ
        key[name.lower()] = value

    def QueryValueEx(self, key, name):
        if name.lower() not in key:
            raise FileNotFoundError(2, "no such value", name)
        return key[name.lower()], self.REG_SZ

    def DeleteValue(self, key, name):
        if key.pop(name.lower(), None) is None:
            raise FileNotFoundError(2, "no such value", name)

    def DeleteKey(self, root, path):
        if any(key.startswith(f"{path.lower()}\\") for key in self.keys):
            raise PermissionError(5, "it has keys below it", path)
        if self.keys.pop(path.lower(), None) is None:
            raise FileNotFoundError(2, "no such key", path)
