"""voipdesk, the desk for cloud telephony."""

__version__ = "0.1.0"
