"""Which sentence a person reads when something about rounds and agreement is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "agreement_not_blind": _(
        "Agreement is of a blind round only: in other rounds coders saw each other's work."
    ),
    "agreement_open": _("This round is still open. Agreement can be worked out when it is closed."),
    "agreement_no_pairs": _(
        "No source was finished by two coders, so there is nothing to compare."
    ),
    "agreement_no_units": _(
        "There are no units in the sources that were finished, so there is nothing to compare."
    ),
    "agreement_no_segments": _("No coder marked anything, so there is nothing to compare."),
    "agreement_passages_many": _(
        "The passages overlap so much that comparing them takes too long. Choose paragraphs as "
        "the unit of the next round."
    ),
    "round_unit": _("Choose the unit that coders are compared on."),
    "round_no_segments": _(
        "The code that should mark the segments marks nothing in these sources. Mark the segments "
        "with it first, or choose another unit."
    ),
    "settled_already": _("This place is settled already. Undo that decision first."),
    "settled_not": _("Nothing was decided about this place."),
    "settled_other_round": _("This place is of another round."),
    "settled_choice": _("Choose the version of a coder, another code or range, or no code."),
}
