"""What are the codes of interviews called on a page?"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rodedraad.fieldwork.wording import Words

INTERVIEW_STATES: Words = {
    "planned": pgettext_lazy("interview", "planned"),
    "held": pgettext_lazy("interview", "held"),
    "transcribed": pgettext_lazy("interview", "written out"),
    "deidentified": pgettext_lazy("interview", "people made unknown"),
    "approved": pgettext_lazy("interview", "approved"),
    "coded": pgettext_lazy("interview", "coded"),
    "cancelled": pgettext_lazy("interview", "cancelled"),
}
MODES: Words = {
    "in_person": pgettext_lazy("interview", "face to face"),
    "online": pgettext_lazy("interview", "online"),
    "telephone": pgettext_lazy("interview", "by telephone"),
    "group": pgettext_lazy("interview", "in a group"),
}
CHANGES: Words = {
    "change": _("the plan was changed"),
    "hold": _("written down that it was held"),
    "source": _("the transcript was linked"),
    "source_off": _("the transcript was taken away"),
    "approve": _("the transcript was approved"),
    "cancel": _("it was cancelled"),
}
BY_KIND = {"state": INTERVIEW_STATES, "mode": MODES, "change": CHANGES}
