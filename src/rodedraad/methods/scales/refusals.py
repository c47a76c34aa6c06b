"""What about a scale cannot be worked out as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class ScaleRefusal(Refusal):
    """Answers that cannot be scored, or a scale whose reliability does not exist."""

    code = "scale_refused"
