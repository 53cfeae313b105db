"""The window: one folder per pane, and what they share."""

from voipdesk.gui.imports import leave_imports_to_python

leave_imports_to_python()
