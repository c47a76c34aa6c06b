"""Which addresses belong to the administration of accounts."""

from django.urls import path

from rodedraad.accounts import views

app_name = "accounts"
urlpatterns = [
    path("accounts", views.people, name="people"),
    path("accounts/nieuw", views.person_add, name="person_add"),
    path("accounts/<int:pk>", views.person, name="person"),
    path("accounts/<int:pk>/app", views.person_second_factor, name="person_second_factor"),
    path("accounts/<int:pk>/link", views.person_link, name="person_link"),
    path("accounts/<int:pk>/schakel", views.person_switch, name="person_switch"),
    path("audit", views.audit, name="audit"),
]
