"""Where do actors stand in a network, and what shape has the whole?"""

from rodedraad.methods.positions.brokerage import Brokerage, brokerage
from rodedraad.methods.positions.core_periphery import CorePeriphery, core_periphery
from rodedraad.methods.positions.equivalence import StructuralEquivalence, structural_equivalence
from rodedraad.methods.positions.mixing import (
    Assortativity,
    group_assortativity,
    value_assortativity,
)
from rodedraad.methods.positions.nestedness import Nestedness, nestedness
from rodedraad.methods.positions.networks import ReportedNetwork, reported_network
from rodedraad.methods.positions.refusals import PositionRefused
from rodedraad.methods.positions.tie_regression import TieRegression, TieTerm, tie_regression
from rodedraad.methods.positions.two_mode_closure import TwoModeClosure, two_mode_closure
from rodedraad.methods.positions.whole import NodeMeasures, WholeNetwork, whole_network

__all__ = [
    "Assortativity",
    "Brokerage",
    "CorePeriphery",
    "Nestedness",
    "NodeMeasures",
    "PositionRefused",
    "ReportedNetwork",
    "StructuralEquivalence",
    "TieRegression",
    "TieTerm",
    "TwoModeClosure",
    "WholeNetwork",
    "brokerage",
    "core_periphery",
    "group_assortativity",
    "nestedness",
    "reported_network",
    "structural_equivalence",
    "tie_regression",
    "two_mode_closure",
    "value_assortativity",
    "whole_network",
]
