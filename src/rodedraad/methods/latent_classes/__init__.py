"""Which classes answer alike, how many are there, who is in them, and how sure is that?"""

from rodedraad.methods.latent_classes.bootstrap import ClassBootstrap, bootstrap_test
from rodedraad.methods.latent_classes.choice import ClassComparison, compare_classes
from rodedraad.methods.latent_classes.data import ClassData, class_data
from rodedraad.methods.latent_classes.means import ClassMeans, class_means
from rodedraad.methods.latent_classes.models import latent_classes
from rodedraad.methods.latent_classes.refusals import ClassRefusal
from rodedraad.methods.latent_classes.results import (
    CategoryProfile,
    Estimate,
    Fit,
    LatentClasses,
    Members,
    NumberProfile,
    Starts,
)
from rodedraad.methods.latent_classes.rules import RuleAgreement, rule_agreement
from rodedraad.methods.latent_classes.shares import ClassShares, class_shares

__all__ = [
    "CategoryProfile",
    "ClassBootstrap",
    "ClassComparison",
    "ClassData",
    "ClassMeans",
    "ClassRefusal",
    "ClassShares",
    "Estimate",
    "Fit",
    "LatentClasses",
    "Members",
    "NumberProfile",
    "RuleAgreement",
    "Starts",
    "bootstrap_test",
    "class_data",
    "class_means",
    "class_shares",
    "compare_classes",
    "latent_classes",
    "rule_agreement",
]
