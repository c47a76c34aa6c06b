"""What do notices say about coders, models, classes, networks, weights and plans?"""

AGREEMENT = {
    "no_variation": (
        "Every rating is {category}, so agreement beyond chance does not exist. Rate units that "
        "differ, or give the percentage only.",
        "All nodes at the ends of ties are alike ({of}), so mixing does not exist.",
        "Every pair is tied, or none is (density {density}), so no expected number of roles "
        "exists. Read the counts only.",
    ),
    "no_disagreement": (
        "Code {code}: the coders agree everywhere, so the interval says nothing. Rate more units.",
        "The coders agree on every unit, so the interval says nothing. Rate more units.",
    ),
    "skewed": (
        "{share} of all ratings are {category}: a coefficient can be low although coders mostly "
        "agree. Show the percentage beside it, or draw more units of the others.",
    ),
    "unused_categories": (
        "Categories that nobody used: {categories}. They count for some coefficients; leave them "
        "out when they could not be chosen.",
    ),
    "kappa_paradox": (
        "Coders agree on {percent} of the units and kappa is only {kappa}: one category has most "
        "ratings. Read Gwet's AC beside it.",
    ),
    "few_to_resample": (
        "The interval rests on only {n} {drawn}. Rate more of them, or do not use the interval.",
    ),
    "undefined_resamples": (
        "{n} of the {of} random draws gave no outcome, so the interval is unsure. Rate more units.",
    ),
    "one_document": (
        "There is one document, so the interval cannot be drawn over documents. Add documents.",
    ),
}

MODELS = {
    "no_spread_between_groups": (
        "There is no spread between the groups of column {group}. A model without --group tells "
        "the same.",
    ),
    "not_converged": (
        "The weights do not fit the population: after {rounds} rounds the largest difference is "
        "{difference}. Do not use them: widen --trim, or join small categories.",
        "{n} of {of} starts did not settle (did the best one: {best_converged}). Give more starts, "
        "or fewer classes.",
        "{n} of {of} random draws did not settle and are left out. Take fewer classes.",
        "The calculation did not settle in {steps} steps. Do not use these numbers: leave terms "
        "out, or join levels with few rows.",
        "The calculation did not settle. Do not use these numbers: leave terms or items out, or "
        "add rows.",
    ),
    "rule_overridden": (
        "There are {n} where {need} are needed (rule: {rule}). The reason given: {reason}",
    ),
    "incomplete_rows": (
        "{n} of {of} rows are incomplete and left out. Missing by column: {columns}.",
        "{n} of {of} rows are incomplete; what is known of them counts.",
    ),
    "levels_nobody_chose": (
        "Levels of {item} that nobody chose: {levels}. Check how the levels are written.",
        "Levels of the outcome that nobody chose: {levels}. Check how they are written.",
    ),
    "few_in_level": ("Levels of the outcome with few rows: {levels}. Join them with a neighbour.",),
    "terms_alike": (
        "Terms too much alike to tell apart well (variance inflation): {variance_inflation}. "
        "Leave one out.",
    ),
}

