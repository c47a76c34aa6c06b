"""What do things of a project mean to a person?"""

from django.utils.translation import gettext_lazy as _

THINGS = {
    "codes": _("codes"),
    "sources": _("texts"),
    "codings": _("codings"),
    "coders": _("coders"),
    "memos": _("memos"),
}
