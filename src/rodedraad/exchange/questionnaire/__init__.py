"""Questionnaires of other programs: what was read, what did not come along, and why."""
