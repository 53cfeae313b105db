"""Notices of missed calls: what they say, and when they come and go."""
