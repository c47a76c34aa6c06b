"""Which sentence a person reads when something about suggestions by the machine is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "suggestions_off": _("Suggestions are off in this study. The lead can turn them on."),
    "suggestions_no_examples": _(
        "Nothing is coded yet that the machine may learn from. Code passages first."
    ),
    "suggestion_gone": _("This suggestion is not there any more."),
    "suggestion_decided": _("Somebody decided about this suggestion already."),
    "suggestion_open": _("Nobody decided about this suggestion yet."),
    "suggestion_of_other": _(
        "Somebody else decided about this suggestion, and only they take that back."
    ),
}
