"""The status line: what is left of the request budget, and how fresh the call log is."""
