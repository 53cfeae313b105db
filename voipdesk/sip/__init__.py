"""SIP as far as the check of an account needs it: finding a server, reaching it, asking it, signing in."""
