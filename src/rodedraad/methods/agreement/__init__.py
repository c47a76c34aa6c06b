"""How far do coders agree: on ratings, on sets of codes, on free segments?"""

from rodedraad.methods.agreement.alpha import AlphaResult, krippendorff_alpha
from rodedraad.methods.agreement.coefficients import (
    AgreementCoefficients,
    Coefficient,
    agreement_coefficients,
)
from rodedraad.methods.agreement.ratings import Ratings, ratings_of
from rodedraad.methods.agreement.refusals import AgreementRefused
from rodedraad.methods.agreement.segments import Segment
from rodedraad.methods.agreement.sets import (
    CodesAgreement,
    CodeSets,
    code_sets,
    codes_agreement,
    masi_distance,
    presence_of,
    set_alpha,
)
from rodedraad.methods.agreement.unitising import UnitisingAgreement, unitising_alpha

__all__ = [
    "AgreementCoefficients",
    "AgreementRefused",
    "AlphaResult",
    "CodeSets",
    "CodesAgreement",
    "Coefficient",
    "Ratings",
    "Segment",
    "UnitisingAgreement",
    "agreement_coefficients",
    "code_sets",
    "codes_agreement",
    "krippendorff_alpha",
    "masi_distance",
    "presence_of",
    "ratings_of",
    "set_alpha",
    "unitising_alpha",
]
