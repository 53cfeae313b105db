"""What voipdesk remembers: calls, how complete they are, requests sent, numbers dialled, how the services were."""
