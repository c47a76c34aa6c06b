"""Which sentence a person reads when something outside the rooms named beside this is refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "own_account": _("You cannot do this to your own account. Ask another administrator to do it."),
    "year-not-held": _(
        "There is nothing about the year %(year)s. Choose a year from %(first)s to %(last)s."
    ),
    "disk_full": _(
        "There is not enough space left on the disk. Ask the administrator to free some."
    ),
    "study_exists": _("There is already a study called ‘%(slug)s’. Choose another short name."),
    "wave_frozen": _("Wave %(wave)s is closed. Make a new wave to work with another framework."),
    "municipalities_are_given": _(
        "Municipalities come from the country tables. You do not have to add them."
    ),
    "frame_empty": _("The study has no units yet. Add them before you choose."),
    "only_for_municipalities": _(
        "Figures, size and part of the country are known of municipalities only. Choose these "
        "units at random, or take them all."
    ),
    "unknown_indicator": _(
        "There is no figure ‘%(indicator)s’ for %(year)s. Choose another figure or another "
        "reference date."
    ),
    "stratum_unknown": _(
        "The division ‘%(stratum)s’ is not known of these units. Fill in the labels, or choose "
        "another division or reference date."
    ),
    "selection_under_way": _(
        "Invitations were sent already. Replace a municipality that refuses by its reserve."
    ),
    "selection_method": _(
        "There is no way of choosing called ‘%(method)s’. Choose one from the list."
    ),
    "selection_without_figures": _(
        "This way of choosing compares figures. Choose at least one figure."
    ),
    "selection_odd": _("Pairs need an even number. You asked for %(n)s."),
    "selection_size": _("Choose at least 1 and at most %(units)s units. You asked for %(n)s."),
    "pairs_impossible": _(
        "At most %(possible)s pairs can be made. Ask for fewer, or widen the choice."
    ),
    "quota_too_many_needed_strata": _(
        "There are more groups that must take part than the %(n)s units you ask for. Choose "
        "more units, or join groups."
    ),
    "refusal_without_reason": _(
        "Say why %(name)s does not take part. The report names every refusal."
    ),
    "nothing_to_undo": _("There is no step to undo."),
    "case_not_chosen": _("%(name)s was not chosen. Take a municipality from the list."),
    "plan_superseded": _("Choice %(number)s was followed by a newer one. Open the log again."),
    "step_out_of_order": _("This step does not fit where %(name)s stands now. Open the log again."),
    "last_lead": _("A study needs someone who leads it. Make someone else lead first."),
    "report_about_people": _(
        "This report rests on rows about people. It cannot leave the study. Read it here."
    ),
    "report_pdf_refused": _(
        "The PDF could not be made. Take the HTML, and tell the administrator."
    ),
    "report_docx_refused": _(
        "The Word file could not be made. Take the HTML, and tell the administrator."
    ),
    "label_without_source": _("Say where the label comes from: a document, a list or a person."),
    "job_worker_died": _(
        "The program that did this work ended in the middle. Start the work again. Does it end "
        "like this once more? Then tell the administrator: the machine may have too little memory."
    ),
    "job_kind_unknown": _(
        "This version cannot do this work. Start it again from the page where it belongs."
    ),
    "dask_setting": _(
        "The address of the computing cluster is not right: %(address)s. Tell the administrator."
    ),
    "dask_unreachable": _(
        "The computing cluster %(address)s does not answer. Tell the administrator, and start the "
        "work again later."
    ),
    "dask_no_workers": _(
        "The computing cluster %(address)s has no machines that work. Tell the administrator, and "
        "start the work again later."
    ),
    "dask_other_version": _(
        "The computing cluster %(address)s has another version of the program, so numbers could "
        "differ. Tell the administrator."
    ),
    "dask_workers_died": _(
        "The computing cluster %(address)s has too little memory for this work. Tell the "
        "administrator."
    ),
    "dask_lost": _(
        "The connection with the computing cluster %(address)s was lost. Start the work again."
    ),
    "second_factor_damaged": _(
        "What your authenticator app is checked with was changed in the database. Ask the "
        "administrator to reset your second step."
    ),
    "second_factor_key_missing": _(
        "What your authenticator app is checked with was locked with the key %(key)s, which is not "
        "here. Ask the administrator to put that key back."
    ),
    "second_factor_key_short": _(
        "The key to the secrets of authenticator apps is shorter than %(least)s characters. Ask "
        "the administrator for a longer one."
    ),
}
