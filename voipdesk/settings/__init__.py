"""What the user decides and what must be kept secret: the settings file, its folders, the system keyring."""
