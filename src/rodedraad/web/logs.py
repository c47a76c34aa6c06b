"""What may a line in the log not say? Whose questionnaire it was about, and which response."""

import logging
import re

TOKEN = re.compile(r"(/vragenlijst/)(?!invullen|verder)[^/\s'\"]+")
RESPONSE = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\b")


class Masked(logging.Formatter):
    """Writes a line, with its traceback, without tokens of respondents and without random keys."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line as it is written."""
        return RESPONSE.sub("…", TOKEN.sub(r"\1…", super().format(record)))
