"""The call scripts pane: the web addresses that a service asks what to do with a call, tried out and kept."""
