"""A real X server in memory with a window manager, and keys and mouse used on it as a person does."""

import os
import subprocess


class XDisplay:
    """Xvfb and openbox while it is entered; `name` is what DISPLAY has to be."""

    def __enter__(self):
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as said:
            self.name = f":{said.readline().strip()}"
        self._manager = subprocess.Popen(
            ["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return self

    def __exit__(self, *_error):
        for process in (self._manager, self._server):
            process.terminate()
            process.wait(timeout=30)

    @property
    def environment(self):
        return {**os.environ, "DISPLAY": self.name}

    def press(self, *keys):
        """Press keys, one combination after the other."""
        self._xdotool("key", *keys)

    def type(self, text):
        """Type a text."""
        self._xdotool("type", "--delay", "20", text)

    def bring_up(self, title):
        """Bring a window to the front, by its title, and say whether it has the keyboard yet."""
        # a window that goes meanwhile, whosever it is, ends the search
        self._xdotool("search", "--onlyvisible", "--name", f"^{title}$", "windowactivate", check=False)
        return self.active == title

    def click(self, x, y):
        """Move the mouse to a place on the screen, in pixels, and click."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    @property
    def active(self):
        """The title of the window that has the keyboard, "" for none; the window manager may name one that is gone."""
        active = self._xdotool("getactivewindow", check=False).strip()
        shown = self._xdotool("search", "--onlyvisible", "--name", ".", check=False).split()
        return self._xdotool("getwindowname", active, check=False).strip() if active in shown else ""

    def _xdotool(self, *arguments, check=True):
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self.environment, text=True, capture_output=True, timeout=30, check=check)
        return done.stdout
