"""The doors to the telephony services: one folder per vendor, one way to speak HTTP."""
