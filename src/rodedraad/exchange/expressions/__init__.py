"""Conditions in questionnaires: read in three dialects, written in two."""
