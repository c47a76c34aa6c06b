"""What is each conclusion called, on pages and in reports?"""

from collections.abc import Mapping

from django.utils.translation import get_language

RUN_TITLES: Mapping[str, Mapping[str, str]] = {
    "inhabitants": {"nl": "Gemeenten en inwoners per jaar", "en": "Municipalities and inhabitants"},
    "spending": {"nl": "Uitgaven per jaar", "en": "Spending per year"},
    "kinds_2016": {"nl": "Soorten samenwerking in 2016", "en": "Kinds of cooperation in 2016"},
    "kinds_2022": {"nl": "Soorten samenwerking in 2022", "en": "Kinds of cooperation in 2022"},
    "participation": {"nl": "Deelname aan regio’s", "en": "Participation in regions"},
    "participation_social": {
        "nl": "Deelname aan regio’s in het sociaal domein",
        "en": "Participation in social regions",
    },
    "participation_joint": {
        "nl": "Deelname aan gemeenschappelijke regelingen",
        "en": "Participation in joint arrangements",
    },
    "drive": {"nl": "Wat de wet voorschrijft", "en": "What the law prescribes"},
    "congruence": {"nl": "Gelijkenis tussen indelingen", "en": "Likeness between divisions"},
    "complexity": {"nl": "Profiel per gemeente", "en": "Profile per municipality"},
    "change": {"nl": "Verandering van de regio’s", "en": "Change of the regions"},
    "communities": {"nl": "Groepen gemeenten", "en": "Groups of municipalities"},
    "alike_spending": {"nl": "Samenwerken en uitgeven", "en": "Working together and spending"},
    "selection": {"nl": "Keuze voor het veldwerk", "en": "Choice for the fieldwork"},
    "scores": {"nl": "Scores", "en": "Scores"},
    "change_type": {"nl": "Type verandering", "en": "Type of change"},
    "steering": {"nl": "Manier van sturen", "en": "Way of steering"},
    "relations": {
        "nl": "Factoren en uitkomsten",
        "en": "Factors and outcomes",
    },
    "qca": {"nl": "Combinaties van voorwaarden (QCA)", "en": "Combinations of conditions (QCA)"},
    "latent_classes": {"nl": "Latente klassen", "en": "Latent classes"},
    "positions": {"nl": "Posities in een netwerk", "en": "Positions in a network"},
}


def run_title(kind: str, language: str) -> str:
    """Return what a kind of run is called in Dutch or English; an unknown kind as it is."""
    return RUN_TITLES[kind][language] if kind in RUN_TITLES else kind


def run_words(kind: str) -> str:
    """Return what a kind of run is called in the language of the page."""
    return run_title(kind, "en" if get_language() == "en" else "nl")
