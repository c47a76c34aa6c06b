"""Which address shows which page about long work, of a study or of the site."""

from django.urls import path

from rodedraad.jobs import views

app_name = "jobs"

ONE, OF_SITE = "studies/<slug:slug>/rekenwerk/<int:pk>/", "rekenwerk/<int:pk>/"

urlpatterns = [
    path("studies/<slug:slug>/rekenwerk/", views.jobs, name="jobs"),
    path(ONE, views.job, name="job"),
    path(f"{ONE}stand/", views.progress, name="progress"),
    path(f"{ONE}stoppen/", views.cancel, name="cancel"),
    path(f"{ONE}opnieuw/", views.again, name="again"),
    path(OF_SITE, views.job, {"slug": None}, name="site_job"),
    path(f"{OF_SITE}stand/", views.progress, {"slug": None}, name="site_progress"),
    path(f"{OF_SITE}stoppen/", views.cancel, {"slug": None}, name="site_cancel"),
    path(f"{OF_SITE}opnieuw/", views.again, {"slug": None}, name="site_again"),
]
