"""The words of the trade: records, capability protocols and rules, without I/O and without Qt."""
