"""How complex is cooperation for a municipality: over which levels, with how many partners?"""

from collections import Counter
from typing import Any

from rodedraad.assessment.queries import run_filters
from rodedraad.country.history import Municipality
from rodedraad.methods.rulesets.label_names import ENGLISH
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import Material, rows_of_cases
from rodedraad.reports.network_development.partner_classes import partner_classes
from rodedraad.reports.network_development.sections.participation import POINTS
from rodedraad.reports.words import words


def complexity(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter the profile over levels, the spread over them, and the classes of the map."""
    run = material.runs["complexity"]
    rows = run_filters(run)
    levels = [
        {
            "title": words(level, ENGLISH[level]),
            **{
                point: book.enter(
                    f"complexity.{level}.{point}",
                    run.result["per_level"][level][point],
                    nl=f"Regio’s op het niveau {level}: {nl} van gemeenten",
                    en=f"Regions on the level {ENGLISH[level]}: {en} of municipalities",
                    run=run,
                    rows=rows,
                )
                for point, nl, en in POINTS
            },
        }
        for level in run.result["levels"]
    ]
    spread = {
        point: book.enter(
            f"complexity.spread.{point}",
            run.result["level_spread"][point],
            nl=f"Spreiding over niveaus (0 tot 1): {nl} van gemeenten",
            en=f"Spread over levels (0 to 1): {en} of municipalities",
            decimals=2,
            run=run,
            rows=rows,
        )
        for point, nl, en in POINTS
    }
    return {
        "levels": levels,
        "spread": spread,
        "classes": _classes(book, material),
        "most_in": _provinces(material, -1),
        "fewest_in": _provinces(material, 0),
    }


def _classes(book: NumberBook, material: Material) -> list[dict[str, Any]]:
    run = material.runs["participation_social"]
    return [
        {
            name: book.enter(
                f"partners.class.{at}.{name}",
                value,
                nl=nl,
                en=en,
                run=run,
                rows=rows_of_cases(run_filters(run), found.codes),
            )
            for name, value, nl, en in (
                (
                    "low",
                    found.lowest,
                    f"Andere gemeenten, klasse {at}: laagste",
                    f"Other municipalities, class {at}: lowest",
                ),
                (
                    "high",
                    found.highest,
                    f"Andere gemeenten, klasse {at}: hoogste",
                    f"Other municipalities, class {at}: highest",
                ),
                (
                    "cases",
                    len(found.codes),
                    f"Gemeenten in klasse {at} van de kaart",
                    f"Municipalities in class {at} of the map",
                ),
            )
        }
        for at, found in enumerate(partner_classes(run.result), start=1)
    ]


def _provinces(material: Material, at: int) -> list[str]:
    """Return the two provinces of which the largest part is in class ``at`` of the map."""
    chosen = partner_classes(material.runs["participation_social"].result)[at].codes
    all_of = Counter(each.province for each in _municipalities(material))
    in_class = Counter(material.country.municipalities[code].province for code in chosen)
    order = sorted(
        in_class, key=lambda province: (-in_class[province] / all_of[province], province)
    )
    return sorted(order[:2])


def _municipalities(material: Material) -> list[Municipality]:
    cases = material.runs["participation_social"].result["cases"]
    return [material.country.municipalities[code] for code in cases]
