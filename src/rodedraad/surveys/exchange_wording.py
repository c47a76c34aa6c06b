"""Why did something of a questionnaire not come along, and what is a choice about files called?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

IMPORT_WORDS: Mapping[str, str | Promise] = {
    "kind": _("There is no such kind of question here."),
    "device": _("It records something about the telephone or the moment, which is not kept here."),
    "row": _("The row is not a valid row of an XLSForm."),
    "form": _("The form as a whole is not valid."),
    "calculation": _("The calculation uses something that cannot be carried over."),
    "no-place": _("It stands in a part of the form that has no counterpart here."),
    "relevance": _("The condition cannot be carried over; the question is always asked."),
    "constraint": _("The check on the answer cannot be carried over."),
    "choice-filter": _("The filter of choices cannot be carried over; all choices are shown."),
    "required": _("When it is required cannot be carried over; it is optional."),
    "default": _("The answer that is filled in beforehand cannot be carried over."),
    "repeat-count": _(
        "How often it repeats cannot be carried over; people add as many as they need."
    ),
    "text-expression": _("A calculation inside a text was left out."),
    "markup": _("Pictures, scripts or styles in a text were left out."),
    "media": _("A picture, sound or film is not carried over."),
    "appearance": _("How it looks is decided here."),
    "renamed": _("The name occurs more than once, or holds signs that cannot be used."),
    "comment": _("One field for comments takes the place of one for each choice."),
    "array-filter": _("A filter by the answers to another question is not carried over."),
    "quota": _("Quotas are set with the survey, by case and role."),
    "attribute": _("This setting has no counterpart here."),
    "layout": _("Rows and columns have changed places."),
    "choices": _("A list of choices, or a choice in it, is missing or there twice."),
    "no-choices": _("There are no choices or statements, so there is nothing to answer."),
    "read-only": _("Nobody can fill it in, so it is text here."),
    "heading": _("A heading occurs twice; the first column is read."),
    "pyxform": _("A remark about the form."),
}
COARSE_WORDS: Mapping[str, str | Promise] = {
    "keep": _("as it is"),
    "small": _("small groups together"),
    "out": _("left out"),
}
LEFT_WORDS: Mapping[str, str | Promise] = {
    "marked": _("in the file, with a mark"),
    "without": _("not in the file"),
}
MARK_WORDS: Mapping[str, str | Promise] = {
    "version": _("which version of the questionnaire, and whether it may be compared"),
    "flags": _("who answered very quickly or gave one answer throughout"),
    "weight": _("the weight, when the file has the case as it is"),
}
