"""What must a person know besides the numbers of a run: one sentence for each notice code?"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rodedraad.country.wording import number_shown

RELATION_NOTICES = {
    "few_cases": (
        _("Only %(n)s cases are known on both; a test needs at least %(at_least)s."),
        _("There are only %(n)s cases. Read the outcome with great care."),
    ),
    "constant": (_("%(column)s is the same in all cases, so nothing can go together with it."),),
    "built_in_overlap": (
        _("%(factor)s is part of how %(outcome)s is made, so they are not related to each other."),
    ),
    "same_source": (
        _(
            "Both sides come, at least partly, from the same source (%(sources)s). That alone "
            "makes them go together."
        ),
    ),
    "one_case_turns_it": (
        _("Without one of these cases the direction does not stay the same: %(cases)s."),
    ),
    "interval_absent": (_("There is no interval: with these cases it cannot be worked out."),),
    "bootstraps_failed": (
        _("%(n)s of the %(of)s random draws gave no outcome; the interval leaves them out."),
    ),
    "nothing_to_compare": (_("On one side all cases are the same, so nothing can be compared."),),
    "only_the_matrix": (
        _("No relation was tested: that needs at least %(at_least)s cases. Look at the matrix."),
    ),
    "max_t_needs_complete_columns": (
        _("Not adjusted by the largest relation: not every case is known on %(columns)s."),
    ),
}

QCA_NOTICES = {
    "cases_left_out": (
        _("Left out, as not every condition and the outcome are known: %(cases)s."),
    ),
    "condition_limit_overridden": (
        _(
            "%(conditions)s conditions are more than %(cases)s cases can bear. The reason given: "
            "%(reason)s"
        ),
    ),
    "not_rising": (_("The curve does not rise everywhere: higher figures get lower membership."),),
    "empty_level": (_("No case is at level %(level)s."),),
    "half_memberships": (
        _("Exactly halfway (0.5), so in no row of the truth table: %(cases)s."),
        _("Exactly halfway (0.5), so in no row of the truth table: rows %(rows)s."),
    ),
    "skewed_set": (
        _("%(column)s is skewed: %(share_inside)s of the cases are in the set. Look at PRI."),
        _("This set is skewed: %(share_inside)s of the cases are in it. Look at the anchors."),
    ),
    "rows_for_both_outcomes": (
        _("These rows pass for the outcome and for its absence, and count for neither: %(lines)s."),
    ),
    "untenable_remainders": (
        _("%(n)s rows without cases are left out, as their assumptions contradict each other."),
    ),
    "no_expectations": (
        _(
            "No expectations were given, so the intermediate solution assumes nothing and is the "
            "conservative one."
        ),
    ),
    "intermediate_not_computed": (
        _("The intermediate solution was not worked out: there are too many pairs of models."),
    ),
    "constant_condition": (_("%(column)s is the same in all cases."),),
    "limited_diversity": (
        _(
            "%(remainders)s of the %(rows)s rows of the truth table have no cases. %(cases)s cases "
            "cannot fill it."
        ),
    ),
    "contradictory_rows": (
        _("Rows in which some cases have the outcome and others do not: %(lines)s."),
    ),
    "no_positive_rows": (
        _(
            "No row goes with the outcome; the highest consistency is %(highest_consistency)s. "
            "So there is no solution."
        ),
    ),
    "no_negative_rows": (_("Every row goes with the outcome, so nothing tells rows apart."),),
    "ambiguous": (
        _("%(solution)s: %(models)s models fit equally well. None of them is the only one."),
    ),
    "models_not_all_listed": (_("%(solution)s: %(listed)s of %(models)s models are listed."),),
    "necessary_condition_dropped": (
        _("%(solution)s: %(condition)s is necessary by itself, but not in every term."),
    ),
}

SCALE_NOTICES = {
    "few_respondents": (
        _("Only %(n)s respondents answered %(items)s items. Read the outcome with great care."),
        _("Only %(n)s respondents answered. Read the outcome with great care."),
    ),
    "incomplete_respondents": (_("Not all items were answered by %(n)s respondents."),),
    "two_items": (_("A scale of two items has no omega."),),
    "negative_item_rest": (
        _(
            "Against the direction of the other items: %(items)s. Is it a reversed item that was "
            "not turned?"
        ),
    ),
    "negative_alpha": (_("Alpha is below 0: the items do not measure one thing."),),
    "heywood": (_("The one factor explains these items wholly, which is not likely: %(items)s."),),
    "not_converged": (_("The calculation did not settle. Do not use these numbers."),),
    "not_positive_definite": (_("The correlations of the items contradict each other."),),
    "item_not_answered": (_("Nobody answered %(item)s."),),
    "constant_item": (_("Everybody gave the same answer to %(item)s."),),
    "category_not_chosen": (
        _("Nobody chose these answers to %(item)s: %(answers)s."),
        _("Some answers were chosen by nobody: %(items)s."),
    ),
    "items_differ_between_respondents": (
        _("Not everybody was asked the same items. The items are taken as interchangeable."),
    ),
    "no_scores": (_("Nobody answered enough items for a score."),),
    "at_bound": (_("Some items go together almost perfectly: %(pairs)s."),),
}

AGGREGATION_NOTICES = {
    "single_respondent": (_("Only one person answered, so agreement is not known: %(cases)s."),),
    "single_respondent_cases": (_("In %(n)s cases only one person answered."),),
    "more_variance_than_null": (
        _("Answers differ more than chance would make them; agreement is set to 0: %(cases)s."),
    ),
    "respondents_without_answers": (_("%(n)s respondents answered nothing and are left out."),),
    "not_whole_numbers": (_("Some answers are no whole numbers; the null distributions are."),),
    "contradictory": (_("Sources contradict each other: %(cases)s."),),
    "single_source": (_("Only one kind of source: %(cases)s."),),
    "unknown": (_("No source says anything: %(cases)s."),),
    "negative": (_("People of one case do not agree more than people of different cases."),),
    "unequal_sizes": (
        _("Cases have from %(smallest)s to %(largest)s respondents; the number is averaged."),
    ),
    "no_differences_within": (_("Within every case all answers are the same."),),
    "suppressed": (_("Not shown, as too few people answered: %(cases)s."),),
    "empty": (_("Nobody has a score: %(cases)s."),),
    "pooled_roles": (_("Roles with few people were taken together: %(cases)s."),),
    "roles_apart": (_("Roles differ much from each other: %(cases)s."),),
}

SCORE_NOTICES = {
    "items_not_asked": (_("Nobody was asked these statements: %(items)s."),),
    "unknown_items": (
        _("%(n)s answers are to statements that are not in this scale; they are left out."),
    ),
    "no_respondent": (_("%(n)s answers do not say whose they are; they are left out."),),
    "answered_twice": (
        _("%(n)s answers came from people who answered twice; the last answer counts."),
    ),
    "roles_changed": (_("%(n)s people have two roles in one case; the last one counts."),),
    "source_not_combined": (
        _("%(n)s scores of researchers come from other sources (sessions) and do not count."),
    ),
    "scale_too_few_items": (_("Alpha and omega do not exist for one statement."),),
    "scale_too_few_respondents": (_("Too few people answered to work out alpha and omega."),),
    "scale_constant_item": (
        _("Everybody gave the same answer to %(item)s, so alpha and omega cannot be worked out."),
    ),
    "scale_no_common_respondents": (
        _("Too few people answered both of these, so alpha and omega do not exist: %(items)s."),
    ),
    "scale_items_cancel": (
        _("The statements cancel out, so alpha and omega do not exist. Were reversed ones turned?"),
    ),
    "aggregation_icc_cases": (
        _("ICC does not exist: that needs two cases, and in one of these two people with a score."),
    ),
    "aggregation_constant": (_("Everybody has the same score, so ICC does not exist."),),
}  # fmt: skip

MODEL_NOTICES = {
    "no_spread_between_groups": (_("There is no spread between groups of %(group)s."),),
    "rule_overridden": (
        _("There are %(n)s where %(need)s are needed. The reason given: %(reason)s"),
    ),
    "incomplete_rows": (_("%(n)s of %(of)s rows are incomplete and left out."),),
    "levels_nobody_chose": (_("Levels that nobody chose: %(levels)s."),),
    "few_in_level": (_("Levels that few people chose: %(levels)s."),),
    "terms_alike": (_("Terms too much alike to tell apart well: %(variance_inflation)s."),),
}

CLASS_NOTICES = {
    "rows_known_in_part": (
        _("%(n)s of %(of)s have not all scores; what is known of them counts."),
    ),
    "few_in_class": (_("Classes with few members: %(classes)s."),),
    "classes_overlap": (
        _("The classes overlap much (entropy %(entropy)s): who is in which is often unsure."),
    ),
    "best_not_replicated": (
        _("Only one of %(starts)s starts reached the best solution. Read it with care."),
    ),
    "more_parameters_than_cells": (
        _("The model has more parameters (%(parameters)s) than the answers can bear."),
    ),
    "more_parameters_than_rows": (
        _("The model has more parameters (%(parameters)s) than there are rows (%(n)s)."),
    ),
    "not_identified": (_("The data do not settle this model: other figures would fit as well."),),
    "not_determined": (
        _("Only %(determined)s of %(parameters)s parameters are settled; others have no interval."),
    ),
    "at_boundary": (_("%(n)s of %(of)s probabilities lie at 0 or 1, without an interval."),),
    "variance_at_floor": (
        _("In a class all score nearly the same on %(items)s; its spread was kept above nothing."),
    ),
    "too_few_rows_for_classes": (
        _("Too few rows differ for some numbers of classes; these were left out."),
    ),
    "lowest_at_end": (
        _("Some criteria are lowest at the largest number (%(classes)s); more might fit better."),
    ),
    "rows_without_answers": (_("%(n)s rows have no score on any of these and are in no class."),),
    "labels_unpaired": (_("Types that go with no class: %(labels)s."),),
    "classes_unpaired": (_("Classes that go with no type: %(classes)s."),),
    "few_with_label": (_("Labels with few people: %(labels)s."),),
}

NOTICES: Mapping[str, tuple[str | Promise, ...]] = {
    **RELATION_NOTICES,
    **QCA_NOTICES,
    **SCALE_NOTICES,
    **AGGREGATION_NOTICES,
    **SCORE_NOTICES,
    **MODEL_NOTICES,
    **CLASS_NOTICES,
}
"""Per code the sentences for its data, the one that uses most first."""

SOLUTIONS = {
    "conservative": _("Conservative solution"),
    "parsimonious": _("Parsimonious solution"),
    "intermediate": _("Intermediate solution"),
}
SHARES = frozenset({"share_inside"})


def notice_sentence(
    code: str, context: Mapping[str, Any], names: Mapping[str, str] | None = None
) -> str:
    """Return the sentence of a notice with its data in it; a code without one as it is.

    ``names`` are readable names of cases and columns by code.
    """
    shown = {key: _shown(key, value, names or {}) for key, value in context.items()}
    for sentence in NOTICES.get(code, ()):
        try:
            return str(sentence) % shown
        except KeyError:
            continue
    return code


def notice_sentences(
    notices: Iterable[Mapping[str, Any]], names: Mapping[str, str] | None = None
) -> list[str]:
    """Return the sentences of notices as a run stores them: each a code and a context."""
    return [notice_sentence(each["code"], each.get("context", {}), names) for each in notices]


def _shown(key: str, value: Any, names: Mapping[str, str]) -> str:
    if key == "solution":
        return str(SOLUTIONS.get(value, value))
    if isinstance(value, float):
        return f"{round(value * 100)}%" if key in SHARES else number_shown(value, 2)
    if isinstance(value, list | tuple | dict):
        return ", ".join(_shown("", part, names) for part in value)
    return names.get(str(value), str(value))
