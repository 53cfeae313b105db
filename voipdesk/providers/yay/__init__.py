"""Yay.com: reseller accounts with customers, SIP users, credit and calls; sold under other names too."""
