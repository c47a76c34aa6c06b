"""Which sentence a person reads when something is refused: one for each code, in two languages."""

from django.utils.translation import gettext_lazy as _

from rodedraad.errors import Refusal

SENTENCES = {
    "own_account": _("You cannot do this to your own account. Ask another administrator to do it."),
    "disk_full": _(
        "There is not enough space left on the disk. Ask the administrator to free some."
    ),
}


def refusal_sentence(refusal: Refusal) -> str | None:
    """Return the sentence of its code with the data of this refusal in it; None if it has none."""
    sentence = SENTENCES.get(refusal.code)
    return None if sentence is None else str(sentence) % dict(refusal.context)
