"""Client programs: one module each says how it is told a SIP account; pure functions from settings to bytes."""
