"""Questionnaires: made, checked, frozen, compared, and written as plain HTML."""
