"""The window: one folder per pane, and what they share."""
