"""LimeSurvey: the structure of a survey, a group or a question, read."""
