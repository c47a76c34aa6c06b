"""What does a page show of a QCA: rows, models with their cases, robustness, words and files?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from rodedraad.assessment.construct_names import construct_code
from rodedraad.assessment.models import Run
from rodedraad.assessment.notice_words import SOLUTIONS
from rodedraad.assessment.pictures.scatter import Point, scatter_svg
from rodedraad.assessment.run_snippet import run_snippet

MOST_MODELS = 10
XY_MODELS = 3
ROLES: Mapping[str, tuple[str | Promise, str, bool]] = {
    "typical": (lazy("typical: in the model and in the outcome"), "circle", True),
    "deviant in degree": (lazy("more in the model than in the outcome"), "circle", False),
    "deviant in kind": (lazy("deviant: in the model, not in the outcome"), "square", True),
    "deviant for coverage": (lazy("not explained: in the outcome, not in the model"), "triangle",
                             True),
    "individually irrelevant": (lazy("in neither"), "diamond", False),
    "undecided": (lazy("exactly halfway"), "square", False),
}  # fmt: skip
"""Role of a case in a model: words, and the shape and filling of its sign."""
EXPLAINED: Mapping[str, str | Promise] = {
    "conservative": lazy("Rests on rows with cases only; assumes nothing."),
    "parsimonious": lazy("The shortest; assumes what it likes about rows without cases."),
    "intermediate": lazy("Assumes only what the expectations make likely."),
}
OUTS = {"1": lazy("yes"), "0": lazy("no"), "C": lazy("contradictory"), "?": lazy("no cases")}
SHOWN = """for kind in ("conservative", "parsimonious", "intermediate"):
    print(kind, [" + ".join(model) for model in found[kind]["models"]])
