"""Does a template fit the framework and the rulesets, and does its case plan make sense?"""

from collections.abc import Mapping, Sequence

from rodedraad.studies.template.constructs import Framework
from rodedraad.studies.template.faults import TemplateFault
from rodedraad.studies.template.framework_check import Place, double_faults, unknown_faults
from rodedraad.studies.template.shapes import Shape
from rodedraad.studies.template.study import StudyTemplate
from rodedraad.studies.template.yaml_tree import YamlTree

NEEDS_INDICATORS = ("most_diverse", "typical", "extreme", "matched_pairs")


def study_faults(
    tree: YamlTree,
    template: StudyTemplate,
    framework: Framework,
    rulesets: Mapping[str, Sequence[str]],
) -> list[TemplateFault]:
    """Every fault that shows only beside the framework and the known rulesets.

    ``rulesets`` gives the versions that exist of each ruleset.
    """
    return [
        *_reference_faults(tree, template, framework),
        *_ruleset_faults(tree, template, rulesets),
        *_double_faults(tree, template),
        *_case_faults(tree, template),
    ]


def _reference_faults(
    tree: YamlTree, template: StudyTemplate, framework: Framework
) -> list[TemplateFault]:
    figures = [figure.key for construct in framework.constructs for figure in construct.figures]
    references = (
        ("framework", template.framework, list(framework.by_code), "construct"),
        ("measures", template.measures, [m.code for m in framework.measures], "measure"),
        ("views", template.views, [view.key for view in framework.views], "view"),
        ("respondents", template.respondents, [role.code for role in framework.roles], "role"),
    )
    faults: list[TemplateFault] = []
    for field, words, known, what in references:
        places = [Place(tree, (field, row), word) for row, word in enumerate(words)]
        faults += unknown_faults(places, known, what) + double_faults(places, f"The {what}")
    places = [
        Place(tree, ("cases", "indicators", row), key)
        for row, key in enumerate(template.cases.indicators)
    ]
    return faults + unknown_faults(places, figures, "figure") + double_faults(places, "The figure")


def _ruleset_faults(
    tree: YamlTree, template: StudyTemplate, known: Mapping[str, Sequence[str]]
) -> list[TemplateFault]:
    names = [
        Place(tree, ("rulesets", row, "name"), ruleset.name)
        for row, ruleset in enumerate(template.rulesets)
    ]
    faults = unknown_faults(names, list(known), "ruleset") + double_faults(names, "The ruleset")
    for row, ruleset in enumerate(template.rulesets):
        versions = known.get(ruleset.name)
        if versions is not None and ruleset.version not in versions:
            place = Place(tree, ("rulesets", row, "version"), ruleset.version)
            problem = f"Ruleset '{ruleset.name}' has no version '{ruleset.version}'."
            faults.append(place.fault(problem, f"It has: {', '.join(versions)}."))
    return faults


def _double_faults(tree: YamlTree, template: StudyTemplate) -> list[TemplateFault]:
    named: tuple[tuple[str, str, tuple[Shape, ...]], ...] = (
        ("questions", "key", template.questions),
        ("sub_studies", "key", template.sub_studies),
        ("waves", "label", template.waves),
        ("team", "role", template.team),
    )
    faults: list[TemplateFault] = []
    for field, name, entries in named:
        places = [
            Place(tree, (field, row, name), getattr(entry, name))
            for row, entry in enumerate(entries)
        ]
        faults += double_faults(places, f"The {name}")
    return faults


def _case_faults(tree: YamlTree, template: StudyTemplate) -> list[TemplateFault]:
    cases, faults = template.cases, list[TemplateFault]()
    if cases.method in NEEDS_INDICATORS and not cases.indicators:
        problem = f"Method '{cases.method}' compares units on figures, and none is named."
        faults.append(
            tree.fault(("cases", "indicators"), problem, "Name figures of the framework.")
        )
    if cases.method == "all" and cases.strata:
        problem = "Method 'all' takes every unit, so strata have no use."
        faults.append(tree.fault(("cases", "strata"), problem, "Leave the strata out."))
    if not any(role.role == "lead" and role.minimum >= 1 for role in template.team):
        cure = "Add an entry with role lead and minimum 1."
        faults.append(tree.fault(("team",), "The team has no lead.", cure))
    return faults


def key_faults(tree: YamlTree, template: StudyTemplate, stem: str) -> list[TemplateFault]:
    """The key must be the file name, so that a key finds its file."""
    if template.key == stem:
        return []
    problem = f"The key is '{template.key}' and the file is called '{stem}.yaml'."
    return [tree.fault(("key",), problem, "Make the two equal.")]
