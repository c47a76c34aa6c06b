"""Tags of the room fieldwork."""
