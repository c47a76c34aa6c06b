"""Which addresses belong to the site as a whole."""

from django.urls import path

from rodedraad.web import views
from rodedraad.web.security_txt import security_txt

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("toegankelijkheid", views.accessibility, name="accessibility"),
    path("beveiliging", views.security, name="security"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("gezondheid", views.health, name="health"),
]
