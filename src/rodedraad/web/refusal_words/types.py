"""Which sentence tells what types and decisions on types refuse?"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "type_label_unknown": _("‘%(label)s’ is not one of the types. Choose one from the list."),
    "type_not_decided": _("Nobody decided on %(name)s, so there is nothing to withdraw."),
    "type_not_allowed": _(
        "Only the lead and the researchers of a study decide on a type. Ask one of them."
    ),
    "type_without_reason": _(
        "Write the reason in at least %(n)s characters. It is shown beside the type."
    ),
    "type_run_of_other": _(
        "The types of %(wave)s were worked out again, or are of other cases. Open the page of the "
        "case again."
    ),
    "ruleset_version": _(
        "Wave %(wave)s asks for another version of the rule %(ruleset)s than this program has. "
        "Make a new version of the framework, for a new wave."
    ),
    "measure_status": _(
        "The status of a measure is not one of the list, in row %(row)s of the evidence. Bring it "
        "in again."
    ),
}
