"""A process of its own that prints the selection or the clipboard: for a command line that loads no Qt."""

from __future__ import annotations

import sys

from PySide6.QtGui import QClipboard, QGuiApplication

_MODES = {"selection": QClipboard.Mode.Selection, "clipboard": QClipboard.Mode.Clipboard}


def main(which: str) -> int:
    """Print the text in UTF-8, nothing where there is none."""
    app = QGuiApplication([])
    text = app.clipboard().text(_MODES[which])
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
