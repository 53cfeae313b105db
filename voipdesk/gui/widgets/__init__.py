"""Widgets that several panes use; they know no service."""
