"""What does a notice of a method say on the command line: what it is about, and the cure?"""

from collections.abc import Mapping
from typing import Any, cast

from rodedraad.cli.methods.notice_texts_models import (
    AGREEMENT,
    CLASSES,
    MODELS,
    NETWORKS,
    WEIGHTS_AND_PLANS,
)

RELATIONS = {
    "few_cases": (
        "Only {n} cases are known on both columns; a test needs {at_least}. Add cases, or show "
        "the matrix only.",
        "There are only {n} cases. Read the outcome with great care, or add cases.",
    ),
    "constant": (
        "Column {column} is {value} in all cases, so nothing can go together with it. Leave it "
        "out.",
    ),
    "built_in_overlap": (
        "{factor} is part of how {outcome} is made, so they are not related to each other. Take "
        "another outcome, or make it without this factor.",
    ),
    "same_source": (
        "Both columns come, at least partly, from the same source ({sources}), which alone makes "
        "them go together. Take another source for one of them.",
    ),
    "one_case_turns_it": (
        "Without one of these cases the direction does not stay the same: {cases}. Look at them "
        "before you use the outcome.",
    ),
    "interval_absent": (
        "There is no interval for: {terms}. The data do not bound it; join levels or leave the "
        "term out.",
        "There is no interval: it cannot be worked out from these cases. Add cases.",
    ),
    "bootstraps_failed": (
        "{n} of the {of} random draws gave no outcome; the interval leaves them out. More rows "
        "make it surer.",
    ),
    "nothing_to_compare": (
        "On one side all cases are the same, so nothing can be compared. Take another column.",
    ),
    "only_the_matrix": (
        "No relation was tested: that needs at least {at_least} cases. Look at the matrix.",
    ),
    "max_t_needs_complete_columns": (
        "Not adjusted by the largest relation: not every case is known on {columns}. Fill them "
        "in, or leave out --max-t.",
    ),
}

QCA = {
    "condition_limit_overridden": (
        "{conditions} conditions are more than {cases} cases can bear. The reason given: {reason}",
    ),
    "not_rising": (
        "Column {column}: the curve does not rise everywhere, so higher figures get lower "
        "membership. Use fewer thresholds, or three anchors.",
        "The curve does not rise everywhere: higher figures get lower membership. Use fewer "
        "thresholds, or three anchors.",
    ),
    "empty_level": (
        "Column {column}: no case is at level {level}. Move or leave out a threshold.",
        "No case is at level {level}. Move or leave out a threshold.",
    ),
    "half_memberships": (
        "Exactly halfway (0.5), so in no row of the truth table: {cases}. Move the crossover.",
        "Column {column}: exactly halfway (0.5), so in no row of the truth table: cases {rows}. "
        "Move the crossover.",
        "Exactly halfway (0.5), so in no row of the truth table: case number {rows}. Move the "
        "crossover.",
    ),
    "skewed_set": (
        "Column {column} is skewed: {share_inside} of the cases are in the set. Look at its "
        "anchors, and at PRI.",
        "This set is skewed: {share_inside} of the cases are in it. Look at the anchors.",
    ),
    "rows_for_both_outcomes": (
        "These rows pass for the outcome and for its absence, and count for neither: {lines}. "
        "Raise --pri-cut to settle them.",
    ),
    "untenable_remainders": (
        "Rows without cases that are left out, as their assumptions contradict each other: {n}.",
    ),
    "no_expectations": (
        "No expectations were given, so the intermediate solution assumes nothing and is the "
        "conservative one. Give them with --expect.",
    ),
    "intermediate_not_computed": (
        "The intermediate solution was not worked out: there are too many pairs of models. Use "
        "fewer conditions.",
    ),
    "constant_condition": ("Column {column} is the same in all cases. Leave this condition out.",),
    "limited_diversity": (
        "{remainders} of the {rows} rows of the truth table have no cases; {cases} cases cannot "
        "fill it. Use fewer conditions, or say what is assumed.",
    ),
    "contradictory_rows": (
        "Rows in which some cases have the outcome and others do not: {lines}. Look at these "
        "cases for a condition that tells them apart.",
    ),
    "no_positive_rows": (
        "No row goes with the outcome; the highest consistency is {highest_consistency}. There is "
        "no solution: look at the calibration, or give a lower --incl-cut.",
    ),
    "no_negative_rows": (
        "Every row goes with the outcome, so nothing tells rows apart. Look at the calibration of "
        "the outcome, or give a higher --incl-cut.",
    ),
    "ambiguous": (
        "{solution} solution: {models} models fit equally well. Show them all; none is the only "
        "one.",
        "{solution} solution: more models fit equally well than were counted. Show that.",
    ),
    "models_not_all_listed": (
        "{solution} solution: {listed} of {models} models are listed. Give a higher --list-models "
        "to see more.",
        "{solution} solution: {listed} models are listed and there are more, not counted. Use "
        "fewer conditions.",
    ),
    "necessary_condition_dropped": (
        "{solution} solution: {condition} is necessary by itself, but not in every term. Name it "
        "with --necessary to keep it.",
    ),
}

