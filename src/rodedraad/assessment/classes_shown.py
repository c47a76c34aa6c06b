"""How are latent classes written: which number of classes, what they are like, who is in them?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rodedraad.assessment.class_runs import CASES
from rodedraad.assessment.models import Run
from rodedraad.assessment.run_snippet import run_snippet
from rodedraad.assessment.types_shown import type_words
from rodedraad.country.wording import NOTHING, number_shown
from rodedraad.methods.rulesets.measures import CELLS

COMPARED_COLUMNS = (
    "classes", "log_likelihood", "parameters", "aic", "bic", "adjusted_bic", "icl", "entropy",
    "smallest_share", "starts_at_best", "starts", "blrt_p",
)  # fmt: skip
PROFILE_COLUMNS = ("class", "share", "item", "mean", "low", "high", "sd")
SHOWN = 'print(found["n_classes"], found["lowest"])'


@dataclass(frozen=True)
class Size:
    """One number of classes and what speaks for and against it, as text."""

    n: int
    cells: tuple[str, ...]
    chosen: bool
    lowest: str


@dataclass(frozen=True)
class CaseShown:
    """One case in its class: how probable that is, and what the rule calls it."""

    code: str
    name: str
    number: int
    certainty: str
    type: str


def sizes_shown(result: Mapping[str, Any]) -> list[Size]:
    """Return the numbers of classes that were compared, fewest first."""
    words = {"aic": "AIC", "bic": "BIC", "adjusted_bic": _("adjusted BIC"), "icl": "ICL"}
    found = []
    for each in result["compared"]:
        n, fit = each["n_classes"], each["fit"]
        best = [words[name] for name, size in result["lowest"].items() if size == n]
        cells = (
            number_shown(fit["log_likelihood"], 1),
            number_shown(fit["n_parameters"]),
            number_shown(fit["bic"], 1),
            number_shown(fit["icl"], 1),
            number_shown(fit["entropy"], 2),
            f"{number_shown(each['smallest'] * 100)}%",
            _("%(n)s of %(of)s") % {"n": each["replicated"], "of": each["starts"]},
            NOTHING if each["p"] is None else number_shown(each["p"], 2),
        )
        found.append(Size(n, cells, n == result["n_classes"], ", ".join(best)))
    return found


def item_name(code: str, names: Mapping[str, str], attitudes: Mapping[str, str]) -> str:
    """What a score is called: a construct, an attitude, or a cell of measures."""
    if code in CELLS:
        return _("Measures in cell %(cell)s") % {"cell": code}
    construct = attitudes.get(code, code)
    return f"{construct} {names.get(construct, code)}"


def cases_shown(result: Mapping[str, Any], names: Mapping[str, str]) -> list[CaseShown]:
    """Return the cases by name, each in its most probable class."""
    found = [
        CaseShown(
            code=code,
            name=names.get(code, code),
            number=each["class"],
            certainty=_certain(max(each["posteriors"])),
            type=str(type_words(each["type"])),
        )
        for code, each in result["cases"].items()
    ]
    return sorted(found, key=lambda case: case.name.casefold())


def profiles_seen(result: Mapping[str, Any], *, may_design: bool) -> list[Mapping[str, Any]]:
    """Return the profiles that a person may read.

    A class of a few cases has nearly the attitudes of these cases, and in each of these a few
    people may have spoken: of cases, others than lead and researchers see measures only.
    """
    hidden = result["unit"] == CASES and not may_design
    return [each for each in result["profiles"] if not hidden or each["item"] in CELLS]


def profile_csv_rows(
    result: Mapping[str, Any], profiles: Iterable[Mapping[str, Any]]
) -> Iterable[list[object]]:
    """Yield the profile of every class for a file."""
    shown = list(profiles)
    for number, share in enumerate(result["shares"]):
        for profile in shown:
            mean = profile["means"][number]
            interval = mean["interval"] or {}
            yield [
                number + 1, share["estimate"], profile["item"], mean["estimate"],
                interval.get("low"), interval.get("high"), profile["sds"][number]["estimate"],
            ]  # fmt: skip


def compared_csv_rows(result: Mapping[str, Any]) -> Iterable[list[object]]:
    """Yield the numbers of classes that were compared for a file."""
    for each in result["compared"]:
        fit = each["fit"]
        yield [
            each["n_classes"], fit["log_likelihood"], fit["n_parameters"], fit["aic"], fit["bic"],
            fit["adjusted_bic"], fit["icl"], fit["entropy"], each["smallest"], each["replicated"],
            each["starts"], each["p"],
        ]  # fmt: skip


def classes_snippet(run: Run, wave: str, slug: str) -> str:
    """Return Python that works the same out from the evidence file."""
    settings = {name: value for name, value in run.parameters.items() if name != "unit"}
    function = "classes_of_cases" if run.parameters["unit"] == CASES else "classes_of_respondents"
    settings |= {"seed": run.seed}
    return run_snippet(
        "latent_classes", function, slug=slug, wave=wave, settings=settings, shown=SHOWN
    )


def _certain(probability: float) -> str:
    whole = round(probability * 100)
    return _("almost certain") if whole == 100 else f"{whole}%"
