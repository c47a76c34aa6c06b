"""Which sentence a person reads when making people in texts unknown is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "decision_unknown": _("Accept a place, or let the words stay. Use the buttons of the page."),
    "kind_unknown": _("This is no kind of thing that people are known by. Choose one of the list."),
    "mark_not_found": _("These words do not stand in the text like this. Copy them from the text."),
    "mark_there": _("Every place with these words is marked already."),
    "mark_overlaps": _(
        "These words overlap another place. Let that one stay first, or choose fewer words."
    ),
    "mark_words_elsewhere": _(
        "These words do not stand at this place in the text. Copy them from the text."
    ),
    "marks_open": _("%(n)s places are still open. Decide on each of them first."),
    "person_unknown": _("There is no such person. Choose a number from the list of persons."),
    "pseudonym_damaged": _(
        "A locked name was changed in the database and cannot be opened. Ask the administrator to "
        "restore it from a backup."
    ),
    "pseudonym_key_missing": _(
        "The names were locked with the key %(key)s, which is not here. Ask the administrator to "
        "put that key back."
    ),
    "pseudonym_key_short": _(
        "The key to the pseudonyms is shorter than %(least)s characters. Ask the administrator "
        "for a longer one."
    ),
    "reason_missing": _(
        "Say in %(least)s to %(most)s characters why you must know who this is. Others can read "
        "the reason later."
    ),
    "replacement_names": _(
        "What comes instead has at most %(most)s characters, and no word of what it replaces."
    ),
    "review_missing": _("Nobody looked for people in this text yet. Look for people first."),
    "staying_name_length": _(
        "A name has 2 to 200 characters. Mend the line that begins with ‘%(line)s’."
    ),
}