SCALES = {
    "few_respondents": (
        "Only {n} respondents answered {items} items. Add respondents, or read the outcome with "
        "great care.",
        "Only {n} respondents answered. Add respondents, or read the outcome with great care.",
    ),
    "incomplete_respondents": ("Respondents who did not answer every item: {n}.",),
    "two_items": ("A scale of two items has no omega. Use alpha, or add an item.",),
    "negative_item_rest": (
        "Against the direction of the other items: {items}. Turn a reversed item with --reversed, "
        "or leave the item out.",
    ),
    "negative_alpha": (
        "Alpha is below 0: the items do not measure one thing. Turn reversed items with "
        "--reversed, or do not make one score of them.",
    ),
    "heywood": (
        "The one factor explains these items wholly, which is not likely: {items}. Do not use "
        "omega; add respondents or items.",
    ),
    "not_positive_definite": (
        "The correlations of the items contradict each other (lowest eigenvalue {eigenvalue}). "
        "Leave out items with few answers, or add respondents.",
    ),
    "item_not_answered": ("Nobody answered item {item}. Leave it out.",),
    "constant_item": (
        "Everybody answered {answer} to item {item}, so it tells nobody apart. Leave it out.",
    ),
    "category_not_chosen": (
        "Nobody chose these answers to item {item}: {answers}. Check --low and --high.",
        "Answers that nobody chose, by item: {items}. Polychoric correlations leave them out.",
    ),
    "items_differ_between_respondents": (
        "Not everybody was asked the same items. The score takes the items as interchangeable: "
        "say so, or use the items that all were asked.",
    ),
    "no_scores": ("Nobody answered enough items for a score. Check --dont-know and --not-asked.",),
    "at_bound": (
        "These items go together almost perfectly, so the correlation lies at its bound: {pairs}. "
        "Leave one of each out, or add respondents.",
    ),
}

AGGREGATION = {
    "single_respondent": ("Only one person answered, so agreement is not known: {cases}.",),
    "single_respondent_cases": (
        "Cases in which only one person answered: {n}. They say nothing about agreement.",
    ),
    "more_variance_than_null": (
        "Answers differ more than chance would make them, so agreement is set to 0: {cases}. "
        "Look at the roles in these cases.",
    ),
    "respondents_without_answers": ("Respondents who answered nothing and are left out: {n}.",),
    "not_whole_numbers": (
        "Some answers are no whole numbers; the null distributions are. Give answers as chosen.",
    ),
    "contradictory": ("Sources contradict each other: {cases}. Read them side by side.",),
    "single_source": ("Only one source says something: {cases}. Look for a second.",),
    "unknown": ("No source says anything: {cases}. These cases have no score.",),
    "negative": (
        "People of one case do not agree more than people of different cases. Do not read the "
        "mean as a property of the case.",
    ),
    "unequal_sizes": (
        "Cases have from {smallest} to {largest} respondents; the formula takes one number for "
        "all.",
    ),
    "no_differences_within": (
        "Within every case all answers are the same. Check that each row is another person.",
    ),
    "suppressed": ("Not shown, as too few people answered: {cases}.",),
    "empty": ("Nobody has a score: {cases}.",),
    "pooled_roles": ("Roles with few people were taken together: {cases}.",),
    "roles_apart": ("Roles differ much from each other: {cases}. Show the roles apart.",),
}

TEXTS: Mapping[str, tuple[str, ...]] = {
    **RELATIONS,
    **QCA,
    **SCALES,
    **AGGREGATION,
    **AGREEMENT,
    **MODELS,
    **CLASSES,
    **NETWORKS,
    **WEIGHTS_AND_PLANS,
}
"""Per code the sentences for its data, the one that uses most first."""

SHARES = frozenset({"percent", "share", "share_inside"})


def notice_text(code: str, context: Mapping[str, object]) -> str:
    """Return the sentence of a notice with its data in it; a code without one as it is."""
    words = {key: _word(key, value) for key, value in context.items() if value is not None}
    for text in TEXTS.get(code, ()):
        try:
            found = text.format_map(words)
        except KeyError:
            continue
        return found[:1].upper() + found[1:]
    return code


def _word(key: str, value: object) -> str:
    if key == "rule":
        return str(value).replace("_", " ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.0%}" if key in SHARES else f"{value:.3g}"
    if isinstance(value, Mapping):
        given = cast("Mapping[Any, object]", value)
        return ", ".join(f"{name} ({_word('', part)})" for name, part in given.items())
    if isinstance(value, list | tuple):
        return ", ".join(_word("", part) for part in cast("list[object]", value))
    return str(value)
