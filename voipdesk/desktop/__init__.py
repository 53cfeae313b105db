"""Our side of the operating system: one instance, links, what is selected, what is on the session bus."""