"""


@dataclass(frozen=True)
class TruthRow:
    """A row of the truth table: its levels, whether it counts as sufficient, and its cases."""

    line: int
    levels: list[str]
    out: str
    n: int
    consistency: float | None
    pri: float | None
    contradictory: bool
    cases: list[str]
    against: list[str]


@dataclass(frozen=True)
class ModelShown:
    """One model: its terms with their fit, the cases by role, and of the first few the XY plot.

    ``points`` are the cases by name with their membership in the model and in the outcome.
    """

    number: int
    formula: str
    fit: Mapping[str, Any]
    terms: list[Mapping[str, Any]]
    roles: list[tuple[str, list[str]]]
    picture: SafeString | str
    points: list[tuple[str, float, float]]


@dataclass(frozen=True)
class SolutionShown:
    """One of the three solutions with the models that are shown in full.

    ``n_with_model`` of the other choices of cut-offs give a model.
    """

    kind: str
    title: str
    explained: str
    n_models: int | None
    n_more: int
    models: list[ModelShown]
    robust: Mapping[str, Any] | None
    n_with_model: int
    variants: list[tuple[str, Mapping[str, Any]]]


def truth_rows(document: Mapping[str, Any], names: Mapping[str, str]) -> list[TruthRow]:
    """Return the rows of the truth table, the observed ones first, cases by name."""
    rows = [
        TruthRow(
            line=row["row"],
            levels=[str(row["levels"][code]) for code in document["conditions"]],
            out=str(OUTS[row["OUT"]]),
            n=row["n"],
            consistency=row["incl"],
            pri=row["PRI"],
            contradictory=row["contradictory"],
            cases=_names(row["cases"], names),
            against=_names(row["against"], names),
        )
        for row in document["truth_table"]
    ]
    return sorted(rows, key=lambda row: (row.n == 0, row.line))


def solutions_shown(
    document: Mapping[str, Any],
    names: Mapping[str, str],
    outcome: str,
    robustness: Mapping[str, Any] | None,
    *,
    with_cases: bool,
) -> list[SolutionShown]:
    """Return the three solutions; cases and plots only when these may be shown."""
    found: list[SolutionShown] = []
    for kind, title in SOLUTIONS.items():
        solution = document[kind]
        models = [
            _model(number, solution, names, outcome, with_cases=with_cases)
            for number in range(min(len(solution["fit"]), MOST_MODELS))
        ]
        n_models, robust = solution["n_models"], (robustness or {}).get(kind)
        variants = (robust or {}).get("variants", [])
        found.append(
            SolutionShown(
                kind=kind,
                title=str(title),
                explained=str(EXPLAINED[kind]),
                n_models=n_models,
                n_more=max(0, (n_models or len(solution["fit"])) - len(models)),
                models=models,
                robust=robust,
                n_with_model=sum(bool(each["models"]) for each in variants),
                variants=[(_crossover(each["calibration"]), each) for each in variants],
            )
        )
    return found


def models_text(solution: Mapping[str, Any]) -> list[str]:
    """Return the first models of a solution as text."""
    return [_formula(fit["model"]) for fit in solution["fit"][:MOST_MODELS]]


def truth_csv(document: Mapping[str, Any], *, with_cases: bool) -> Iterable[list[object]]:
    """Yield the truth table for a file."""
    for row in document["truth_table"]:
        cells: list[object] = [row["row"], *(row["levels"][c] for c in document["conditions"])]
        cells += [row["OUT"], row["n"], row["incl"], row["PRI"], int(row["contradictory"])]
        yield cells + ([" ".join(row["cases"])] if with_cases else [])


def membership_csv(document: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[list[object]]:
    """Yield scores and memberships of the cases for a file."""
    codes = [*document["conditions"], document["outcome_code"]]
    for case in document["cases"]:
        scores = [document["scores"][code][case]["value"] for code in codes]
        memberships = [document["memberships"][case][code] for code in codes]
        yield [case, names.get(case, case), *scores, *memberships]


def qca_snippet(run: Run, wave: str, slug: str) -> str:
    """Return Python that works the same out from the evidence file."""
    return run_snippet(
        "qca", "combinations", slug=slug, wave=wave, settings=run.parameters, shown=SHOWN
    )


def _model(
    number: int,
    solution: Mapping[str, Any],
    names: Mapping[str, str],
    outcome: str,
    *,
    with_cases: bool,
) -> ModelShown:
    fit = solution["fit"][number]
    cases = solution.get("cases", [])
    points = cases[number]["model"] if with_cases and number < len(cases) else []
    formula = _formula(fit["model"])
    roles = [
        (str(words), _names([p["case"] for p in points if p["role"] == role], names))
        for role, (words, _shape, _filled) in ROLES.items()
    ]
    return ModelShown(
        number=number + 1,
        formula=formula,
        fit=fit,
        terms=[
            {**term, "term": _formula(term["term"]), "cases": _names(term["cases"], names)}
            for term in fit["terms"]
        ],
        roles=[(words, found) for words, found in roles if found],
        picture=_xy(points, names, formula, outcome) if points and number < XY_MODELS else "",
        points=sorted(
            ((names.get(p["case"], p["case"]), p["x"], p["y"]) for p in points),
            key=lambda point: point[0].casefold(),
        ),
    )


def _xy(
    points: Sequence[Mapping[str, Any]], names: Mapping[str, str], formula: str, outcome: str
) -> SafeString:
    drawn = [
        Point(p["x"], p["y"], names.get(p["case"], p["case"]), *ROLES[p["role"]][1:])
        for p in points
    ]
    return scatter_svg(
        drawn,
        x_label=_("in the model"),
        y_label=_("in the outcome (%(outcome)s)") % {"outcome": outcome},
        label=_("%(n)s cases: membership in %(model)s (across) and in %(outcome)s (upwards).")
        % {"n": len(drawn), "model": formula, "outcome": outcome},
        diagonal=True,
        middle=True,
    )


def _crossover(calibration: str) -> str:
    """Which crossover was moved, in words."""
    if calibration == "chosen":
        return _("as chosen")
    code = construct_code(calibration[:-1])
    words = _("%(code)s lower") if calibration.endswith("-") else _("%(code)s higher")
    return words % {"code": code}


def _formula(text: str) -> str:
    """A model as it is read, with a middle dot for "and" so that it can break."""
    return text.replace("*", " * ")


def _names(codes: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return sorted((names.get(code, code) for code in codes), key=str.casefold)
