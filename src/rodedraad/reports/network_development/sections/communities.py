"""Which municipalities cooperate mostly with each other, and does that follow known borders?"""

from typing import Any

from rodedraad.assessment.filters import RowFilter
from rodedraad.assessment.group_letters import group_letters
from rodedraad.assessment.models import Run
from rodedraad.assessment.queries import run_filters
from rodedraad.reports.book import NumberBook
from rodedraad.reports.network_development.material import Material, rows_of_cases, tie_rows


def communities(book: NumberBook, material: Material) -> dict[str, Any]:
    """Enter the groups with their size, and how like they are to COROP regions and provinces."""
    run = material.runs["communities"]
    rows = run_filters(run)
    names: dict[str, list[str]] = {}
    for code, label in run.result["labels"].items():
        names.setdefault(group_letters(run.result)[label], []).append(code)
    return {
        "groups": [
            {
                "letter": letter,
                "names": material.names(codes),
                "size": book.enter(
                    f"communities.group.{letter}",
                    len(codes),
                    nl=f"Gemeenten in groep {letter}",
                    en=f"Municipalities in group {letter}",
                    run=run,
                    rows=rows_of_cases(_cooperation(run), codes),
                ),
            }
            for letter, codes in sorted(names.items())
        ],
        "against": [
            {
                "title": material.kind_titles[division],
                **{
                    name: book.enter(
                        f"communities.{division}.{name}",
                        value,
                        nl=f"{material.kind_titles[division]['nl']}: {nl}",
                        en=f"{material.kind_titles[division]['en']}: {en}",
                        decimals=decimals,
                        unit=unit,
                        run=run,
                        rows=rows,
                    )
                    for name, value, nl, en, decimals, unit in (
                        (
                            "likeness",
                            found["adjusted_rand"],
                            "gelijkenis met de groepen",
                            "likeness to the groups",
                            2,
                            "",
                        ),
                        (
                            "division_in_group",
                            100 * found["division_in_nesting"],
                            "past in de groepen",
                            "lies in the groups",
                            0,
                            "%",
                        ),
                        (
                            "group_in_division",
                            100 * found["nesting_in_division"],
                            "omvat de groepen",
                            "holds the groups",
                            0,
                            "%",
                        ),
                    )
                },
            }
            for division, found in run.result["against"].items()
        ],
        **{
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
                ("stability", "Gelijkenis tussen herhalingen", "Likeness between repeats", 2),
                ("n_seeds", "Herhalingen van het zoeken", "Repeats of the search", 0),
            )
        },
    }


def _cooperation(run: Run) -> tuple[RowFilter, ...]:
    """Return the filters of the rows in which groups were sought, known divisions left out."""
    return tie_rows(run.parameters["kinds"])
