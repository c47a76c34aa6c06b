"""The pages of the room scoring."""
