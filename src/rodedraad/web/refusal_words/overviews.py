"""Which sentence a person reads when something about what codes show is refused?"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "quotes_too_many": _(
        "A spreadsheet of %(n)s quotes is too large. Take the CSV file, or choose fewer quotes: "
        "at most %(most)s."
    ),
}
