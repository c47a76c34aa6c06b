"""Which kinds of cooperation are there, and which of them does the law prescribe?"""

from typing import Any

from rodedraad.assessment.queries import run_filters
from rodedraad.methods.rulesets.drive import DRIVEN, NOT_DRIVEN, UNDETERMINED
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import (
    BEFORE,
    DOMAINS,
    SOCIAL,
    Material,
    tie_rows,
)
from rodedraad.reports.words import Words, words

CLASSES: dict[str, Words] = {
    DRIVEN: words("regelgedreven", "driven by regulation"),
    NOT_DRIVEN: words("niet-regelgedreven", "not driven by regulation"),
    UNDETERMINED: words("onbepaald", "undetermined"),
}
CLASS_KEYS = {DRIVEN: "driven", NOT_DRIVEN: "not_driven", UNDETERMINED: "undetermined"}
DOES: dict[str, Words] = {
    "prescribes": words("schrijft voor", "prescribes"),
    "asks": words("vraagt", "asks"),
    "allows": words("staat toe", "allows"),
    "defines_area": words("wijst het gebied aan", "sets the area"),
    "": words("genoemd", "cited"),
}


def kinds(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter regions, municipalities and size of each kind; give its class and its articles."""
    run = material.runs[f"kinds_{BEFORE}"]
    table = []
    for kind, law in material.kind_law.items():
        found, title = run.result["kinds"][kind], material.kind_titles[kind]
        table.append(
            {
                "title": title,
                "domain": DOMAINS[law.domain],
                "class": CLASSES[law.drive_class],
                "consulted": law.municipal_part == "consulted",
                "refs": [{**ref, "does": DOES[ref["does"]]} for ref in law.refs],
                **{
                    name: book.enter(
                        f"kind.{kind}.{name}",
                        value,
                        nl=f"{title['nl']}: {nl}",
                        en=f"{title['en']}: {en}",
                        decimals=0 if float(value).is_integer() else 1,
                        run=run,
                        rows=tie_rows([kind]),
                    )
                    for name, value, nl, en in (
                        ("arrangements", found["arrangements"], "regio’s", "regions"),
                        ("cases", found["cases"], "gemeenten", "municipalities"),
                        (
                            "median",
                            found["members"]["median"],
                            "gemeenten per regio, middelste",
                            "municipalities per region, median",
                        ),
                    )
                },
            }
        )
    return {
        "rows": table,
        "consulted": [row["title"] for row in table if row["consulted"]],
        **{
            name: book.enter(
                f"kinds.{name}", len(chosen), nl=nl, en=en, run=run, rows=tie_rows(chosen)
            )
            for name, chosen, nl, en in (
                ("all", tuple(material.kind_law), "Soorten regio’s", "Kinds of regions"),
                (
                    SOCIAL,
                    material.social_kinds,
                    "Soorten regio’s in het sociaal domein",
                    "Kinds of regions in the social domain",
                ),
            )
        },
    }


def drive(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter per class how many kinds, regions and memberships it has."""
    run = material.runs["drive"]
    classes = []
    for label, title in CLASSES.items():
        chosen = [kind for kind, law in material.kind_law.items() if law.drive_class == label]
        classes.append(
            {
                "title": title,
                **{
                    name: book.enter(
                        f"drive.{CLASS_KEYS[label]}.{name}",
                        value,
                        nl=f"{title['nl'].capitalize()}: {nl}",
                        en=f"{title['en'].capitalize()}: {en}",
                        run=run,
                        rows=tie_rows(chosen),
                    )
                    for name, value, nl, en in (
                        ("kinds", len(chosen), "soorten regio’s", "kinds of regions"),
                        (
                            "arrangements",
                            run.result["arrangements"].get(label, 0),
                            "regio’s",
                            "regions",
                        ),
                        (
                            "ties",
                            run.result["ties"].get(label, 0),
                            "deelnames van gemeenten",
                            "memberships of municipalities",
                        ),
                    )
                },
            }
        )
    median = run.result["share_prescribed"]["median"]
    return {
        "classes": classes,
        "share_median": median
        and book.enter(
            "drive.share.median",
            100 * median,
            nl="Deel regelgedreven per gemeente, middelste van gemeenten",
            en="Share driven by regulation per municipality, median of municipalities",
            unit="%",
            run=run,
            rows=run_filters(run),
        ),
    }
