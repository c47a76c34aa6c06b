"""Which pages are about surveys: those of respondents, and those of the team."""
