"""What did the social domain cost, and do municipalities that share more spend more alike?"""

from typing import Any

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.queries import run_filters
from rodedraad.assessment.register_figures import SPENDING
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import Material
from rodedraad.reports.words import Words, words

MILLION = 1_000_000
CHANCE_LIMIT = 0.05
SHARED = "shared_arrangements"
TERMS: dict[str, Words] = {
    SHARED: words("gedeelde regio’s (per regio)", "shared regions (per region)"),
    "size_difference": words("verschil in grootte", "difference in size"),
    "distance_km": words("afstand (per kilometer)", "distance (per kilometre)"),
}


def spending(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter accounts per year, and name the years in which the classification changed."""
    run = material.runs["spending"]
    classification = material.country.table("spending_classification")
    starts = classification["valid_from"].unique().to_list()
    ends = [year + 1 for year in classification["valid_to"].drop_nulls().unique().to_list()]
    first, last = min(run.result), max(run.result)
    rows = [_year(book, material, year) for year in sorted(run.result)]
    return {
        "first": first,
        "last": last,
        "breaks": [
            str(year) for year in sorted({*starts, *ends}) if int(first) < year <= int(last)
        ],
        "later_breaks": [str(year) for year in sorted({*starts, *ends}) if year > int(last)],
        "rows": rows,
        "first_billion": rows[0]["billion"],
        "last_billion": rows[-1]["billion"],
    }


def _year(book: NumberBook, material: Material, year: str) -> dict[str, Any]:
    run = material.runs["spending"]
    found = run.result[year]
    return {
        "year": year,
        **{
            name: book.enter(
                f"spending.{year}.{name}",
                value,
                nl=nl,
                en=en,
                decimals=decimals,
                run=run,
                rows=(RowFilter(construct=SPENDING, about_prefix=f"spending/{year}/"),),
            )
            for name, value, nl, en, decimals in (
                (
                    "billion",
                    found["total"] / MILLION,
                    f"Uitgaven sociaal domein {year}, miljard euro",
                    f"Social-domain spending {year}, billion euro",
                    1,
                ),
                (
                    "cases",
                    found["cases"],
                    f"Gemeenten met een jaarrekening over {year}",
                    f"Municipalities with accounts of {year}",
                    0,
                ),
            )
        },
    }


def alike(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter the test on the network, and say in one word what comes out of each term."""
    run = material.runs["alike_spending"]
    rows = run_filters(run)
    result = run.result

    def enter(key: str, value: float, nl: str, en: str, decimals: int, unit: str = "") -> str:
        return book.enter(
            f"alike.{key}", value, nl=nl, en=en, decimals=decimals, unit=unit, run=run, rows=rows
        )

    terms = {
        name: {
            "title": title,
            "outcome": outcome(result["terms"][name]),
            "coefficient": enter(
                f"{name}.coefficient",
                result["terms"][name]["coefficient"],
                f"Coëfficiënt van {title['nl']}",
                f"Coefficient of {title['en']}",
                5,
            ),
            "p": enter(
                f"{name}.p",
                result["terms"][name]["p"],
                f"p-waarde van {title['nl']}",
                f"p-value of {title['en']}",
                4,
            ),
        }
        for name, title in TERMS.items()
    }
    simple = result["correlation"]
    return {
        "terms": list(terms.values()),
        "shared": terms[SHARED],
        "size": terms["size_difference"],
        "distance": terms["distance_km"],
        "simple_outcome": outcome(simple),
        "left_out": material.names(result["left_out"]),
        "groups": _groups(enter, result["by_shared"]),
        "year": run.parameters["spending"].split("/")[1],
        "n_cases": enter("n_cases", result["n_cases"], "Gemeenten", "Municipalities", 0),
        "n_pairs": enter("n_pairs", result["n_dyads"], "Paren", "Pairs", 0),
        "permutations": enter(
            "permutations", result["permutations"], "Verwisselingen", "Permutations", 0
        ),
        "explained": enter(
            "explained",
            100 * result["r_squared"],
            "Deel van de verschillen dat het model beschrijft",
            "Share of the differences that the model describes",
            0,
            "%",
        ),
        "correlation": enter(
            "correlation",
            simple["coefficient"],
            "Samenhang zonder grootte en afstand",
            "Correlation without size and distance",
            2,
        ),
        "correlation_p": enter("correlation.p", simple["p"], "p-waarde daarvan", "Its p-value", 4),
    }


def _groups(enter: Any, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = []
    for at, group in enumerate(groups, start=1):
        row = {
            name: enter(f"group.{at}.{name}", group[field], f"{nl} {at}", f"{en} {at}", decimals)
            for name, field, nl, en, decimals in (
                ("from", "from", "Gedeelde regio’s vanaf, groep", "Shared regions from, group", 0),
                ("pairs", "n_pairs", "Paren in groep", "Pairs in group", 0),
                (
                    "difference",
                    "mean_difference",
                    "Gemiddeld verschil in groep",
                    "Mean difference in group",
                    2,
                ),
            )
        }
        row["to"] = group["to"] is not None and enter(
            f"group.{at}.to",
            group["to"],
            f"Gedeelde regio’s tot en met, groep {at}",
            f"Shared regions up to, group {at}",
            0,
        )
        shown.append(row)
    return shown


def outcome(term: dict[str, float]) -> str:
    """Return what a test says in one word: ``none``, ``alike`` (differ less) or ``unlike``."""
    if term["p"] >= CHANCE_LIMIT:
        return "none"
    return "alike" if term["coefficient"] < 0 else "unlike"
