"""The settings pane: how voipdesk behaves on this desktop, in sections."""
