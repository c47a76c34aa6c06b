"""One question of every kind that a questionnaire may hold, as somebody would write it."""

from typing import Any

TEAMS = ["Wijkteam", "Jeugdteam", "Toegang Wmo"]
AGREE = ["Helemaal oneens", "Oneens", "Neutraal", "Eens", "Helemaal eens"]
SEVEN = [
    {"value": value, "text": text}
    for value, text in enumerate([*AGREE, "Weet ik niet", "Niet van toepassing"], start=1)
]
CELLS = [
    {"name": "wie", "title": "Met wie?", "cellType": "dropdown", "choices": TEAMS},
    {"name": "hoe", "title": "Hoe vaak per maand?", "cellType": "text", "inputType": "number"},
    {"name": "goed", "title": "Gaat het goed?", "cellType": "radiogroup", "choices": ["ja", "nee"]},
    {"name": "ook", "title": "Wat nog meer?", "cellType": "checkbox", "choices": ["geld", "tijd"]},
    {"name": "uitleg", "title": "Toelichting", "cellType": "comment"},
]


def _one(kind: str, name: str, title: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "name": name, "title": title, "isRequired": True, **more}


PAGES: dict[str, list[dict[str, Any]]] = {
    "typing": [
        _one("text", "naam", "In welk team werkt u?"),
        _one("text", "jaar", "Hoeveel jaar werkt u daar?", inputType="number", min=0, max=60),
        _one("text", "dag", "Sinds wanneer?", inputType="date"),
        _one("comment", "kwijt", "Wat wilt u ons zeggen?", maxLength=400),
        _one("multipletext", "samen", "Met wie werkt u samen?", items=[
            {"name": "a", "title": "Gemeente"}, {"name": "b", "title": "Zorgaanbieder"}]),
        {"type": "html", "name": "uitleg", "html": "<p>Denk aan <b>uw eigen</b> gemeente.</p>"},
        {"type": "expression", "name": "som", "title": "Zoveel jaar over tien jaar",
         "expression": "{jaar} + 10"},
        {"type": "empty", "name": "leeg", "title": "Alleen een kop"},
    ],
    "choosing": [
        _one("radiogroup", "keuze", "Welk team?", choices=TEAMS, showOtherItem=True,
             otherText="Anders, namelijk"),
        _one("checkbox", "meer", "Welke teams?", choices=TEAMS, showOtherItem=True,
             showNoneItem=True),
        _one("boolean", "akkoord", "Is dat genoeg?"),
        _one("boolean", "radio", "Is dat nodig?", renderAs="radio"),
        _one("buttongroup", "knoppen", "Hoe vaak?", choices=["Elke dag", "Elke week", "Minder"]),
        _one("dropdown", "lijst", "Welk team het meest?", choices=TEAMS),
        _one("tagbox", "labels", "Welke teams nog meer?", choices=TEAMS),
    ],
    "grading": [
        _one("rating", "cijfer", "Welk cijfer geeft u?", rateMin=1, rateMax=10,
             minRateDescription="heel slecht", maxRateDescription="heel goed"),
        _one("rating", "sterren", "Hoeveel sterren?", rateType="stars"),
        _one("rating", "gezicht", "Hoe voelt u zich erbij?", rateType="smileys"),
        _one("slider", "schuif", "Hoeveel van tien?", min=0, max=10),
        _one("slider", "tussen", "Van hoeveel tot hoeveel?", sliderType="range", min=0, max=100),
        _one("ranking", "orde", "Wat is het belangrijkst?", choices=["Tijd", "Geld", "Ruimte"]),
        _one("ranking", "kies", "Kies en zet op volgorde", choices=TEAMS,
             selectToRankEnabled=True),
    ],
    "statements": [
        _one("matrix", "F5", "Bent u het eens met deze uitspraken?", columns=SEVEN, rows=[
            {"value": "a", "text": "Wij hebben een gezamenlijke visie op wat hier nodig is"},
            {"value": "b", "text": "Er is tijd om van elkaar te leren"}], eachRowRequired=True),
        _one("matrix", "F6", "Wat gebruikt u per doelgroep?", cellType="checkbox", rows=TEAMS,
             columns=["Telefoon", "Mail", "Huisbezoek"]),
    ],
    "tables": [
        _one("matrixdropdown", "tabel", "Vul per team in", rows=TEAMS[:2], columns=CELLS),
        _one("matrixdynamic", "rijen", "Welke afspraken zijn er?", rowCount=1, maxRowCount=3,
             columns=CELLS[:3]),
    ],
    "groups": [
        {"type": "panel", "name": "blok", "title": "Over uw werk", "elements": [
            _one("text", "werk", "Wat doet u?")]},
        _one("paneldynamic", "mensen", "Met wie spreekt u?", panelCount=1, maxPanelCount=3,
             templateElements=[_one("text", "wie", "Welke rol heeft deze persoon?")]),
        _one("file", "bestand", "Voeg een verslag toe"),
    ],
}  # fmt: skip
DEFINITION: dict[str, Any] = {
    "locale": "nl",
    "checkErrorsMode": "onNextPage",
    "showQuestionNumbers": "off",
    "pages": [{"name": name, "elements": elements} for name, elements in PAGES.items()],
}
