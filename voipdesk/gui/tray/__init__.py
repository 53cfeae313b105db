"""The icon in the tray: what it shows, and what its menu does."""
