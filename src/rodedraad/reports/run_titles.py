"""What is each conclusion called in a report?"""

from rodedraad.reports.words import Words, words

RUN_TITLES: dict[str, Words] = {
    "inhabitants": words("Gemeenten en inwoners per jaar", "Municipalities and inhabitants"),
    "spending": words("Uitgaven per jaar", "Spending per year"),
    "kinds_2016": words("Soorten samenwerking in 2016", "Kinds of cooperation in 2016"),
    "kinds_2022": words("Soorten samenwerking in 2022", "Kinds of cooperation in 2022"),
    "participation": words("Deelname aan regio’s", "Participation in regions"),
    "participation_social": words(
        "Deelname aan regio’s in het sociaal domein", "Participation in social regions"
    ),
    "participation_joint": words(
        "Deelname aan gemeenschappelijke regelingen", "Participation in joint arrangements"
    ),
    "drive": words("Wat de wet voorschrijft", "What the law prescribes"),
    "congruence": words("Gelijkenis tussen indelingen", "Likeness between divisions"),
    "complexity": words("Profiel per gemeente", "Profile per municipality"),
    "change": words("Verandering van de regio’s", "Change of the regions"),
    "communities": words("Groepen gemeenten", "Groups of municipalities"),
    "alike_spending": words("Samenwerken en uitgeven", "Working together and spending"),
    "selection": words("Keuze voor het veldwerk", "Choice for the fieldwork"),
}
