"""Which sentence a person reads when something about surveys is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "survey_definition": _(
        "This questionnaire cannot be read: %(told)s Look at the question it names."
    ),
    "survey_too_heavy": _(
        "This questionnaire takes too long to work out, so nothing was done. Look for a condition "
        "or a pattern that repeats itself, and make it simpler."
    ),
    "survey_not_json": _("A questionnaire is a JSON object with pages."),
    "survey_too_large": _("This questionnaire is larger than 1 MB. Split it in two surveys."),
    "survey_too_large_questions": _(
        "A questionnaire has at most %(most)s questions. Take some out."
    ),
    "survey_too_deep": _("Questions stand too deep in each other; make it flat."),
    "survey_property_forbidden": _(
        "“%(where)s” uses %(name)s. That reaches outside the site or runs code, so it may not be "
        "used; take it out."
    ),
    "survey_property_unknown": _(
        "“%(where)s” has a property %(name)s, which SurveyJS does not know. Take it out or mend "
        "its name."
    ),
    "survey_type_unknown": _(
        "“%(where)s” is of a kind (%(kind)s) that the site does not know. Choose another kind."
    ),
    "survey_name": _("“%(where)s” cannot be the name of a question. Use letters, digits, - and _."),
    "survey_picture": _(
        "“%(where)s” shows a picture from elsewhere, which would tell another site who answers. "
        "Take it out."
    ),
    "survey_by_hand": _(
        "“%(where)s” asks for a signature, which nobody can give with a keyboard or a screen "
        "reader. Ask for a name instead."
    ),
    "survey_function": _(
        "A condition uses %(name)s(), which is no function of SurveyJS. Take it out."
    ),
    "survey_text_too_long": _("A text at “%(where)s” is too long. Make it shorter."),
    "survey_part_gone": _(
        "“%(where)s” is not in this questionnaire any more. Load the page again."
    ),
    "survey_name_taken": _(
        "There is already something called “%(where)s” in this questionnaire. Choose another name."
    ),
    "survey_json": _("This is no JSON: %(told)s. Mend it, or copy the question again."),
    "survey_no_number": _("“%(given)s” is no number. Write digits only."),
    "survey_has_faults": _(
        "This questionnaire has %(n)s faults. Mend them first: the list says where."
    ),
    "survey_change_untold": _(
        "Say first what changed since the version before, and whether answers can be compared."
    ),
    "survey_version_open": _("A version is being made already. Change that one."),
    "survey_no_step": _("There is nothing to undo or to do again."),
    "survey_version_frozen": _(
        "This version went out, so it is never changed. Make a new version."
    ),
    "survey_changed_meanwhile": _(
        "Someone changed this questionnaire while you were looking at it, so nothing was saved. "
        "Load the page again and make your change once more."
    ),
    "survey_no_title": _("Give the survey a title in Dutch."),
    "survey_no_roles": _("Choose whom the survey asks: at least one role."),
    "survey_mode_kept": _(
        "What people were promised is never changed once a version went out. Make another survey."
    ),
    "survey_dates": _("A survey closes after it opens. Mend the dates."),
    "survey_nothing_out": _(
        "Fix the questionnaire first: a version that goes out is never changed."
    ),
    "survey_state": _("A survey opens, pauses or closes."),
    "survey_quota_passed": _("%(n)s are in already, so the quota cannot be %(target)s."),
    "survey_own_kept": _("The survey went open, so questions of a municipality stay as they are."),
    "survey_own_most": _("A municipality adds at most %(most)s questions to this survey."),
    "survey_own_simple": _("A question of a municipality is a simple one, without conditions."),
    "left_out_flag": _("There is no such mark. Choose one of the page."),
    "left_out_reason": _("Say why, in at most %(most)s characters."),
    "evidence_too_few": _(
        "This survey is anonymous and open, and %(n)s responses are new. Wait until there are "
        "%(least)s, or close the survey first: else the moment would tell whose answers these are."
    ),
    "weights_only_municipalities": _(
        "Size and part of the country are known of municipalities only, so answers of this study "
        "cannot be weighted by them or compared on them."
    ),
    "weights_year": _(
        "The number of inhabitants in %(year)s is not known of %(n)s municipalities, so there is "
        "nothing to compare with. Renew the figures of the country."
    ),
    "weights_cells_empty": _(
        "Nobody answered in %(cells)s. No weight can mend that. Weight on one of the two, or on "
        "both apart (raking), or leave it unweighted and say so."
    ),
    "weights_asked": _(
        "Choose size, part of the country or both, a way to weight, and a largest weight above 1 "
        "or none."
    ),
    "weights_no_responses": _(
        "There are no complete responses that count, so there is nothing to weight."
    ),
    "weights_case_unknown": _(
        "%(cases)s did not exist on the reference date of the wave, so its size is not known. "
        "Look at the cases of the study."
    ),
    "survey_unknown": _(
        "There is no survey “%(survey)s” in a study “%(slug)s”. Look up the short names."
    ),
    "survey_file_large": _(
        "The file, or what is in it, is larger than %(megabytes)s MB. No questionnaire is that "
        "large. Look whether this is the right file."
    ),
    "survey_file_unreadable": _(
        "The file is damaged and cannot be read. Open it in the program that made it, and save it "
        "again."
    ),
    "survey_file_unsafe": _(
        "The file holds something that a questionnaire does not need and that can hide an attack "
        "(links, macros, formulas that reach outside, or a DOCTYPE). Save it again without."
    ),
    "survey_file_unknown": _(
        "This is no questionnaire that can be read. Choose an XLSForm (.xlsx, .xls), a LimeSurvey "
        "file (.lss, .lsg, .lsq) or a SurveyJS definition (.json)."
    ),
    "survey_import_invalid": _(
        "This questionnaire cannot be used as it is: %(told)s Mend it in the program that made it."
    ),
    "survey_import_empty": _(
        "Nothing in this questionnaire can be carried over, so no survey was made."
    ),
    "survey_no_wave": _("The study has no wave yet. Make one first."),
    "survey_file_choice": _(
        "Choose for case and role: as it is, small groups together, or left out; and what else "
        "is in the file from the list."
    ),
    "survey_file_form": _("Choose one of the forms of files on the page."),
    "survey_file_empty": _("Nobody completed this survey yet, so there is no file with answers."),
    "survey_file_gone": _("The file is not on the server any more. Ask for it again."),
}
