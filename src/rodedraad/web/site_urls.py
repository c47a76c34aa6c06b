"""Which addresses belong to the site as a whole."""

from django.urls import path

from rodedraad.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
    path("beveiliging", views.security, name="security"),
    path("gezondheid", views.health, name="health"),
]
