"""How large must a study be to find what it looks for, and how precise is it then?"""

from rodedraad.methods.planning.cases import plan_conditions, plan_network, plan_relation
from rodedraad.methods.planning.inside_cases import plan_multilevel, plan_ordinal
from rodedraad.methods.planning.refusals import PlanningRefusal
from rodedraad.methods.planning.respondents import (
    plan_case_means,
    plan_coding,
    plan_scale,
    plan_share,
)
from rodedraad.methods.planning.simulation import Figure, Plan, simulated

__all__ = [
    "Figure",
    "Plan",
    "PlanningRefusal",
    "plan_case_means",
    "plan_coding",
    "plan_conditions",
    "plan_multilevel",
    "plan_network",
    "plan_ordinal",
    "plan_relation",
    "plan_scale",
    "plan_share",
    "simulated",
]
