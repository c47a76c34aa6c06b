"""What about a network cannot be measured as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class PositionRefused(Refusal):
    """A network in which no positions can be found as it is."""

    code = "network_positions"
