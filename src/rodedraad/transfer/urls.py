"""Which address shows which page about exchange and bundles."""

from django.urls import path

from rodedraad.later import Later

app_name = "transfer"
exchange = Later("rodedraad.transfer.views.exchange")
bundles = Later("rodedraad.transfer.views.bundles")

PLACE = "studies/<slug:slug>/uitwisselen/"

urlpatterns = [
    path(PLACE, exchange.exchange, name="exchange"),
    path(f"{PLACE}inlezen/<int:pk>/", exchange.imported, name="import"),
    path(f"{PLACE}inlezen/<int:pk>/terugnemen/", exchange.take_back, name="take_back"),
    path(f"{PLACE}project/", exchange.project, name="project"),
    path(f"{PLACE}bundel/", bundles.bundle, name="bundle"),
    path(f"{PLACE}bundel/<uuid:key>/", bundles.bundle_file, name="bundle_file"),
    path("bundels/terugzetten/", bundles.restore, name="restore"),
]
