"""Which municipalities were chosen for fieldwork, and how far apart do they lie?"""

from collections import defaultdict
from typing import Any

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.queries import run_filters
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import Material, rows_of_cases
from rodedraad.reports.words import Words, words

SIZES: dict[str, Words] = {
    "<20k": words("minder dan 20.000 inwoners", "fewer than 20,000 inhabitants"),
    "20-50k": words("20.000 tot 50.000 inwoners", "20,000 to 50,000 inhabitants"),
    "50-100k": words("50.000 tot 100.000 inwoners", "50,000 to 100,000 inhabitants"),
    ">100k": words("meer dan 100.000 inwoners", "more than 100,000 inhabitants"),
}
PARTS: dict[str, Words] = {
    "Noord": words("Noord", "North"),
    "Oost": words("Oost", "East"),
    "West": words("West", "West"),
    "Zuid": words("Zuid", "South"),
}


def stratum_words(stratum: str) -> Words:
    """Return a stratum such as ``<20k · Noord`` as a reader says it."""
    parts = [
        SIZES.get(part) or PARTS.get(part) or words(part, part) for part in stratum.split(" · ")
    ]
    return words(*(", ".join(part[language] for part in parts) for language in ("nl", "en")))


def selection(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter the spread beside random draws; list cases, strata, and what mergers did to cases."""
    plan, run = material.plan, material.runs["selection"]
    rows = run_filters(run)
    smallest = run.result["measures"]["smallest"]
    return {
        "cases": [_case(material, case) for case in material.cases],
        "strata": _strata(book, material),
        "figures": _figure_titles(material),
        "day": plan.reference_date,
        "last_day": material.last_day,
        "seed": str(plan.seed),
        "proven": plan.result.get("proven", False),
        "merged": any(_heirs(material, case.unit_code) for case in material.cases),
        **{
            name: book.enter(
                f"selection.{name}",
                value,
                nl=nl,
                en=en,
                decimals=places,
                run=run,
                rows=rows_of_cases(rows, run.parameters["chosen"]) if name == "n_cases" else rows,
            )
            for name, value, nl, en, places in (
                ("n_frame", run.result["n_frame"], "Gemeenten in de lijst", "In the frame", 0),
                ("n_cases", run.result["n_cases"], "Gekozen gemeenten", "Chosen", 0),
                (
                    "n_figures",
                    len(plan.result["indicators_used"]),
                    "Achtergrondcijfers",
                    "Background figures",
                    0,
                ),
                (
                    "spread",
                    smallest["given"],
                    "Kleinste afstand tussen twee gekozen gemeenten",
                    "Smallest distance between two chosen municipalities",
                    2,
                ),
                (
                    "random",
                    smallest["mean"],
                    "Kleinste afstand bij loting, gemiddeld",
                    "Smallest distance in random draws, mean",
                    2,
                ),
                ("draws", run.result["draws"], "Lotingen", "Random draws", 0),
                (
                    "at_least",
                    smallest["n_at_least"],
                    "Lotingen met een even grote of grotere afstand",
                    "Random draws with the same or a larger distance",
                    0,
                ),
            )
        },
    }


def _case(material: Material, case: Any) -> dict[str, Any]:
    return {
        "name": case.name,
        "stratum": stratum_words(case.stratum),
        "heirs": _heirs(material, case.unit_code),
    }


def _heirs(material: Material, code: str) -> list[str]:
    """Return the names of those that a municipality went into, when it is no longer there."""
    found = material.country.successors(code, material.last_day)
    return sorted({each.municipality.name for each in found if each.municipality.code != code})


def _strata(book: NumberBook, material: Material) -> list[dict[str, Any]]:
    run = material.runs["selection"]
    day = material.plan.reference_date
    inhabitants = (RowFilter(kind="figure", about=f"inhabitants/{day.year}"),)
    members: dict[str, set[str]] = defaultdict(set)
    for code, name in run.parameters["stratum_of"].items():
        members[name].add(code)
    table = []
    for at, stratum in enumerate(material.plan.result.get("strata", ()), start=1):
        title = stratum_words(stratum["name"])
        table.append(
            {
                "title": title,
                **{
                    name: book.enter(
                        f"selection.stratum.{at}.{name}",
                        value,
                        nl=f"{title['nl']}: {nl}",
                        en=f"{title['en']}: {en}",
                        run=run,
                        rows=rows_of_cases(inhabitants, codes) if codes else inhabitants,
                    )
                    for name, value, nl, en, codes in (
                        (
                            "size",
                            stratum["size"],
                            "gemeenten",
                            "municipalities",
                            members[stratum["name"]],
                        ),
                        (
                            "quota",
                            stratum["quota"],
                            "gekozen",
                            "chosen",
                            members[stratum["name"]] & set(run.parameters["chosen"]),
                        ),
                    )
                },
            }
        )
    return table


def _figure_titles(material: Material) -> list[Words]:
    table = material.country.table("indicators")
    titles = {
        row["key"]: words(row["title_nl"], row["title_en"])
        for row in table.filter(table["year"] == material.plan.reference_date.year).iter_rows(
            named=True
        )
    }
    return [titles[key] for key in material.plan.result["indicators_used"]]
