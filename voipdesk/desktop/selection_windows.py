"""What is selected on Windows: the program that has the keyboard is asked by UI Automation; the clipboard is not used.

Source: Microsoft, “TextPattern.GetSelection”.
"""

# NON-NLS: a program
from __future__ import annotations

_SCRIPT = """
[Console]::OutputEncoding = [Text.Encoding]::UTF8
Add-Type -AssemblyName UIAutomationClient, UIAutomationTypes
$focused = [Windows.Automation.AutomationElement]::FocusedElement
$pattern = $focused.GetCurrentPattern([Windows.Automation.TextPattern]::Pattern)
foreach ($range in $pattern.GetSelection()) { [Console]::Write($range.GetText(4000)) }
"""
COMMAND = ["powershell", "-NoProfile", "-NonInteractive", "-WindowStyle", "Hidden", "-Command", _SCRIPT]
