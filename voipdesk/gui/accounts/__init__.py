"""The accounts pane: list, add, edit, test, remove."""
