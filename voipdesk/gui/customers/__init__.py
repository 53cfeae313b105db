"""The customers pane: a reseller's customers, found, opened, edited, and given credit."""
