"""Which sentence a person reads when something about scores and evidence of texts is refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "score_no_text": _("This source has no text to score."),
    "score_no_step": _("There is no step to undo or do again."),
    "score_agreed": _("Nobody differs about this any more."),
    "score_not_given": _("Choose one of the scores that stand there."),
    "score_other_study": _("Choose a source of this study."),
    "score_construct": _("‘%(construct)s’ is not scored in this source. Choose one from the list."),
    "score_level": _("Choose one of the levels that the page shows."),
    "score_both": _("Choose a level, or say why there is none; not both."),
    "score_reason": _("Say why, in at most %(most)s characters."),
    "score_evidence": _(
        "From a pilot on, a measure needs a passage that says so and a date. Choose a passage and "
        "fill in the date."
    ),
    "score_passage": _("The text has no passage from %(start)s to %(end)s. Choose it once more."),
    "score_place": _("Choose a passage from the list, or no passage."),
    "score_date": _("Write the date as year-month-day, like 2016-01-31."),
    "score_date_future": _("The date is after today. Fill in since when it is so."),
    "withdrawal_reason": _("Say why, in at most %(most)s characters."),
    "withdrawal_which": _("Choose which rows to take back."),
    "withdrawal_nothing": _("There are no such rows in the evidence. Look at the list again."),
    "withdrawal_of_texts": _(
        "These rows come from texts. Change the coding or the score, and take over again."
    ),
    "withdrawal_undone": _("These rows were brought in again already."),
    "withdrawal_there": _(
        "Some of these records are in the evidence again, perhaps corrected. Take those back "
        "first, or leave this as it is."
    ),
}
