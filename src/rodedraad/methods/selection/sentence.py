"""What does the method annex say about how the cases were chosen?"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from babel.dates import format_date

from rodedraad.methods.selection.result import Method, Selection

Language = Literal["nl", "en"]


@dataclass(frozen=True, slots=True)
class UnitWords:
    """The word for the units of a frame, one and many, in both languages."""

    nl: tuple[str, str] = ("gemeente", "gemeenten")
    en: tuple[str, str] = ("municipality", "municipalities")


MUNICIPALITIES = UnitWords()

_HOW_NL: dict[Method, str] = {
    "random": "door loting",
    "balanced": "door loting, zo dat hun gemiddelden zo veel mogelijk die van alle {units} zijn"
    " (gebalanceerd)",
    "well_spread": "door loting, zo dat buren elkaar uitsluiten en de {units} verspreid liggen",
    "diverse": "zo dat de kleinste onderlinge afstand zo groot mogelijk is (zo divers mogelijk)",
    "typical": "als de {units} die het dichtst bij het midden van hun stratum liggen (typisch)",
    "extreme": "als de {units} die het verst van het midden van hun stratum liggen (uitersten)",
    "matched_pairs": "als paren die verschillen op één kenmerk en verder zo veel mogelijk gelijk"
    " zijn",
}
_HOW_EN: dict[Method, str] = {
    "random": "by lot",
    "balanced": "by lot, such that their averages are as nearly as can be those of all {units}"
    " (balanced)",
    "well_spread": "by lot, such that neighbours exclude each other and the {units} lie spread",
    "diverse": "such that the smallest distance between two of them is as large as possible (most"
    " diverse)",
    "typical": "as the {units} nearest to the centre of their stratum (typical)",
    "extreme": "as the {units} furthest from the centre of their stratum (extreme)",
    "matched_pairs": "as pairs that differ on one characteristic and are otherwise as alike as"
    " possible",
}


def method_sentence(
    selection: Selection,
    language: Language = "nl",
    *,
    frame_date: date | None,
    strata_by: str = "",
    figures: int = 0,
    units: UnitWords = MUNICIPALITIES,
) -> str:
    """The passage for the method annex: frame, number, strata, method, seed and reserves.

    Parameters
    ----------
    selection: the result to describe.
    language: ``"nl"`` or ``"en"``.
    frame_date: the date at which the units of the frame existed; ``None`` leaves it out.
    strata_by: what the strata are made of, in that language ("grootte en landsdeel").
    figures: number of background figures behind the distances; 0 leaves it out.
    units: the word for the units.
    """
    write = _dutch if language == "nl" else _english
    return " ".join(write(selection, frame_date, strata_by, figures, units))


def _places(selection: Selection, none: str) -> str:
    """Cases per stratum: "large 2 of 30, small 1 of 12, other none of 3"."""
    of = "van" if none == "geen" else "of"
    return ", ".join(f"{s.name} {s.quota or none} {of} {s.size}" for s in selection.strata)


def _dutch(
    selection: Selection, day: date | None, strata_by: str, figures: int, words: UnitWords
) -> list[str]:
    n, total = len(selection.chosen), selection.n_frame
    one, many = words.nl
    when = f" op {format_date(day, 'd MMMM y', locale='nl')}" if day else ""
    by_figures = figures and selection.method != "random"
    sentences = [
        f"Uit de {total} {one if total == 1 else many}{when}"
        f" {'is er 1' if n == 1 else f'zijn er {n}'} gekozen,"
        f" {_HOW_NL[selection.method].format(units=many)}"
        + (f", op {figures} gestandaardiseerde achtergrondcijfers." if by_figures else ".")
    ]
    if len(selection.strata) > 1:
        by = f" naar {strata_by}" if strata_by else ""
        sentences.append(f"Zij zijn verdeeld over strata{by}: {_places(selection, 'geen')}.")
    if selection.proven is not None:
        sentences.append(
            "Een keuze met dezelfde aantallen en een grotere kleinste afstand bestaat niet."
            if selection.proven
            else "Een grotere kleinste afstand is niet gevonden, maar ook niet uitgesloten."
        )
    sentences.append(
        f"Er is geen toeval gebruikt; de rekenregel is {selection.version}."
        if selection.seed is None
        else f"De keuze is te herhalen met startgetal {selection.seed} en rekenregel"
        f" {selection.version}."
    )
    full = sum(len(r) == 2 for r in selection.reserves.values())
    sentences.append(
        "Bij elke gekozen eenheid staan twee reserves op volgorde."
        if full == n
        else f"Bij {full} van de {n} gekozen eenheden staan twee reserves op volgorde."
    )
    return sentences


def _english(
    selection: Selection, day: date | None, strata_by: str, figures: int, words: UnitWords
) -> list[str]:
    n, total = len(selection.chosen), selection.n_frame
    one, many = words.en
    when = f" on {format_date(day, 'd MMMM y', locale='en')}" if day else ""
    by_figures = figures and selection.method != "random"
    sentences = [
        f"From the {total} {one if total == 1 else many}{when},"
        f" {n} {'was' if n == 1 else 'were'} chosen"
        f" {_HOW_EN[selection.method].format(units=many)}"
        + (f", on {figures} standardised background figures." if by_figures else ".")
    ]
    if len(selection.strata) > 1:
        by = f" by {strata_by}" if strata_by else ""
        sentences.append(f"They are divided over strata{by}: {_places(selection, 'none')}.")
    if selection.proven is not None:
        sentences.append(
            "No choice with the same numbers and a larger smallest distance exists."
            if selection.proven
            else "A larger smallest distance was not found, but is not excluded either."
        )
    sentences.append(
        f"No chance was involved; the procedure is {selection.version}."
        if selection.seed is None
        else f"The choice can be repeated with seed {selection.seed} and procedure"
        f" {selection.version}."
    )
    full = sum(len(r) == 2 for r in selection.reserves.values())
    sentences.append(
        "Each chosen unit has two reserves in order."
        if full == n
        else f"{full} of the {n} chosen units have two reserves in order."
    )
    return sentences
