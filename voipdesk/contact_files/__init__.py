"""The files that contacts come in and go out as: vCard and CSV."""
