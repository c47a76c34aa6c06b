"""Pages about rounds and agreement."""
