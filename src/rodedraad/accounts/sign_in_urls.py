"""Which pages of allauth are in use; sign-up, e-mail changes and codes by e-mail are not."""

from allauth.account import views
from django.urls import include, path, re_path

urlpatterns = [
    path("inloggen", views.login, name="account_login"),
    path("uitloggen", views.logout, name="account_logout"),
    path("gesloten", views.account_inactive, name="account_inactive"),
    path("nogmaals", views.reauthenticate, name="account_reauthenticate"),
    path("wachtwoord", views.password_change, name="account_change_password"),
    path(
        "wachtwoord/klaar",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("app/", include("allauth.mfa.urls")),
]
