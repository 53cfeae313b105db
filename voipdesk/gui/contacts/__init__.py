"""The contacts pane: names for numbers, searched as one types, entered by hand and imported."""
