"""What cannot be brought from respondents to cases as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class AggregationRefusal(Refusal):
    """Answers, cases, roles or sources that cannot be brought together as asked."""

    code = "aggregation_refused"
