"""Rode Draad: runs a multi-municipality policy study from list to report."""

__version__ = "0.1.0"
