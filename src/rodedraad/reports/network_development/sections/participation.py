"""In how many arrangements is a municipality, and with how many others?"""

from typing import Any

from rodedraad.assessment.queries import run_filters
from rodedraad.networks.legal import JOINT_ARRANGEMENT
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import BEFORE, Material, tie_rows
from rodedraad.reports.words import Words, words

KINDS: dict[str, Words] = {
    "participation_social": words("Regio’s, sociaal domein", "Regions, social domain"),
    "participation": words("Regio’s, alle domeinen", "Regions, all domains"),
    "participation_joint": words("Gemeenschappelijke regelingen", "Joint arrangements"),
}
MEASURES = (
    ("arrangements", "aantal per gemeente", "number per municipality", False),
    ("partners", "andere gemeenten die men treft", "other municipalities met", False),
    (
        "recurring_share",
        "deel van die gemeenten dat men vaker treft",
        "share of them met more than once",
        True,
    ),
)
POINTS = (
    ("minimum", "laagste", "lowest"),
    ("median", "middelste", "median"),
    ("maximum", "hoogste", "highest"),
)


def participation(book: NumberBook, material: Material) -> list[dict[str, Any]]:
    """Enter lowest, median and highest of each measure, for regions and joint arrangements."""
    return [_table(book, material, kind, title) for kind, title in KINDS.items()]


def _table(book: NumberBook, material: Material, kind: str, title: Words) -> dict[str, Any]:
    run = material.runs[kind]
    rows = run_filters(run)
    measures = []
    for measure, nl, en, percent in MEASURES:
        points = {
            point: book.enter(
                f"{kind}.{measure}.{point}",
                _shown(run.result[measure][point], percent),
                nl=f"{title['nl']}: {nl}, {point_nl}",
                en=f"{title['en']}: {en}, {point_en}",
                unit="%" if percent else "",
                run=run,
                rows=rows,
            )
            for point, point_nl, point_en in POINTS
        }
        measures.append({"title": words(nl, en), **points})
    return {
        "kind": kind,
        "title": title,
        "n_arrangements": book.enter(
            f"{kind}.n_arrangements",
            run.result["n_arrangements"],
            nl=f"{title['nl']}: hoeveel er zijn",
            en=f"{title['en']}: how many there are",
            run=run,
            rows=rows,
        ),
        "measures": measures,
    }


def _shown(value: float | None, percent: bool) -> float | None:
    return 100 * value if percent and value is not None else value


def joint(book: NumberBook, material: Material) -> dict[str, str]:
    """Enter how many published memberships belong to a municipality, and how many do not.

    Members that are no municipality have no row in the evidence table. Their number is that of
    the records in the source less the rows, so the rows are what it is counted against.
    """
    run = material.runs[f"kinds_{BEFORE}"]
    rows = tie_rows([JOINT_ARRANGEMENT])
    matched = run.result["kinds"][JOINT_ARRANGEMENT]["records"]
    published = material.country.table("joint_arrangements").height
    return {
        name: book.enter(f"joint.{name}", value, nl=nl, en=en, run=run, rows=rows)
        for name, value, nl, en in (
            (
                "matched",
                matched,
                "Deelnames in OpenGR die bij een gemeente horen",
                "Memberships in OpenGR that belong to a municipality",
            ),
            (
                "unmatched",
                published - matched,
                "Deelnames in OpenGR zonder gemeente: alle deelnames min deze rijen",
                "Memberships in OpenGR without a municipality: all of them less these rows",
            ),
        )
    }
