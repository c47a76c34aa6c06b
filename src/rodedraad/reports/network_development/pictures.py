"""Which pictures stand in the report, drawn from the runs and from the numbers of its book?"""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import altair as alt

from rodedraad.assessment.group_letters import group_letters
from rodedraad.country.boundaries import boundaries_on
from rodedraad.reports.book import NumberBook
from rodedraad.reports.charts.bars import bars
from rodedraad.reports.charts.drawing import Drawing, draw
from rodedraad.reports.charts.heatmap import heatmap
from rodedraad.reports.charts.maps import (
    Shapes,
    class_map,
    flat_shapes,
    group_map,
    joined,
    place_map,
)
from rodedraad.reports.network_development.material import BEFORE, Material
from rodedraad.reports.network_development.partner_classes import partner_classes
from rodedraad.reports.number_text import number_text
from rodedraad.reports.words import LANGUAGES, words

LIKENESS = words("Gelijkenis", "Likeness")
LIKENESS_CLASSES = 5
PARTNERS = words("Andere gemeenten", "Other municipalities")
TO = words("tot en met", "to")
PROVINCE = "provincie"


def pictures(book: NumberBook, material: Material) -> Iterator[tuple[str, str, Drawing]]:
    """Yield key, language and picture of every chart of the report."""
    shapes = _shapes(material, date(int(BEFORE), 1, 1))
    groups, provinces = _groups(material, shapes), _provinces(material, shapes)
    without_words = {
        "communities": draw(group_map(groups, provinces)),
        "cases": draw(_cases(material)),
    }
    for language in LANGUAGES:
        yield "congruence", language, draw(_heatmap(material, language))
        yield "partners", language, draw(_partners(book, material, shapes, language))
        yield "change", language, draw(_change(book, material, language))
        for key, drawing in without_words.items():
            yield key, language, drawing


def _heatmap(material: Material, language: str) -> alt.Chart:
    run = material.runs["congruence"]
    kinds = run.result["kinds"]
    at = {kind: i for i, kind in enumerate(kinds)}
    edges = [
        number_text(step / LIKENESS_CLASSES, 1, "", language)
        for step in range(LIKENESS_CLASSES + 1)
    ]
    return heatmap(
        [material.kind_titles[kind][language] for kind in kinds],
        {
            (at[pair["a"]], at[pair["b"]]): pair["adjusted_rand"]
            for pair in run.result["pairs"]
            if pair["adjusted_rand"] is not None
        },
        legend=LIKENESS[language],
        classes=[f"{low} – {high}" for low, high in pairwise(edges)],
    )


def _partners(
    book: NumberBook, material: Material, shapes: Shapes, language: str
) -> alt.LayerChart:
    classes = partner_classes(material.runs["participation_social"].result)
    class_of = {code: at for at, found in enumerate(classes) for code in found.codes}
    labels = [
        " ".join(
            (
                _text(book, f"partners.class.{at}.low", language),
                TO[language],
                _text(book, f"partners.class.{at}.high", language),
            )
        )
        for at in range(1, len(classes) + 1)
    ]
    return class_map(shapes, class_of, labels, PARTNERS[language])


def _change(book: NumberBook, material: Material, language: str) -> alt.LayerChart:
    found = material.runs["change"].result["kinds"]
    order = sorted(found, key=lambda kind: (-found[kind]["n_moved"], kind))
    return bars(
        [material.kind_titles[kind][language] for kind in order],
        [found[kind]["n_moved"] for kind in order],
        [_text(book, f"change.{kind}.moved", language) for kind in order],
    )


def _cases(material: Material) -> alt.LayerChart:
    shapes = _shapes(material, material.plan.reference_date)
    return place_map(shapes, {case.unit_code: case.name for case in material.cases})


def _groups(material: Material, shapes: Shapes) -> Shapes:
    result = material.runs["communities"].result
    letters = group_letters(result)
    return joined(shapes, {code: letters[label] for code, label in result["labels"].items()})


def _provinces(material: Material, shapes: Shapes) -> Shapes:
    regions = material.country.table("regions")
    rows = regions.filter(
        (regions["year"] == int(BEFORE)) & (regions["region_type"] == PROVINCE)
    ).select("code", "region")
    return joined(shapes, dict(rows.iter_rows()))


def _shapes(material: Material, when: date) -> Shapes:
    return flat_shapes(
        {each.municipality.code: each.geometry for each in boundaries_on(material.country, when)}
    )


def _text(book: NumberBook, key: str, language: str) -> str:
    entry = book[key]
    return number_text(entry.value, entry.decimals, entry.unit, language)
