"""What are rounds, units and coefficients called on a page, and what does each one say?"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, str | Promise]

KINDS: Words = {
    "open": pgettext_lazy("round", "open: coders see each other's work"),
    "blind": pgettext_lazy("round", "blind: coders see each other's work after it closed"),
    "consensus": pgettext_lazy("round", "consensus: differences of a blind round are settled"),
}
KINDS_SHORT: Words = {
    "open": pgettext_lazy("kind of round", "open"),
    "blind": pgettext_lazy("kind of round", "blind"),
    "consensus": pgettext_lazy("kind of round", "consensus"),
}
UNITS: Words = {
    "character": _("each character"),
    "sentence": _("each sentence"),
    "paragraph": _("each paragraph"),
    "segment": _("each segment that was marked beforehand"),
}
UNITS_MANY: Words = {
    "character": _("characters"),
    "sentence": _("sentences"),
    "paragraph": _("paragraphs"),
    "segment": _("segments"),
}
DRAWN: Words = {"source": _("sources"), "paragraph": _("paragraphs")}
MEASURES: Words = {
    "percent": _("Same judgement"),
    "krippendorff": _("Alpha of Krippendorff"),
    "gwet": _("AC1 of Gwet"),
    "cohen": _("Kappa of Cohen"),
    "conger": _("Kappa of Conger"),
    "scott": _("Pi of Scott"),
    "fleiss": _("Kappa of Fleiss"),
    "brennan-prediger": _("Kappa of Brennan and Prediger"),
    "unitising": _("Alpha for free passages"),
    "strength": _("Strength, ordinal alpha"),
    "valence": _("Direction, ordinal alpha"),
    "sets": _("All codes of a unit together (alpha with MASI)"),
    "same_sets": _("Exactly the same codes"),
}
MEANINGS: Words = {
    "percent": _(
        "The share of pairs of judgements that are the same. Without chance taken off: with a "
        "rare code this is nearly always high."
    ),
    "krippendorff": _(
        "Agreement after what chance gives is taken off. 1 is full agreement, 0 what chance gives, "
        "below 0 is worse than chance. It allows for units that a coder did not see."
    ),
    "gwet": _(
        "As alpha, but with another idea of chance: it stays steadier when a code is very rare or "
        "very common."
    ),
    "cohen": _("For two coders: chance is how often each of the two uses the code."),
    "conger": _("Cohen's kappa for more than two coders."),
    "scott": _("For two coders: chance is how often they use the code together."),
    "fleiss": _("For more coders: chance is how often all together use the code."),
    "brennan-prediger": _("Chance is one in two: the code is there or it is not."),
    "unitising": _(
        "Do coders let a passage begin and end at the same place? Looks at the passages "
        "themselves, over the sources that all coders finished."
    ),
    "strength": _("Where two or more coders gave the code: is the strength (0 to 3) alike?"),
    "valence": _("Where two or more coders gave the code: is the direction alike?"),
    "sets": _(
        "Compares all codes that a unit got at once. Partly the same counts partly. This is no "
        "mean over codes."
    ),
    "same_sets": _("The share of pairs of coders who gave a unit exactly the same codes, or none."),
    "any_code": _("Is there a code on the unit at all, whichever one?"),
}
NOTICES: Words = {
    "few_to_resample": _(
        "There were only %(n)s %(drawn)s to draw from for the intervals, so these are rough."
    ),
    "undefined_resamples": _(
        "Some figures could not be worked out in every draw; at most in %(n)s of %(of)s."
    ),
}
CHOICES: Words = {
    "agreed": _("all agreed"),
    "version": _("the version of %(name)s"),
    "other": _("another code or range"),
    "none": _("no code here"),
}
MAIN = ("krippendorff", "gwet", "percent", "cohen", "conger", "unitising")
"""Which measures the picture can show."""

TABLE = (
    "percent", "krippendorff", "gwet", "cohen", "conger", "scott", "fleiss", "brennan-prediger",
)  # fmt: skip
"""In which order the columns of the table stand; those that a result does not have are left out."""
