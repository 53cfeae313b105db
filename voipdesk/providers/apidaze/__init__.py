"""Apidaze as KPN sells it: Apidaze Voice – VoIP Innovations."""
