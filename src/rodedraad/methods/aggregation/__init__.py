"""What do the answers of respondents say about their case, and how far do they agree?"""

from rodedraad.methods.aggregation.agreement import (
    Agreement,
    CaseAgreement,
    NullAgreement,
    within_case_agreement,
)
from rodedraad.methods.aggregation.case_means import CaseMean, CaseMeans, RoleMean, case_means
from rodedraad.methods.aggregation.intraclass import (
    Intraclass,
    case_mean_reliability,
    intraclass,
)
from rodedraad.methods.aggregation.nulls import (
    NULL_NAMES,
    NullDistribution,
    NullName,
    null_distribution,
    own_null,
)
from rodedraad.methods.aggregation.refusals import AggregationRefusal
from rodedraad.methods.aggregation.sources import (
    CombinedScore,
    CombinedScores,
    SourceScore,
    combine_sources,
)

__all__ = [
    "NULL_NAMES",
    "AggregationRefusal",
    "Agreement",
    "CaseAgreement",
    "CaseMean",
    "CaseMeans",
    "CombinedScore",
    "CombinedScores",
    "Intraclass",
    "NullAgreement",
    "NullDistribution",
    "NullName",
    "RoleMean",
    "SourceScore",
    "case_mean_reliability",
    "case_means",
    "combine_sources",
    "intraclass",
    "null_distribution",
    "own_null",
    "within_case_agreement",
]
