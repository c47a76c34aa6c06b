"""REFI-QDA files, in and out."""
