"""Which address shows which page about surveys."""

from django.urls.resolvers import URLPattern

from rodedraad.surveys.exchange_urls import exchange_urlpatterns
from rodedraad.surveys.questionnaire_urls import questionnaire_urlpatterns
from rodedraad.surveys.respondent_urls import respondent_urlpatterns
from rodedraad.surveys.result_urls import result_urlpatterns

app_name = "surveys"

urlpatterns: list[URLPattern] = [
    *respondent_urlpatterns,
    *exchange_urlpatterns,
    *result_urlpatterns,
    *questionnaire_urlpatterns,
]
