"""Which sentence a person reads when something about fieldwork is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "consent_purpose_unknown": _("There is no such purpose of consent. Use the form."),
    "consent_text_length": _("A consent text has 1 to %(most)s characters, in Dutch at least."),
    "consent_unfit": _("Say on which day and how somebody agreed. Use the form."),
    "contact_missing": _("This person has no contact data. Add them first."),
    "contact_reason": _("Choose why you must see who these people are."),
    "contact_twice": _(
        "Somebody with this mail address takes part in this wave already. Look them up in the "
        "list, or give another address."
    ),
    "interview_cancelled": _(
        "This interview was cancelled. Undo that first, or plan another one when nobody of it "
        "takes part any more."
    ),
    "interview_changed": _(
        "Somebody changed this interview while you looked at it. Look again at how it is now, and "
        "then change it."
    ),
    "interview_day": _("Fill in the day that it was held: today or earlier."),
    "interview_leader": _("Who leads an interview is lead or researcher of the study."),
    "interview_nobody": _("Choose with whom the interview is."),
    "interview_nothing_to_undo": _("There is no change to undo."),
    "interview_participant": _(
        "%(pseudonym)s is of another case or wave, or does not take part any more. Choose somebody "
        "else."
    ),
    "interview_source": _("Write down first that the interview was held, and link its transcript."),
    "interview_unfit": _("An interview stays with its case and wave. Plan another one instead."),
    "letters_many": _("These are more than %(most)s letters. Choose one case or role at a time."),
    "letters_none": _(
        "There is nobody with a postal address and a link among these people. Choose others."
    ),
    "mail_address_broken": _(
        "The mail address does not work. Give this person another address first."
    ),
    "mail_brace_alone": _("A brace stands alone. Write a field between { and }, on one line."),
    "mail_decided": _("This was decided already. Look at the page anew."),
    "mail_end_missing": _("The text names the last day to answer. Fill in that day."),
    "mail_english_half": _(
        "In English there is a subject without a text, or a text without a subject. Fill in both, "
        "or neither."
    ),
    "mail_field_missing": _("The mail has no %(field)s. Put it on a line of its own."),
    "mail_field_unknown": _("The field %(field)s is not known. Use one of: %(known)s."),
    "mail_nobody": _(
        "There is nobody who can get this mail now. Look at who takes part and how far they are."
    ),
    "mail_reminders_most": _(
        "%(most)s reminders went out already. That is the most that people get."
    ),
    "mail_server_unreachable": _(
        "The mail server does not take mail now. What waits stays waiting; try again later."
    ),
    "mail_setting_unknown": _(
        "The settings for mail are not understood. Ask the administrator to mend them."
    ),
    "mail_step_unknown": _("There is no such mail. Choose one of the list."),
    "mail_subject_line": _("A subject is one line, without a link."),
    "mail_subject_unknown": _("Nobody can be asked for this now. Open the questionnaire first."),
    "mail_text_empty": _("A mail has a subject and a text in Dutch."),
    "mail_text_long": _("Use at most %(most)s characters."),
    "people_file_kind": _("Give a CSV file or an Excel file that ends on .csv or .xlsx."),
    "people_file_large": _("The file is larger than %(most)s MB. Split it."),
    "people_file_long": _("The file has more than %(most)s rows. Split it."),
    "people_invalid": _("Nobody was brought in. Mend what is wrong and try again."),
    "state_unknown": _("There is no such state. Choose one of the list."),
    "vault_damaged": _(
        "Contact data were changed in the database and cannot be opened. Ask the administrator to "
        "restore them from a backup."
    ),
    "vault_key_missing": _(
        "The contact data were locked with the key %(key)s, which is not here. Ask the "
        "administrator to put that key back."
    ),
    "vault_key_short": _(
        "The key to the contact data is shorter than %(least)s characters. Ask the administrator "
        "for a longer one."
    ),
    "wave_unknown": _(
        "There is no such study, or it has no such wave. Look at the list of studies."
    ),
}
