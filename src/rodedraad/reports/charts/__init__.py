"""Charts of a report: neutral colours, told apart by lightness, the same on every machine."""
