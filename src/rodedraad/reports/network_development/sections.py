"""Which numbers stand in each section of the report, and from which rows they come."""

from collections.abc import Iterable, Mapping
from typing import Any

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.queries import run_filters
from rodedraad.assessment.register_figures import INHABITANTS, SPENDING
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import AFTER, BEFORE, Material

Rows = list[dict[str, Any]]
MILLION = 1_000_000
FIRST_YEARS = range(2015, 2027)


def sections(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter every number in ``book`` and return the tables of keys that the template shows."""
    return {
        "years": _years(book, material),
        "participation": [
            _participation(book, material, kind)
            for kind in ("participation", "participation_social", "participation_joint")
        ],
        "kinds": _kinds(book, material),
        "drive": _drive(book, material),
        "congruence": _congruence(book, material),
        "complexity": _complexity(book, material),
        "change": _change(book, material),
        "communities": _communities(book, material),
        "spending": _spending(book, material),
        "alike": _alike(book, material),
        "selection": _selection(book, material),
    }


def tie_rows(kinds: Iterable[str], wave: str = BEFORE) -> tuple[RowFilter, ...]:
    """Return the filters of the ties in arrangements of ``kinds``."""
    return tuple(RowFilter(wave=wave, kind="tie", about_prefix=f"{kind}/") for kind in kinds)


def _years(book: NumberBook, material: Material) -> Rows:
    run = material.runs["inhabitants"]
    rows: Rows = []
    for year in map(str, FIRST_YEARS):
        if year not in run.result:
            kinds = material.runs[f"kinds_{year}"]
            key = book.enter(
                f"municipalities.{year}",
                kinds.result["n_cases"],
                nl=f"Gemeenten op 1 januari {year}",
                en=f"Municipalities on 1 January {year}",
                run=kinds,
                rows=tie_rows(["provincie"], year),
            )
            rows.append({"year": year, "municipalities": key, "inhabitants": None})
            continue
        row_filter = (RowFilter(construct=INHABITANTS, about=f"inhabitants/{year}"),)
        count = book.enter(
            f"municipalities.{year}",
            run.result[year]["cases"],
            nl=f"Gemeenten op 1 januari {year}",
            en=f"Municipalities on 1 January {year}",
            run=run,
            rows=row_filter,
        )
        people = book.enter(
            f"inhabitants.{year}",
            run.result[year]["total"],
            nl=f"Inwoners op 1 januari {year}",
            en=f"Inhabitants on 1 January {year}",
            run=run,
            rows=row_filter,
        )
        rows.append({"year": year, "municipalities": count, "inhabitants": people})
    return rows


def _participation(book: NumberBook, material: Material, kind: str) -> dict[str, Any]:
    run = material.runs[kind]
    result, rows = run.result, run_filters(run)
    keys: dict[str, Any] = {"kind": kind}
    for name, nl, en in (
        ("n_cases", "Gemeenten", "Municipalities"),
        ("n_arrangements", "Verbanden", "Arrangements"),
    ):
        keys[name] = book.enter(f"{kind}.{name}", result[name], nl=nl, en=en, run=run, rows=rows)
    for measure, nl, en, percent in (
        ("arrangements", "verbanden per gemeente", "arrangements per municipality", False),
        ("partners", "partners per gemeente", "partners per municipality", False),
        ("recurring_share", "partners in meer dan één verband", "partners met more often", True),
    ):
        for point, point_nl, point_en in (
            ("minimum", "Laagste aantal", "Lowest number of"),
            ("median", "Middelste aantal", "Median of"),
            ("maximum", "Hoogste aantal", "Highest number of"),
        ):
            value = result[measure][point]
            keys[f"{measure}_{point}"] = book.enter(
                f"{kind}.{measure}.{point}",
                100 * value if percent else value,
                nl=f"{point_nl} {nl}",
                en=f"{point_en} {en}",
                unit="%" if percent else "",
                run=run,
                rows=rows,
            )
    return keys


def _kinds(book: NumberBook, material: Material) -> Rows:
    run = material.runs[f"kinds_{BEFORE}"]
    table: Rows = []
    for kind, law in material.kind_law.items():
        found = run.result["kinds"][kind]
        title = material.kind_titles[kind]
        row: dict[str, Any] = {"kind": kind, "title": title, **law}
        for name, value, nl, en in (
            ("arrangements", found["arrangements"], "regio's", "regions"),
            ("cases", found["cases"], "gemeenten", "municipalities"),
            ("median", found["members"]["median"], "gemeenten per regio", "per region"),
        ):
            row[name] = book.enter(
                f"kind.{kind}.{name}",
                value,
                nl=f"{title['nl']}: {nl}",
                en=f"{title['en']}: {en}",
                decimals=0 if float(value).is_integer() else 1,
                run=run,
                rows=tie_rows([kind]),
            )
        table.append(row)
    return table


def _drive(book: NumberBook, material: Material) -> dict[str, Any]:
    run = material.runs["drive"]
    kinds_of: dict[str, list[str]] = {}
    for kind, law in material.kind_law.items():
        kinds_of.setdefault(str(law["class"]), []).append(kind)
    classes: Rows = []
    for label, ties in sorted(run.result["ties"].items()):
        rows = tie_rows(kinds_of[label])
        kinds, arrangements = len(kinds_of[label]), run.result["arrangements"][label]
        classes.append(
            {
                "label": label,
                **{
                    name: book.enter(
                        f"drive.{label}.{name}",
                        value,
                        nl=f"{nl}: {label}",
                        en=f"{en}: {label}",
                        run=run,
                        rows=rows,
                    )
                    for name, value, nl, en in (
                        ("kinds", kinds, "Soorten", "Kinds"),
                        ("arrangements", arrangements, "Verbanden", "Arrangements"),
                        ("ties", ties, "Deelnames", "Memberships"),
                    )
                },
            }
        )
    share = run.result["share_prescribed"]
    median = None
    if share["median"] is not None:
        median = book.enter(
            "drive.share.median",
            100 * share["median"],
            nl="Middelste aandeel regelgedreven per gemeente",
            en="Median share driven by law per municipality",
            unit="%",
            run=run,
            rows=run_filters(run),
        )
    return {"classes": classes, "share_median": median}


def _congruence(book: NumberBook, material: Material) -> dict[str, Any]:
    run = material.runs["congruence"]
    core = set(material.runs["participation_social"].parameters.get("kinds", ())) or {
        kind for kind in material.kind_law if _is_social(material, kind)
    }
    pairs: Rows = []
    for pair in run.result["pairs"]:
        a, b = pair["a"], pair["b"]
        if a not in core or b not in core or pair["adjusted_rand"] is None:
            continue
        title_a, title_b = material.kind_titles[a], material.kind_titles[b]
        row: dict[str, Any] = {"a": title_a, "b": title_b, "sort": -pair["adjusted_rand"]}
        for name, value, nl, en, decimals, unit in (
            ("adjusted_rand", pair["adjusted_rand"], "gelijkenis", "likeness", 2, ""),
            ("nesting_ab", 100 * pair["nesting_ab"], "past in", "lies in", 0, "%"),
            ("nesting_ba", 100 * pair["nesting_ba"], "omvat", "holds", 0, "%"),
        ):
            row[name] = book.enter(
                f"congruence.{a}.{b}.{name}",
                value,
                nl=f"{title_a['nl']} – {title_b['nl']}: {nl}",
                en=f"{title_a['en']} – {title_b['en']}: {en}",
                decimals=decimals,
                unit=unit,
                run=run,
                rows=tie_rows([a, b]),
            )
        pairs.append(row)
    pairs.sort(key=lambda row: row["sort"])
    identical = sum(1 for pair in run.result["pairs"] if pair["identical"])
    return {
        "pairs": pairs,
        "n_kinds": book.enter(
            "congruence.kinds",
            len(run.result["kinds"]),
            nl="Soorten regio's",
            en="Kinds of regions",
            run=run,
            rows=run_filters(run),
        ),
        "n_pairs": book.enter(
            "congruence.pairs",
            len(run.result["pairs"]),
            nl="Paren van soorten regio's",
            en="Pairs of kinds of regions",
            run=run,
            rows=run_filters(run),
        ),
        "identical": book.enter(
            "congruence.identical",
            identical,
            nl="Paren die precies gelijk zijn",
            en="Pairs that are exactly the same",
            run=run,
            rows=run_filters(run),
        ),
    }


def _is_social(material: Material, kind: str) -> bool:
    types = material.country.table("region_types")
    return kind in types.filter(types["domain"] == "social")["key"].to_list()


def _complexity(book: NumberBook, material: Material) -> dict[str, Any]:
    run = material.runs["complexity"]
    result, rows = run.result, run_filters(run)
    levels: Rows = []
    for level in result["levels"]:
        points = result["per_level"][level]
        levels.append(
            {
                "level": level,
                **{
                    point: book.enter(
                        f"complexity.{level}.{point}",
                        points[point],
                        nl=f"Verbanden op niveau {level}, {nl}",
                        en=f"Arrangements on level {level}, {en}",
                        run=run,
                        rows=rows,
                    )
                    for point, nl, en in (
                        ("minimum", "laagste", "lowest"),
                        ("median", "middelste", "median"),
                        ("maximum", "hoogste", "highest"),
                    )
                },
            }
        )
    spread = {
        point: book.enter(
            f"complexity.spread.{point}",
            result["level_spread"][point],
            nl=f"Spreiding over schaalniveaus (0-1), {nl}",
            en=f"Spread over scale levels (0-1), {en}",
            decimals=2,
            run=run,
            rows=rows,
        )
        for point, nl, en in (
            ("minimum", "laagste", "lowest"),
            ("median", "middelste", "median"),
            ("maximum", "hoogste", "highest"),
        )
    }
    return {"levels": levels, "spread": spread}


def _change(book: NumberBook, material: Material) -> dict[str, Any]:
    run = material.runs["change"]
    table: Rows = []
    for kind, found in run.result["kinds"].items():
        title = material.kind_titles[kind]
        rows = (*tie_rows([kind], BEFORE), *tie_rows([kind], AFTER))
        row: dict[str, Any] = {"title": title, "unique": found["matching_unique"]}
        for name, value, nl, en, decimals in (
            ("before", found["n_regions_before"], f"regio's in {BEFORE}", f"in {BEFORE}", 0),
            ("after", found["n_regions_after"], f"regio's in {AFTER}", f"in {AFTER}", 0),
            ("compared", found["n_compared"], "vergeleken", "compared", 0),
            ("moved", found["n_moved"], "naar een andere regio", "moved", 0),
            ("differ", len(found["predecessors_differ"]), "niet te vergelijken", "left out", 0),
            ("adjusted_rand", found["adjusted_rand"], "gelijkenis", "likeness", 3),
        ):
            row[name] = book.enter(
                f"change.{kind}.{name}",
                value,
                nl=f"{title['nl']}: {nl}",
                en=f"{title['en']}: {en}",
                decimals=decimals,
                run=run,
                rows=rows,
            )
        row["sort"] = -found["n_moved"]
        table.append(row)
    table.sort(key=lambda row: row["sort"])
    totals = {
        name: book.enter(f"change.{name}", value, nl=nl, en=en, run=run, rows=run_filters(run))
        for name, value, nl, en in (
            ("n_before", run.result["n_before"], f"Gemeenten in {BEFORE}", f"In {BEFORE}"),
            ("n_after", run.result["n_after"], f"Gemeenten in {AFTER}", f"In {AFTER}"),
            ("n_divided", len(run.result["divided"]), "Verdeelde gemeenten", "Divided"),
        )
    }
    return {"kinds": table, **totals}


def _communities(book: NumberBook, material: Material) -> dict[str, Any]:
    run = material.runs["communities"]
    rows = run_filters(run)
    keys: dict[str, Any] = {
        name: book.enter(
            f"communities.{name}",
            run.result[name],
            nl=nl,
            en=en,
            decimals=places,
            run=run,
            rows=rows,
        )
        for name, nl, en, places in (
            ("n_communities", "Groepen gemeenten", "Groups of municipalities", 0),
            ("modularity", "Modulariteit", "Modularity", 2),
            ("stability", "Stabiliteit over startwaarden", "Stability over seeds", 2),
        )
    }
    keys["against"] = [
        {
            "title": material.kind_titles[division],
            "adjusted_rand": book.enter(
                f"communities.{division}",
                found["adjusted_rand"],
                nl=f"Gelijkenis met {material.kind_titles[division]['nl']}",
                en=f"Likeness to {material.kind_titles[division]['en']}",
                decimals=2,
                run=run,
                rows=rows,
            ),
        }
        for division, found in run.result["against"].items()
    ]
    return keys


def _spending(book: NumberBook, material: Material) -> Rows:
    run = material.runs["spending"]
    return [
        {
            "year": year,
            "billion": book.enter(
                f"spending.{year}",
                found["total"] / MILLION,
                nl=f"Uitgaven sociaal domein {year}, miljard euro",
                en=f"Social-domain spending {year}, billion euro",
                decimals=1,
                run=run,
                rows=(RowFilter(construct=SPENDING, about_prefix=f"spending/{year}/"),),
            ),
            "cases": book.enter(
                f"spending.{year}.cases",
                found["cases"],
                nl=f"Gemeenten met een jaarrekening over {year}",
                en=f"Municipalities with accounts of {year}",
                run=run,
                rows=(RowFilter(construct=SPENDING, about_prefix=f"spending/{year}/"),),
            ),
        }
        for year, found in sorted(run.result.items())
    ]


def _alike(book: NumberBook, material: Material) -> dict[str, Any]:
    run = material.runs["alike_spending"]
    rows = run_filters(run)
    names: Mapping[str, tuple[str, str]] = {
        "shared_arrangements": ("Gedeelde verbanden", "Shared arrangements"),
        "size_difference": ("Verschil in grootte", "Difference in size"),
        "distance_km": ("Afstand (km)", "Distance (km)"),
    }
    terms: Rows = []
    for name, (nl, en) in names.items():
        term = run.result["terms"][name]
        terms.append(
            {
                "nl": nl,
                "en": en,
                "coefficient": book.enter(
                    f"alike.{name}.coefficient",
                    term["coefficient"],
                    nl=f"{nl}: coëfficiënt",
                    en=f"{en}: coefficient",
                    decimals=5,
                    run=run,
                    rows=rows,
                ),
                "p": book.enter(
                    f"alike.{name}.p",
                    term["p"],
                    nl=f"{nl}: p-waarde",
                    en=f"{en}: p-value",
                    decimals=4,
                    run=run,
                    rows=rows,
                ),
            }
        )
    keys: dict[str, Any] = {
        name: book.enter(
            f"alike.{name}", value, nl=nl, en=en, decimals=places, unit=unit, run=run, rows=rows
        )
        for name, value, nl, en, places, unit in (
            ("n_cases", run.result["n_cases"], "Gemeenten", "Municipalities", 0, ""),
            ("n_dyads", run.result["n_dyads"], "Paren", "Pairs", 0, ""),
            (
                "explained",
                100 * run.result["r_squared"],
                "Verklaard deel van de verschillen",
                "Explained share of the differences",
                1,
                "%",
            ),
            (
                "correlation",
                run.result["correlation"]["coefficient"],
                "QAP-correlatie",
                "QAP correlation",
                3,
                "",
            ),
        )
    }
    shared = run.result["terms"]["shared_arrangements"]
    return {
        **keys,
        "terms": terms,
        "direction": _direction(shared["coefficient"], shared["p"]),
        "left_out": run.result["left_out"],
        "permutations": run.result["permutations"],
    }


def _direction(coefficient: float, p: float) -> str:
    """Return what the test says in one word: ``none``, ``alike`` or ``unlike``."""
    if p >= 0.05:
        return "none"
    return "alike" if coefficient < 0 else "unlike"


def _selection(book: NumberBook, material: Material) -> dict[str, Any]:
    plan = material.plan.result
    run = material.runs["selection"]
    rows = run_filters(run)
    smallest = run.result["measures"]["smallest"]
    return {
        "cases": material.cases,
        "sentence": plan["sentence"],
        "notices": plan["notices"],
        **{
            name: book.enter(
                f"selection.{name}", value, nl=nl, en=en, decimals=places, run=run, rows=rows
            )
            for name, value, nl, en, places in (
                ("n_frame", run.result["n_frame"], "Gemeenten om uit te kiezen", "Frame", 0),
                ("n_cases", run.result["n_cases"], "Gekozen gemeenten", "Chosen", 0),
                ("spread", smallest["given"], "Kleinste afstand", "Smallest distance", 2),
                ("random", smallest["mean"], "Gemiddeld bij loting", "Mean of random draws", 2),
                ("at_least", smallest["n_at_least"], "Lotingen die dit halen", "Draws as wide", 0),
            )
        },
    }
