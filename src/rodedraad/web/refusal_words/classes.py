"""Which sentence tells what latent classes refuse?"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "classes_without_measures": _("No case has measures in this wave. Bring in measures first."),
    "classes_without_answers": _(
        "Nobody answered statements of these constructs. Bring in answers, or choose others."
    ),
    "classes_constructs": _("Choose at least two scores that people answered, and at most twenty."),
    "classes_all_missing": _("Nothing is known of %(column)s. Leave it out."),
    "classes_constant": _(
        "%(column)s is the same everywhere, so it cannot tell classes apart. Leave it out."
    ),
    "classes_no_items": _("No score differs between the cases, so there are no classes to find."),
    "classes_no_rows": _("There is nobody to put in classes. Bring in answers first."),
    "classes_not_separable": _("The classes cannot be told apart. Choose fewer classes."),
    "classes_too_many": _(
        "%(n_classes)s classes are too many: only %(distinct)s rows differ. Choose fewer classes."
    ),
    "classes_bootstrap_worse": _(
        "A model with more classes came out worse than one with fewer. Choose fewer classes."
    ),
}
