"""Which address shows which page about fieldwork."""

from django.urls import path

from rodedraad.later import Later

app_name = "fieldwork"
people = Later("rodedraad.fieldwork.views.people")
person = Later("rodedraad.fieldwork.views.person")
consent = Later("rodedraad.fieldwork.views.consent")
mail = Later("rodedraad.fieldwork.views.mail")
letters = Later("rodedraad.fieldwork.views.letters")
monitor = Later("rodedraad.fieldwork.views.monitor")
interviews = Later("rodedraad.fieldwork.views.interviews")
interviews_plan = Later("rodedraad.fieldwork.views.interviews_plan")
opting_out = Later("rodedraad.fieldwork.views.opting_out")

HERE = "studies/<slug:slug>/veldwerk/"
PEOPLE = f"{HERE}mensen/"
ONE = f"{PEOPLE}<uuid:uuid>/"
MAIL = f"{HERE}mail/"
TALKS = f"{HERE}interviews/"
TALK = f"{TALKS}<uuid:uuid>/"

urlpatterns = [
    path(HERE, monitor.overview, name="overview"),
    path(f"{HERE}veldwerk.csv", monitor.table, name="overview_csv"),
    path(TALKS, interviews.listed, name="interviews"),
    path(f"{TALKS}nieuw/", interviews.new, name="interview_new"),
    path(f"{TALKS}week/", interviews_plan.week, name="interviews_week"),
    path(TALK, interviews.interview, name="interview"),
    path(f"{TALK}wijzigen/", interviews.change, name="interview_change"),
    path(f"{TALK}gehouden/", interviews.held, name="interview_held"),
    path(f"{TALK}verslag/", interviews.source, name="interview_source"),
    path(f"{TALK}verslag/weg/", interviews.blocked, name="interview_block"),
    path(f"{TALK}akkoord/", interviews.approved, name="interview_approve"),
    path(f"{TALK}afzeggen/", interviews.cancelled, name="interview_cancel"),
    path(f"{TALK}terug/", interviews.undone, name="interview_undo"),
    path(f"{TALK}interview.ics", interviews_plan.calendar, name="interview_calendar"),
    path(PEOPLE, people.people, name="people"),
    path(f"{PEOPLE}namen/", people.opened, name="people_open"),
    path(f"{PEOPLE}zoeken/", people.find, name="people_find"),
    path(f"{PEOPLE}toevoegen/", people.person_new, name="person_new"),
    path(f"{PEOPLE}inlezen/", people.file, name="people_file"),
    path(f"{PEOPLE}lezers/<int:pk>/", people.reader_set, name="reader_set"),
    path(ONE, person.person, name="person"),
    path(f"{ONE}contact/", person.contact, name="contact"),
    path(f"{ONE}wissen/", person.forget, name="contact_forget"),
    path(f"{ONE}geen-mail/", person.mail_stopped, name="mail_stop"),
    path(f"{ONE}stand/", person.state, name="state_set"),
    path(f"{ONE}toestemming/", person.consent, name="consent_record"),
    path(f"{HERE}toestemming/", consent.texts, name="consent_texts"),
    path(f"{HERE}toestemming/<slug:purpose>/", consent.text, name="consent_text"),
    path(MAIL, mail.mailings, name="mailings"),
    path(f"{MAIL}vanzelf/", mail.by_itself_set, name="mail_by_itself"),
    path(f"{MAIL}tekst/<slug:step>/", mail.text, name="mail_text"),
    path(f"{MAIL}<uuid:uuid>/", mail.mailing, name="mailing"),
    path(f"{MAIL}<uuid:uuid>/versturen/", mail.send, name="mailing_send"),
    path(f"{MAIL}<uuid:uuid>/stoppen/", mail.stop, name="mailing_stop"),
    path(f"{MAIL}<uuid:uuid>/bericht/<uuid:message>/", mail.again, name="mail_again"),
    path(f"{HERE}brieven/", letters.letters, name="letters"),
    path("veldwerk/afmelden/<slug:token>/", opting_out.opt_out, name="opt_out"),
]
