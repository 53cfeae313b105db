"""What is selected on macOS: the program in front is asked by Accessibility; the clipboard is not used.

The person allows it once, in System Settings ▸ Privacy & Security ▸ Accessibility.
"""

# NON-NLS: a program
from __future__ import annotations

_SCRIPT = """
tell application "System Events"
    set front to first application process whose frontmost is true
    return value of attribute "AXSelectedText" of (value of attribute "AXFocusedUIElement" of front)
end tell
"""
COMMAND = ["osascript", "-e", _SCRIPT]