CLASSES = {
    "few_in_class": ("Classes with few members: {classes}. Take fewer classes.",),
    "classes_overlap": (
        "The classes overlap much (entropy {entropy}): who is in which is often unsure. Take "
        "fewer classes, or add items.",
    ),
    "best_not_replicated": (
        "Only one of {starts} starts reached the best solution. Give more starts.",
    ),
    "more_parameters_than_cells": (
        "The model has {parameters} parameters, more than the answers can bear ({cells} patterns). "
        "Take fewer classes.",
    ),
    "more_parameters_than_rows": (
        "The model has {parameters} parameters and there are {n} rows. Take fewer classes.",
    ),
    "not_identified": (
        "The data do not settle this model: other figures would fit as well. Take fewer classes, "
        "or add items.",
    ),
    "not_determined": (
        "Only {determined} of {parameters} parameters are settled; the others have no interval. "
        "Take fewer classes.",
    ),
    "at_boundary": (
        "{n} of {of} probabilities lie at 0 or 1 and have no interval (item: classes): {classes}.",
    ),
    "variance_at_floor": (
        "In a class all rows score nearly the same on {items}; the spread was kept above nothing. "
        "Take fewer classes.",
    ),
    "too_few_rows_for_classes": (
        "Numbers of classes left out: {left_out}. Only {distinct} rows differ.",
    ),
    "lowest_at_end": (
        "Lowest at the largest number of classes ({classes}): {criteria}. Try more classes.",
    ),
    "rows_without_answers": ("Rows without any answer, which are in no class: {n}.",),
    "few_with_label": ("Labels with few rows: {labels}. Read their shares with care.",),
    "labels_unpaired": ("Types that go with no class: {labels}.",),
    "classes_unpaired": ("Classes that go with no type: {classes}.",),
}

NETWORKS = {
    "self_ties": (
        "Ties of a node with itself are left out: {nodes}. Blank them when they are a mistake.",
    ),
    "measure_impossible": ("{measure} cannot be measured here. {reason}",),
    "no_expectation_undirected": (
        "Expected numbers of roles exist for directed ties only. Read the counts, or give "
        "--directed.",
    ),
    "one_group": ("All nodes are in one group ({group}), so there is one role only.",),
    "search": (
        "Not every core was tried: {found} of {starts} searches ended in the best one. Another "
        "--seed shows how sure it is.",
    ),
    "ties_for_best": ("{n} cores fit equally well. Show them all.",),
    "fewer_classes": (
        "{asked} classes were asked and {found} found: other nodes have the same ties.",
    ),
    "empty_rows_or_columns": (
        "Rows and columns without any tie: {n}. Leave them out if nobody looked at them.",
    ),
    "unknown_pairs": (
        "Of {n} of {of} pairs neither end answered; they count as no tie. Ask one of each.",
    ),
    "missing_dyads": ("{n} of {of} pairs are not known in every network and are left out.",),
    "few_ties": (
        "There are only {n} pairs to tell {n_terms} terms by. Give fewer --predictor networks.",
    ),
    "overdispersed": (
        "Counts spread more than the model expects (dispersion {dispersion}). Read p, not the "
        "standard error.",
    ),
    "unconverged_permutations": (
        "{n} of {of} permutations gave no outcome and count against the term. Give fewer "
        "--predictor networks.",
    ),
    "isolates": ("Nodes without any tie: {n}. They lower the density.",),
    "few_distinct_permutations": (
        "The nodes can be ordered in only {n} ways, so p is coarse. Add nodes.",
    ),
    "singular_permutations": (
        "{n} of {of} permutations gave no outcome: the networks look too much alike. Leave one "
        "out.",
    ),
    "binary_outcome": (
        "The outcome has two values; a model for numbers is a rough one. Give --outcome binary.",
    ),
    "collinear": (
        "Networks too much alike to tell apart well (variance inflation): {variance_inflation}. "
        "Leave one out.",
    ),
}

WEIGHTS_AND_PLANS = {
    "trimmed": ("Weights that were held at a bound: {n}. Widen --trim to let them go.",),
    "large_ratio": (
        "The largest weight is {ratio} times the smallest. Give --trim, or join categories.",
    ),
    "small_strata": (
        "Categories with fewer than 5 respondents: {strata}. Join each with a neighbour.",
    ),
    "missing": (
        "Respondents without a figure in the column of --value: {n}. The mean leaves them out.",
    ),
    "few_degrees": (
        "The standard error rests on only {degrees} degrees of freedom. Read the interval as "
        "rough, or draw more clusters.",
    ),
    "studies_failed": (
        "{n} of the {of} simulated studies gave no outcome and count as not found. Plan a larger "
        "study.",
    ),
}
