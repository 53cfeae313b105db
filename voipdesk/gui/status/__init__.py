"""The status pane: how an account's service is, and how it was."""
