"""How does a kept result become the tables and pictures of a page, and the rows of a file?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rodedraad.agreement.dots import Dots, dots
from rodedraad.agreement.wording import DRAWN, MAIN, MEANINGS, MEASURES, NOTICES, TABLE
from rodedraad.coding.models import Code
from rodedraad.coding.tree import code_lines
from rodedraad.studies.models import Study

Figure = dict[str, Any]
OUTSIDE = ("unitising", "strength", "valence")
CHANCE_FREE = ("krippendorff", "unitising")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of a result with its path in the codebook of now, and figures in order."""

    name: str
    found: dict[str, Any]
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Overall:
    """One figure over all codes, what it is called and what it says."""

    name: str
    meaning: str
    figure: Figure
    percent: bool


def measures_of(result: dict[str, Any]) -> list[str]:
    """Return which measures a result has for a code, in the order of the table."""
    found = result["codes"][0]["figures"] if result["codes"] else {}
    judged = [x for x in ("strength", "valence") if any(c[x]["n_units"] for c in result["codes"])]
    return [*(name for name in TABLE if name in found), "unitising", *judged]


def figure_of(code: dict[str, Any], measure: str) -> Figure:
    """Return one figure of a code of a result."""
    return code[measure] if measure in OUTSIDE else code["figures"][measure]


def code_rows(study: Study, result: dict[str, Any]) -> list[CodeRow]:
    """Return the codes of a result in the order of the codebook; those that ended come last."""
    lines = {str(line.code.uuid): (at, line.path) for at, line in enumerate(code_lines(study))}
    last = len(lines)
    measures = measures_of(result)
    ordered = sorted(
        result["codes"], key=lambda one: (lines.get(one["uuid"], (last, ""))[0], one["name"])
    )
    return [
        CodeRow(
            lines.get(one["uuid"], (0, one["name"]))[1],
            one,
            [figure_of(one, measure) for measure in measures],
        )
        for one in ordered
    ]


def overall_rows(result: dict[str, Any]) -> list[Overall]:
    """Return the figures over all codes, each with what it means; none is a mean over codes."""
    overall = result["overall"]
    some = overall["any_code"]["figures"]
    same = {"estimate": overall["same_sets"], "low": None, "high": None}
    about = str(MEANINGS["any_code"])
    rows = [
        Overall(str(MEASURES["sets"]), str(MEANINGS["sets"]), overall["sets"], False),
        Overall(
            str(MEASURES["unitising"]), str(MEANINGS["unitising"]), overall["unitising"], False
        ),
        Overall(str(MEASURES["same_sets"]), str(MEANINGS["same_sets"]), same, True),
        *(
            Overall(
                _("A code or none: %(measure)s") % {"measure": MEASURES[name]},
                f"{about} {MEANINGS[name]}",
                some[name],
                name == "percent",
            )
            for name in TABLE
            if name in some
        ),
    ]
    for name in ("strength", "valence"):
        if overall[name]["n_units"]:
            rows.append(Overall(str(MEASURES[name]), str(MEANINGS[name]), overall[name], False))
    return rows


def picture(rows: Sequence[CodeRow], measure: str) -> Dots:
    """Return the dots of one measure by code, in the order of the codebook."""
    return dots(
        ((row.name, figure_of(row.found, measure)) for row in rows),
        landmarks=measure in CHANCE_FREE,
    )


def picture_measures(result: dict[str, Any]) -> list[tuple[str, str]]:
    """Return which measures the picture can show, with what they are called."""
    known = measures_of(result)
    return [(name, str(MEASURES[name])) for name in MAIN if name in known]


def notices_shown(result: dict[str, Any]) -> list[str]:
    """Return the remarks of a result in words."""
    told: list[str] = []
    if not result["resampling"]["resamples"]:
        return told
    for one in result["notices"]:
        words = dict(one["context"])
        if "drawn" in words:
            words["drawn"] = str(DRAWN[words["drawn"]])
        if one["code"] in NOTICES:
            told.append(str(NOTICES[one["code"]]) % words)
    return told


COLUMNS = ("code", "measure", "estimate", "low", "high", "n_units", "share_units", "prevalence")


def csv_rows(study: Study, result: dict[str, Any]) -> Iterator[Sequence[object]]:
    """Yield a row for each figure of a result; overall figures have no code."""
    for row in code_rows(study, result):
        found = row.found
        for name in measures_of(result):
            figure = figure_of(found, name)
            yield (
                row.name, name, figure["estimate"], figure["low"], figure["high"],
                figure.get("n_units", found["n_any"]), found["share_any"], found["prevalence"],
            )  # fmt: skip
    overall = result["overall"]
    yield ("", "same_sets", overall["same_sets"], None, None, result["n_units"], None, None)
    for name in ("sets", "unitising", "strength", "valence"):
        figure = overall[name]
        n = figure.get("n_units", result["n_units"])
        yield ("", name, figure["estimate"], figure["low"], figure["high"], n, None, None)
    some = overall["any_code"]
    for name, figure in some["figures"].items():
        yield (
            "", f"any_code {name}", figure["estimate"], figure["low"], figure["high"],
            some["n_any"], some["share_any"], some["prevalence"],
        )  # fmt: skip


def code_path(study: Study) -> dict[int, str]:
    """Return what each living code stands under, itself last, by key."""
    return {line.code.pk: line.path for line in code_lines(study)}


def code_named(paths: dict[int, str], code: Code) -> str:
    """Return the path of a code, or its name when it ended."""
    return paths.get(code.pk) or code.name
