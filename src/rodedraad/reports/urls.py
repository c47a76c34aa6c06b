"""Which address shows which page about the report of a study."""

from django.urls import path, re_path

from rodedraad.later import Later

app_name = "reports"
views = Later("rodedraad.reports.views")

urlpatterns = [
    path("studies/<slug:slug>/rapport/", views.report, name="report"),
    path("studies/<slug:slug>/rapport/getal/<str:key>/", views.number, name="number"),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/rapport/(?P<pk>\d+)/beeld/(?P<key>[-\w]+)\.(?P<language>nl|en)\.svg$",
        views.picture,
        name="picture",
    ),
    re_path(
        r"^studies/(?P<slug>[-\w]+)/rapport/rapport\.(?P<form>zip|html|pdf|docx)$",
        views.download,
        name="download",
    ),
]
