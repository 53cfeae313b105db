"""The dial pane: a number, whose phone rings for it, and the numbers dialled last."""
