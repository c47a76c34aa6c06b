"""The steps that made the tables of this room."""
