"""Which address shows which page of a questionnaire, for the team of a study?"""

from django.urls import URLPattern, path

from rodedraad.later import Later

listed = Later("rodedraad.surveys.views.questionnaire_list")
survey = Later("rodedraad.surveys.views.questionnaire_survey")
editor = Later("rodedraad.surveys.views.questionnaire_editor")
question = Later("rodedraad.surveys.views.questionnaire_question")
items = Later("rodedraad.surveys.views.questionnaire_items")
shown = Later("rodedraad.surveys.views.questionnaire_shown")
ways = Later("rodedraad.surveys.views.questionnaire_ways")

LIST = "studies/<slug:slug>/vragenlijsten/"
ONE = f"{LIST}<slug:survey>/"
VERSION = f"{ONE}v<int:number>/"

questionnaire_urlpatterns: list[URLPattern] = [
    path(LIST, listed.surveys, name="list"),
    path(f"{LIST}nieuw/", listed.survey_new, name="new"),
    path(ONE, survey.survey, name="survey"),
    path(f"{ONE}instellen/", survey.settings, name="settings"),
    path(f"{ONE}ingangen/", ways.links, name="links"),
    path(f"{ONE}eigen-vragen/", ways.own_questions, name="own_questions"),
    path(f"{ONE}verschil/<int:older>/<int:newer>/", shown.difference, name="difference"),
    path(VERSION, editor.editor, name="editor"),
    path(f"{VERSION}pagina/<str:name>/", editor.page, name="page"),
    path(f"{VERSION}vraag/<str:name>/", question.question, name="question"),
    path(f"{VERSION}proef/<str:name>/", question.tried, name="tried"),
    path(f"{VERSION}uit-het-kader/", items.items, name="items"),
    path(f"{VERSION}voorbeeld/", shown.preview, name="preview"),
    path(f"{VERSION}afdrukken/", shown.printed, name="printed"),
]
"""Last among the addresses of the room: a survey's short name could be any word."""
