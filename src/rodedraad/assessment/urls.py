"""Which address shows which page about runs and evidence."""

from django.urls import path, re_path

from rodedraad.later import Later

app_name = "assessment"
case_type = Later("rodedraad.assessment.views.case_type")
change = Later("rodedraad.assessment.views.change")
classes = Later("rodedraad.assessment.views.classes")
complexity = Later("rodedraad.assessment.views.complexity")
congruence = Later("rodedraad.assessment.views.congruence")
evidence = Later("rodedraad.assessment.views.evidence")
evidence_back = Later("rodedraad.assessment.views.evidence_back")
evidence_add = Later("rodedraad.assessment.views.evidence_add")
network = Later("rodedraad.assessment.views.network")
positions = Later("rodedraad.assessment.views.positions")
qca = Later("rodedraad.assessment.views.qca")
qca_new = Later("rodedraad.assessment.views.qca_new")
relations = Later("rodedraad.assessment.views.relations")
runs = Later("rodedraad.assessment.views.runs")
score = Later("rodedraad.assessment.views.score")
scores = Later("rodedraad.assessment.views.scores")
steering = Later("rodedraad.assessment.views.steering")
types = Later("rodedraad.assessment.views.types")

urlpatterns = [
    path("studies/<slug:slug>/netwerken/overeenkomst/", congruence.congruence, name="congruence"),
    path(
        "studies/<slug:slug>/netwerken/overeenkomst/<slug:a>/<slug:b>/",
        congruence.pair,
        name="pair",
    ),
    path("studies/<slug:slug>/netwerken/netwerkbeeld/", network.network, name="network"),
    path("studies/<slug:slug>/netwerken/posities/", positions.positions, name="positions"),
    path(
        "studies/<slug:slug>/netwerken/posities/berekenen/",
        positions.positions_work_out,
        name="positions_work_out",
    ),
    path(
        "studies/<slug:slug>/netwerken/posities.csv",
        positions.positions_file,
        name="positions_file",
    ),
    path("studies/<slug:slug>/netwerken/complexiteit/", complexity.complexity, name="complexity"),
    path("studies/<slug:slug>/netwerken/verandering/", change.change, name="change"),
    path("studies/<slug:slug>/samenhang/", relations.relations, name="relations"),
    path(
        "studies/<slug:slug>/samenhang/berekenen/",
        relations.relations_work_out,
        name="relations_work_out",
    ),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/samenhang/(?P<what>matrix|samenhang)\.csv$",
        relations.relations_file,
        name="relations_file",
    ),
    path(
        "studies/<slug:slug>/samenhang/<slug:factor>/<slug:outcome>/",
        relations.relation,
        name="relation",
    ),
    path("studies/<slug:slug>/qca/", qca.analyses, name="qca_list"),
    path("studies/<slug:slug>/qca/nieuw/", qca_new.new, name="qca_new"),
    path("studies/<slug:slug>/qca/<int:pk>/", qca.analysis, name="qca"),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/qca/(?P<pk>\d{1,18})/"
        r"(?P<what>waarheidstabel|lidmaatschappen)\.csv$",
        qca.analysis_file,
        name="qca_file",
    ),
    path("studies/<slug:slug>/klassen/", classes.all_classes, name="classes_list"),
    path("studies/<slug:slug>/klassen/zoeken/", classes.classes_ask, name="classes_ask"),
    path("studies/<slug:slug>/klassen/<int:pk>/", classes.classes, name="classes"),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/klassen/(?P<pk>\d{1,18})/"
        r"(?P<what>profielen|aantallen)\.csv$",
        classes.classes_file,
        name="classes_file",
    ),
    path("studies/<slug:slug>/scores/", scores.scores, name="scores"),
    path("studies/<slug:slug>/scores.csv", scores.scores_file, name="scores_file"),
    path("studies/<slug:slug>/scores/berekenen/", scores.scores_work_out, name="scores_work_out"),
    path("studies/<slug:slug>/scores/construct/<str:subject>/", score.score, name="score"),
    path("studies/<slug:slug>/scores/eenheid/<str:code>/", score.case_scores, name="case_scores"),
    path("studies/<slug:slug>/sturing/", steering.steering, name="steering"),
    path(
        "studies/<slug:slug>/sturing/berekenen/",
        steering.steering_work_out,
        name="steering_work_out",
    ),
    path("studies/<slug:slug>/sturing.csv", steering.steering_file, name="steering_file"),
    path("studies/<slug:slug>/types/", types.types, name="types"),
    path("studies/<slug:slug>/types/berekenen/", types.types_work_out, name="types_work_out"),
    path("studies/<slug:slug>/types.csv", types.types_file, name="types_file"),
    path("studies/<slug:slug>/types/eenheid/<str:code>/", case_type.type_of_case, name="type"),
    path(
        "studies/<slug:slug>/types/eenheid/<str:code>/besluit/",
        case_type.type_decision,
        name="type_decision",
    ),
    path("studies/<slug:slug>/berekeningen/", runs.runs, name="runs"),
    path("studies/<slug:slug>/berekeningen/<int:pk>/", runs.run, name="run"),
    path("studies/<slug:slug>/bewijs/", evidence.evidence, name="evidence"),
    path("studies/<slug:slug>/bewijs/<int:pk>/", evidence.row, name="row"),
    path(
        "studies/<slug:slug>/bewijs/terugnemen/", evidence_back.evidence_back, name="evidence_back"
    ),
    path("studies/<slug:slug>/bewijs/inlezen/", evidence_add.evidence_add, name="evidence_add"),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/bewijs/sjabloon-(?P<form>feiten|respondenten)\.csv$",
        evidence_add.example_file,
        name="evidence_example",
    ),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/bewijs\.(?P<form>csv|parquet)$",
        evidence.evidence_file,
        name="evidence_file",
    ),
]
