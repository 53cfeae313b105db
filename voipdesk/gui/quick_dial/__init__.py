"""The quick-dial box: a small window that comes from anywhere, takes a number or a name, and dials."""
