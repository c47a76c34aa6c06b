"""What about factors and outcomes cannot be related as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class RelationRefusal(Refusal):
    """A table of cases, factors and outcomes that cannot be read or related as asked."""

    code = "relation_refused"
