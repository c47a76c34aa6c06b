"""Which sentence tells what a method refuses: relations and QCA, as pages can ask them."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "relation_construct_unknown": _(
        "The framework of this measurement has no ‘%(construct)s’. Choose from the list."
    ),
    "relation_to_type": _(
        "The type of change is partly made of the same measures as the factors. Choose the "
        "breadth of measures in the field instead."
    ),
    "relation_no_columns": _("Choose at least one factor and one outcome."),
    "relation_column_twice": _("Something cannot be a factor and an outcome at the same time."),
    "relation_rows": _("No case has a score yet. First bring in answers or rubric scores."),
    "relation_case_twice": _("Case %(case)s is there more than once. Give each case one row."),
    "qca_no_name": _("Give the analysis a name, so that your team can find it."),
    "qca_set_unknown": _("‘%(column)s’ is not in the list or has no anchors. Choose it again."),
    "qca_no_complete_case": _(
        "No case has a score on each of %(columns)s. Choose other conditions, or bring in what "
        "is missing."
    ),
    "qca_no_conditions": _("Choose at least one condition."),
    "qca_many_conditions": _("Choose at most 25 conditions."),
    "qca_condition_twice": _("A condition was chosen twice. Choose each condition once."),
    "qca_outcome_is_condition": _(
        "%(column)s is both outcome and condition. Leave it out of the conditions."
    ),
    "qca_too_many_conditions": _(
        "%(conditions)s conditions are too many for %(cases)s cases: a model that fits is then "
        "found nearly always, also in numbers drawn by chance. Choose at most four, or write "
        "down the reason. The report prints that reason."
    ),
    "qca_override_reason": _(
        "The reason for more than four conditions is too short. Write it as the report should "
        "print it, at least 10 characters."
    ),
    "qca_crossing_anchors": _(
        "The three anchors are out of order. Let them rise from fully out to fully in, or fall "
        "when low scores belong in the set, and make none equal."
    ),
    "qca_thresholds": _("The crossover must be a number."),
    "qca_too_few_figures": _(
        "The scores differ too little to suggest anchors. Choose them from what you know."
    ),
    "qca_outcome_constant": _(
        "With these anchors the outcome %(column)s is the same in all cases, so there is nothing "
        "to compare. Choose other anchors or another outcome."
    ),
    "qca_cut": _("Consistency and PRI lie between 0 and 1, and a row needs at least one case."),
    "qca_missing_figures": _("Some scores are missing. Leave those cases out."),
    "qca_unknown_condition": _("‘%(expression)s’ is none of the conditions. Choose it again."),
}
