"""What do the codes of the audit log mean to a person?"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTIONS: Mapping[str, str | Promise] = {
    "signed_in": _("signing in"),
    "signed_out": _("signing out"),
    "password_changed": _("password changed"),
    "password_set_with_link": _("password set with a link"),
    "password_link_made": _("password link made"),
    "second_factor_added": _("app or codes linked"),
    "second_factor_removed": _("app or codes unlinked"),
    "second_factor_reset": _("app of someone else unlinked"),
    "recovery_codes_renewed": _("recovery codes renewed"),
    "account_created": _("account made"),
    "account_opened": _("account opened again"),
    "account_closed": _("account closed"),
    "study_create": _("study made"),
    "units_added": _("units added to a study"),
    "forerunners_labelled": _("forerunners labelled"),
    "wave_freeze": _("wave frozen"),
    "framework_next": _("next version of a framework made"),
    "selection_plan_make": _("cases chosen"),
    "selection_download": _("choice of cases downloaded"),
    "team_role_given": _("role in a team given"),
    "team_member_removed": _("person taken out of a team"),
    "survey_make": _("survey made"),
    "survey_import": _("questionnaire brought in"),
    "survey_xlsform": _("questionnaire fetched as XLSForm"),
    "survey_file": _("file of answers fetched"),
    "survey_open": _("survey opened"),
    "survey_paused": _("survey paused"),
    "survey_closed": _("survey closed"),
    "questionnaire_freeze": _("version of a questionnaire went out"),
    "evidence_added": _("evidence brought in from a file"),
    "evidence_withdraw": _("evidence taken back"),
    "evidence_bring_back": _("evidence brought in again"),
    "answers_to_evidence": _("answers taken over in the evidence"),
    "answers_to_sources": _("open answers made sources"),
    "responses_left_out": _("decided which responses do not count"),
    "survey_weights_make": _("weights of a survey made"),
    "survey_items_make": _("figures of statements worked out"),
    "texts_to_evidence": _("codings and scores taken over in the evidence"),
    "score_settle": _("score chosen where scorers differ"),
    "answers_read": _("answers of respondents read"),
    "evidence_download": _("evidence downloaded"),
    "report_download": _("report downloaded"),
    "type_decided": _("type decided by a person"),
    "type_withdrawn": _("decision on a type withdrawn"),
    "source_add": _("document added"),
    "source_change": _("facts about a document changed"),
    "source_remove": _("document taken out of a study"),
    "source_version": _("new version of a text made"),
    "round_open": _("round of coding opened"),
    "round_close": _("round of coding closed"),
    "round_finish": _("source finished in a round"),
    "round_finish_undo": _("source of a round not finished after all"),
    "codings_carry": _("codings carried to a new text"),
    "codebook_import": _("codebook read from a file"),
    "refi_import": _("project of another program brought in"),
    "import_take_back": _("project of another program taken back"),
    "refi_export": _("project for another program downloaded"),
    "study_bundle": _("whole study written as a bundle"),
    "study_bundle_fetch": _("bundle of a whole study downloaded"),
    "study_restore": _("study restored from a bundle"),
    "suggestions_on": _("suggestions by the machine turned on"),
    "suggestions_off": _("suggestions by the machine turned off"),
    "source_read": _("transcript read"),
    "source_download": _("original document downloaded"),
    "search_read": _("talks read among answers of a search"),
    "quotes_read": _("quotes of people read"),
    "quotes_download": _("quotes of people downloaded"),
    "deidentify_find": _("people looked for in a talk"),
    "deidentify_make": _("text with people unknown made"),
    "staying_names": _("list of names that stay changed"),
    "raw_reading_given": _("raw talks opened to a researcher"),
    "raw_reading_taken": _("raw talks closed to a researcher"),
    "pseudonym_open": _("pseudonym opened"),
    "pseudonyms_lock_again": _("pseudonyms locked with a new key"),
    "contacts_read": _("contact data of people opened"),
    "contacts_add": _("people brought in"),
    "contact_change": _("contact data changed"),
    "contact_remove": _("contact data removed"),
    "contact_reading_given": _("contact data opened to a researcher"),
    "contact_reading_taken": _("contact data closed to a researcher"),
    "contact_bounced": _("mail address marked as not working"),
    "contact_opted_out": _("wish for no mail written down"),
    "vault_lock_again": _("contact data locked with a new key"),
    "participation_state": _("state of a participation written down"),
    "consent_given": _("consent written down"),
    "consent_withdrawn": _("consent refused or taken back"),
    "consent_text": _("text for consent changed"),
    "fieldwork_download": _("table of the fieldwork downloaded"),
    "interview_plan": _("interview planned"),
    "interview_change": _("plan of an interview changed"),
    "interview_hold": _("interview written down as held"),
    "interview_source": _("transcript of an interview linked or taken away"),
    "interview_approve": _("transcript of an interview approved"),
    "interview_cancel": _("interview cancelled"),
    "interview_undo": _("change of an interview undone"),
    "mail_text": _("text of a mail changed"),
    "mailing_make": _("mailing made"),
    "mailing_send": _("mailing sent"),
    "mailing_stop": _("mailing stopped"),
    "answers_erase": _("open answers that were taken back erased"),
    "mail_by_itself": _("sending mail by itself turned on or off"),
    "mail_again": _("mail sent once more"),
    "mail_taken_as_sent": _("mail taken as sent"),
    "bounces_read": _("reports of mail that did not arrive read"),
    "job_ask": _("work asked for"),
    "job_cancel": _("work stopped"),
}
RESULTS: Mapping[str, str | Promise] = {
    "done": _("succeeded"),
    "wrong password": _("wrong password"),
    "wrong code": _("wrong code"),
}
ORIGINS: Mapping[str, str | Promise] = {
    "command": pgettext_lazy("origin", "command line"),
    "unknown": pgettext_lazy("origin", "unknown"),
}
THINGS: Mapping[str, str | Promise] = {
    "person": pgettext_lazy("object", "account"),
    "study": pgettext_lazy("object", "study"),
    "wave": pgettext_lazy("object", "wave"),
    "plan": pgettext_lazy("object", "choice"),
    "job": pgettext_lazy("object", "work"),
}
DETAILS: Mapping[str, str | Promise] = {
    "log": pgettext_lazy("object", "log"),
    "cases": pgettext_lazy("object", "cases"),
    "totp": pgettext_lazy("object", "app"),
    "recovery_codes": pgettext_lazy("object", "recovery codes"),
    "lead": pgettext_lazy("object", "lead"),
    "researcher": pgettext_lazy("object", "researcher"),
    "client": pgettext_lazy("object", "client"),
    "privacy_officer": pgettext_lazy("object", "privacy officer"),
}


def words_of(kind: str, code: str) -> str:
    """Return what an action, result or origin means; one without words as it is written."""
    return str({"action": ACTIONS, "result": RESULTS, "origin": ORIGINS}[kind].get(code, code))


def object_words(stored: str) -> str:
    """Return to what something was done: ``study:x person:1 lead`` as words, the names as is."""
    if stored == "unknown account":
        return str(pgettext_lazy("object", "unknown account"))
    parts = []
    for part in stored.split(" "):
        thing, colon, name = part.partition(":")
        if colon and thing in THINGS:
            parts.append(f"{THINGS[thing]} {name}")
        else:
            parts.append(str(DETAILS.get(part) or THINGS.get(part, part)))
    return " ".join(parts)
