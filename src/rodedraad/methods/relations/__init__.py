"""Do factors go together with outcomes over few cases, and how sure is that?"""

from rodedraad.methods.relations.association import Measure, association
from rodedraad.methods.relations.family import Relations, relate
from rodedraad.methods.relations.matrix import CaseMatrix, case_matrix
from rodedraad.methods.relations.multiplicity import benjamini_hochberg, holm, max_t
from rodedraad.methods.relations.pair import Relation, TestedRelation
from rodedraad.methods.relations.refusals import RelationRefusal
from rodedraad.methods.relations.resampling import LeaveOneOut
from rodedraad.methods.relations.wording import relation_sentence

__all__ = [
    "CaseMatrix",
    "LeaveOneOut",
    "Measure",
    "Relation",
    "RelationRefusal",
    "Relations",
    "TestedRelation",
    "association",
    "benjamini_hochberg",
    "case_matrix",
    "holm",
    "max_t",
    "relate",
    "relation_sentence",
]
