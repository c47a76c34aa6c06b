"""What about codings cannot be compared as asked, and how is that mended?"""

from rodedraad.errors import Refusal


class AgreementRefused(Refusal):
    """Codings of which no agreement can be worked out as they are."""

    code = "agreement_refused"
