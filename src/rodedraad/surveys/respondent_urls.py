"""Which address is for respondents: ``/vragenlijst/…``; short ones before those with a token."""

from django.urls import path
from django.urls.resolvers import URLPattern

from rodedraad.later import Later

pages = Later("rodedraad.surveys.views.respondent")
answers = Later("rodedraad.surveys.views.answers", atomic=False)
plain = Later("rodedraad.surveys.views.plain_answers", atomic=False)

respondent_urlpatterns: list[URLPattern] = [
    path("vragenlijst/verder/", pages.resume, name="resume"),
    path("vragenlijst/invullen/", pages.fill, name="fill"),
    path("vragenlijst/invullen/bewaren/", answers.answers_save, name="save"),
    path("vragenlijst/invullen/klaar/", answers.answers_finish, name="finish"),
    path("vragenlijst/invullen/stand/", answers.answers_state, name="state"),
    path("vragenlijst/invullen/zonder-scripts/", plain.answers_plain, name="plain"),
    path("vragenlijst/invullen/intrekken/", pages.withdraw, name="withdraw"),
    path("vragenlijst/<str:token>/", pages.welcome, name="welcome"),
]
