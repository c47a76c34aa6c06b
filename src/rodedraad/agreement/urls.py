"""Which address shows which page about rounds of coding and agreement."""

from django.urls import path

from rodedraad.later import Later

app_name = "agreement"
rounds = Later("rodedraad.agreement.views.rounds")
opening = Later("rodedraad.agreement.views.opening")
result = Later("rodedraad.agreement.views.result")
differences = Later("rodedraad.agreement.views.differences")
deciding = Later("rodedraad.agreement.views.deciding")

LIST = "studies/<slug:slug>/rondes/"
ONE = f"{LIST}<int:number>/"
SPOT = f"{ONE}verschillen/<int:spot>/"

urlpatterns = [
    path(LIST, rounds.rounds, name="rounds"),
    path(f"{LIST}nieuw/", opening.new, name="round_new"),
    path(ONE, rounds.round_page, name="round"),
    path(f"{ONE}klaar/<uuid:uuid>/", rounds.finish, name="finish"),
    path(f"{ONE}sluiten/", opening.close, name="round_close"),
    path(f"{ONE}overeenstemming/", result.result, name="result"),
    path(f"{ONE}overeenstemming/opnieuw/", result.again, name="result_again"),
    path(f"{ONE}overeenstemming.csv", result.table, name="result_csv"),
    path(f"{ONE}eenheden.csv", result.units, name="units_csv"),
    path(f"{ONE}verschillen/", differences.differences, name="differences"),
    path(f"{ONE}verschillen/consensus/", deciding.consensus, name="consensus_open"),
    path(f"{ONE}verschillen/overnemen/", deciding.take_over, name="take_over"),
    path(SPOT, differences.difference, name="difference"),
    path(f"{SPOT}besluit/", deciding.settle, name="settle"),
    path(f"{SPOT}terug/", deciding.undo, name="settle_undo"),
]
