"""What are the codes of people, consent and mail called on a page?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Mapping[str, str | Promise]
STATES: Words = {
    "planned": pgettext_lazy("participation", "planned"),
    "invited": pgettext_lazy("participation", "invited"),
    "reached": pgettext_lazy("participation", "reached"),
    "started": pgettext_lazy("participation", "started"),
    "done": pgettext_lazy("participation", "done"),
    "refused": pgettext_lazy("participation", "refused"),
    "not_reached": pgettext_lazy("participation", "not reached"),
    "ineligible": pgettext_lazy("participation", "not the right person"),
    "withdrawn": pgettext_lazy("participation", "withdrawn"),
}
STEPS: Words = {
    "invitation": _("Invitation"),
    "reminder": _("Reminder"),
    "thanks": _("Thanks"),
    "other": pgettext_lazy("mail", "Other"),
}
MESSAGE_STATES: Words = {
    "waiting": pgettext_lazy("mail", "waiting"),
    "sending": pgettext_lazy("mail", "being sent"),
    "unsure": pgettext_lazy("mail", "not sure whether it was sent"),
    "sent": pgettext_lazy("mail", "sent"),
    "skipped": pgettext_lazy("mail", "not sent"),
    "bounced": pgettext_lazy("mail", "address does not work"),
    "failed": pgettext_lazy("mail", "refused by the mail server"),
}
MESSAGE_REASONS: Words = {
    "": "",
    "done": _("had finished already"),
    "not_done": _("has not finished"),
    "refused": _("refused"),
    "withdrawn": _("withdrew"),
    "ineligible": _("is not the right person"),
    "opted_out": _("wants no mail"),
    "bounced": _("the address does not work"),
    "no_mail": _("has no mail address"),
    "no_mailbox": _("the mail server does not know this address"),
    "no_link": _("there is no link for this person"),
    "stopped": _("the mailing was stopped"),
    "mail_day": _("got another mail today"),
    "later": _("the mail server asked to wait"),
    "server": _("the mail server broke off or refused"),
    "broken_off": _("the program ended while it sent this"),
    "taken_as_sent": _("a person takes it as sent"),
    "report": _("the mail server of the address reported it"),
}
PURPOSES: Words = {
    "take_part": _("Taking part"),
    "recording": _("Recording of a talk"),
    "quotes": _("Quotes without a name"),
    "named_quotes": _("Quotes with name and position"),
    "contact_again": _("Being asked again later"),
    "reuse": _("Use by other researchers"),
}
WAYS: Words = {
    "online": pgettext_lazy("consent", "online"),
    "paper": pgettext_lazy("consent", "on paper"),
    "spoken": pgettext_lazy("consent", "spoken"),
    "mail": pgettext_lazy("consent", "by mail"),
}
REASONS: Words = {
    "calling": _("I am going to call or visit them"),
    "checking": _("I check whether the data are right"),
    "question": _("Somebody asked us something"),
}
LANGUAGES: Words = {"nl": _("Dutch"), "en": _("English")}
BY_KIND: Mapping[str, Words] = {
    "state": STATES,
    "step": STEPS,
    "message": MESSAGE_STATES,
    "reason": MESSAGE_REASONS,
    "purpose": PURPOSES,
    "way": WAYS,
    "language": LANGUAGES,
}
