"""What kinds of study can one start, and what do they measure? Templates and the framework."""

from rodedraad.studies.template.constructs import Construct, Framework, Item, Measure
from rodedraad.studies.template.faults import TemplateFault, TemplateRefusal
from rodedraad.studies.template.framework_files import framework, framework_load
from rodedraad.studies.template.load import template_keys, template_load
from rodedraad.studies.template.study import CasePlan, StudyTemplate

__all__ = [
    "CasePlan",
    "Construct",
    "Framework",
    "Item",
    "Measure",
    "StudyTemplate",
    "TemplateFault",
    "TemplateRefusal",
    "framework",
    "framework_load",
    "template_keys",
    "template_load",
]
