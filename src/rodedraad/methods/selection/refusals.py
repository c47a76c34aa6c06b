"""What cannot be selected as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class SelectionRefusal(Refusal):
    """A selection, quota or distance that cannot be made as asked."""

    code = "selection_refused"
