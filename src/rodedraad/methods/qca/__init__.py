"""Which combinations of conditions go with an outcome (qualitative comparative analysis)?"""

from rodedraad.methods.qca.analysis import LISTED_MODELS, Assumed, QcaResult, qca
from rodedraad.methods.qca.cases import CasePoint, CaseRoles, case_roles
from rodedraad.methods.qca.clusters import ClusterFit, cluster_fit
from rodedraad.methods.qca.document import qca_document
from rodedraad.methods.qca.fit import Necessity, Sufficiency, necessity, sufficiency
from rodedraad.methods.qca.models import Counterfactuals, Model, Solution, TermFit
from rodedraad.methods.qca.necessity import NecessityFit, literal_necessity, necessary_supersets
from rodedraad.methods.qca.refusals import QcaRefusal
from rodedraad.methods.qca.robustness import Robustness, robustness
from rodedraad.methods.qca.table import SetTable, set_table
from rodedraad.methods.qca.truth_table import Cuts, TruthRow, TruthTable, truth_table

__all__ = [
    "LISTED_MODELS",
    "Assumed",
    "CasePoint",
    "CaseRoles",
    "ClusterFit",
    "Counterfactuals",
    "Cuts",
    "Model",
    "Necessity",
    "NecessityFit",
    "QcaRefusal",
    "QcaResult",
    "Robustness",
    "SetTable",
    "Solution",
    "Sufficiency",
    "TermFit",
    "TruthRow",
    "TruthTable",
    "case_roles",
    "cluster_fit",
    "literal_necessity",
    "necessary_supersets",
    "necessity",
    "qca",
    "qca_document",
    "robustness",
    "set_table",
    "sufficiency",
    "truth_table",
]
