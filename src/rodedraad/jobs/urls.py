"""Which address shows which page about the long work of a study."""

from django.urls import path

from rodedraad.jobs import views

app_name = "jobs"

urlpatterns = [
    path("studies/<slug:slug>/rekenwerk/", views.jobs, name="jobs"),
    path("studies/<slug:slug>/rekenwerk/<int:pk>/", views.job, name="job"),
    path("studies/<slug:slug>/rekenwerk/<int:pk>/stand/", views.progress, name="progress"),
    path("studies/<slug:slug>/rekenwerk/<int:pk>/stoppen/", views.cancel, name="cancel"),
    path("studies/<slug:slug>/rekenwerk/<int:pk>/opnieuw/", views.again, name="again"),
]
