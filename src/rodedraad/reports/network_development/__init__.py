"""The report of a network-development study: its numbers, tables and pictures."""
