"""The same as the window, from the command line: no Qt, and no import that the command at hand does not use."""
