"""Pages about fieldwork."""
