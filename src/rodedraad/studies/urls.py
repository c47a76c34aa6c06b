"""Which address shows which page about studies."""

from django.urls import path

from rodedraad.later import Later

app_name = "studies"
cases = Later("rodedraad.studies.views.cases")
frame = Later("rodedraad.studies.views.frame")
framework = Later("rodedraad.studies.views.framework")
log = Later("rodedraad.studies.views.log")
making = Later("rodedraad.studies.views.making")
selection = Later("rodedraad.studies.views.selection")
study = Later("rodedraad.studies.views.study")
team = Later("rodedraad.studies.views.team")

urlpatterns = [
    path("studies/", study.study_list, name="list"),
    path("studies/nieuw/", making.templates_page, name="new"),
    path("studies/nieuw/eigen/", making.from_file, name="new_from_file"),
    path("studies/nieuw/<slug:key>/", making.from_template, name="new_from"),
    path("studies/<slug:study>/", study.study_page, name="study"),
    path("studies/<slug:study>/metingen/<int:wave>/", study.wave_page, name="wave"),
    path("studies/<slug:study>/raamwerk/", framework.framework_page, name="framework"),
    path(
        "studies/<slug:study>/raamwerk/<int:version>/",
        framework.framework_page,
        name="framework_version",
    ),
    path("studies/<slug:study>/casussen/", cases.cases_page, name="cases"),
    path("studies/<slug:study>/casussen.csv", cases.cases_file, name="cases_file"),
    path("studies/<slug:study>/kader/", frame.frame_page, name="frame"),
    path("studies/<slug:study>/kader/koplopers/", frame.forerunners_page, name="forerunners"),
    path("studies/<slug:study>/kader/toevoegen/", frame.units_page, name="units"),
    path("studies/<slug:study>/selectie/", selection.selection_page, name="selection"),
    path(
        "studies/<slug:study>/selectie/<int:first>/naast/<int:second>/",
        selection.compare_page,
        name="compare",
    ),
    path("studies/<slug:study>/logboek/", log.log_page, name="log"),
    path("studies/<slug:study>/logboek.csv", log.log_file, name="log_file"),
    path("studies/<slug:study>/logboek/<int:case>/", log.step_page, name="step"),
    path("studies/<slug:study>/logboek/terug/", log.undo, name="undo"),
    path("studies/<slug:study>/team/", team.team_page, name="team"),
    path("studies/<slug:study>/team/<int:member>/uit/", team.team_leave, name="team_leave"),
]
