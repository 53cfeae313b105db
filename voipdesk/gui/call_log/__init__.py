"""The receptionist's call log: all sources in one table, however long it is."""
