"""How far do the regions of different kinds match?"""

from typing import Any

from rodedraad.assessment.queries import run_filters
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import Material, tie_rows

Pair = dict[str, Any]


def congruence(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter the likeness of every pair of kinds, and nesting for pairs in the social domain."""
    run = material.runs["congruence"]
    rows = run_filters(run)
    known = [pair for pair in run.result["pairs"] if pair["adjusted_rand"] is not None]
    known.sort(key=lambda pair: -pair["adjusted_rand"])
    social = set(material.social_kinds)
    among = [pair for pair in known if {pair["a"], pair["b"]} <= social]
    table = {(pair["a"], pair["b"]): _pair(book, material, pair) for pair in known}
    for pair in among:
        _nesting(book, material, pair, table[pair["a"], pair["b"]])
    differing = [pair for pair in among if not pair["identical"]]
    return {
        "pairs": list(table.values()),
        "social": [table[pair["a"], pair["b"]] for pair in among],
        "most": table[differing[0]["a"], differing[0]["b"]],
        "least": table[differing[-1]["a"], differing[-1]["b"]],
        "same": [table[pair["a"], pair["b"]] for pair in known if pair["identical"]],
        **{
            name: book.enter(f"congruence.{name}", value, nl=nl, en=en, run=run, rows=found)
            for name, value, nl, en, found in (
                ("n_kinds", len(run.result["kinds"]), "Soorten indelingen", "Kinds", rows),
                ("n_pairs", len(known), "Paren van indelingen", "Pairs of kinds", rows),
                (
                    "n_social",
                    len(among),
                    "Paren in het sociaal domein",
                    "Pairs in the social domain",
                    tie_rows(material.social_kinds),
                ),
                (
                    "same_social",
                    len(among) - len(differing),
                    "Paren in het sociaal domein die precies gelijk zijn",
                    "Pairs in the social domain that are exactly the same",
                    tie_rows(material.social_kinds),
                ),
                (
                    "same_all",
                    sum(pair["identical"] for pair in known),
                    "Paren die precies gelijk zijn",
                    "Pairs that are exactly the same",
                    rows,
                ),
            )
        },
    }


def _pair(book: NumberBook, material: Material, pair: Pair) -> dict[str, Any]:
    a, b = material.kind_titles[pair["a"]], material.kind_titles[pair["b"]]
    return {
        "a": a,
        "b": b,
        "likeness": book.enter(
            f"congruence.{pair['a']}.{pair['b']}.likeness",
            pair["adjusted_rand"],
            nl=f"{a['nl']} en {b['nl']}: gelijkenis",
            en=f"{a['en']} and {b['en']}: likeness",
            decimals=2,
            run=material.runs["congruence"],
            rows=tie_rows([pair["a"], pair["b"]]),
        ),
    }


def _nesting(book: NumberBook, material: Material, pair: Pair, row: dict[str, Any]) -> None:
    for name, inner, outer in (("nesting_ab", "a", "b"), ("nesting_ba", "b", "a")):
        row[name] = book.enter(
            f"congruence.{pair['a']}.{pair['b']}.{name}",
            100 * pair[name],
            nl=f"{row[inner]['nl']} past in {row[outer]['nl']}",
            en=f"{row[inner]['en']} lies in {row[outer]['en']}",
            unit="%",
            run=material.runs["congruence"],
            rows=tie_rows([pair["a"], pair["b"]]),
        )
