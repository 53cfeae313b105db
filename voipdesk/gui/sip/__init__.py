"""The SIP accounts pane: what a phone signs in with, of the account itself or of a customer of its."""
