"""What a selection plan keeps of a choice: who, why, how far apart and how the annex tells it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy.typing as npt
from babel.dates import format_date

from rodedraad.methods.selection import (
    Selection,
    StandardisedFigures,
    UnitWords,
    balance_table,
    method_sentence,
    random_spread,
)
from rodedraad.methods.selection.sentence import Language
from rodedraad.studies.frame import CaseFrame

RANDOM_DRAWS = 1000
INTERVAL = (0.025, 0.975)
ALL_VERSION = "all-units 1"
LANGUAGES: tuple[Language, ...] = ("nl", "en")
AND: dict[Language, str] = {"nl": " en ", "en": " and "}
STRATUM_WORDS: dict[Language, dict[str, str]] = {
    "nl": {"size": "grootte", "part_of_country": "landsdeel", "forerunner": "koploper"},
    "en": {"size": "size", "part_of_country": "part of the country", "forerunner": "forerunner"},
}
UNIT_WORDS = {
    "municipality": UnitWords(),
    "region": UnitWords(("regio", "regio's"), ("region", "regions")),
    "network": UnitWords(("netwerk", "netwerken"), ("network", "networks")),
    "living_lab": UnitWords(("proeftuin", "proeftuinen"), ("living lab", "living labs")),
    "team": UnitWords(("team", "teams"), ("team", "teams")),
}
Distances = npt.NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A choice as a plan stores it: places per stratum, version of the rule and the result."""

    quota: dict[str, int]
    version: str
    result: dict[str, Any]


def choice_of_all(frame: CaseFrame, *, unit_kind: str, reference_date: date) -> Choice:
    """Return the choice in which every unit of the frame takes part."""
    sizes = Counter(frame.strata or ())
    n, words = len(frame.units), UNIT_WORDS[unit_kind]
    when = {language: format_date(reference_date, "d MMMM y", language) for language in LANGUAGES}
    return Choice(
        quota=dict(sizes),
        version=ALL_VERSION,
        result={
            **_result_base(frame),
            "cases": [unit.code for unit in frame.units],
            "reserves": {},
            "strata": [
                {"name": name, "size": size, "quota": size} for name, size in sorted(sizes.items())
            ],
            "sentence": {
                "nl": f"Het kader van {when['nl']} bestaat uit {n} "
                f"{words.nl[n != 1]}. Zij doen allemaal mee; er is niet gekozen.",
                "en": f"The frame of {when['en']} consists of {n} "
                f"{words.en[n != 1]}. All of them take part; nothing was chosen.",
            },
        },
    )


def choice_of(
    chosen: Selection,
    frame: CaseFrame,
    *,
    standard: StandardisedFigures | None,
    distances: Distances | None,
    unit_kind: str,
    reference_date: date,
    strata: Sequence[str],
    seed: int,
) -> Choice:
    """Return a selection with its spread, balance, notices and sentence, by code of the unit.

    Without ``standard`` figures there is no spread and no balance.
    """
    codes = [unit.code for unit in frame.units]
    notices = (*(standard.notices if standard else ()), *chosen.notices)
    result = {
        **_result_base(frame),
        "cases": [codes[i] for i in chosen.chosen],
        "reserves": {codes[i]: [codes[r] for r in r_of] for i, r_of in chosen.reserves.items()},
        "strata": [asdict(stratum) for stratum in chosen.strata],
        "proven": chosen.proven,
        "notices": [asdict(notice) for notice in notices],
        "sentence": {
            language: method_sentence(
                chosen,
                language,
                frame_date=reference_date,
                strata_by=AND[language].join(STRATUM_WORDS[language][name] for name in strata),
                figures=len(standard.names) if standard else 0,
                units=UNIT_WORDS[unit_kind],
            )
            for language in LANGUAGES
        },
    }
    if standard is not None:
        table = balance_table(frame.figures, frame.indicators, chosen.chosen)
        result["indicators_used"] = list(standard.names)
        result["indicators_logged"] = list(standard.logged)
        result["balance"] = [asdict(row) for row in table.rows]
    if distances is not None and chosen.spread is not None:
        result |= _spread(chosen, frame, distances, seed)
    return Choice(quota=chosen.quota, version=chosen.version, result=result)


def _result_base(frame: CaseFrame) -> dict[str, Any]:
    codes = [unit.code for unit in frame.units]
    return {
        "n_frame": len(codes),
        "stratum_of": dict(zip(codes, frame.strata or (), strict=False)),
        "proven": None,
        "notices": [],
        "indicators_used": [],
        "indicators_logged": [],
        "balance": [],
        "spread": None,
        "random_draws": 0,
        "random_spread": {},
    }


def _spread(chosen: Selection, frame: CaseFrame, distances: Distances, seed: int) -> dict[str, Any]:
    random = random_spread(
        distances,
        len(chosen.chosen),
        seed=seed,
        strata=frame.strata,
        quota=chosen.quota if frame.strata else None,
        draws=RANDOM_DRAWS,
        against=chosen.chosen,
    )
    low, high = INTERVAL
    measures = {
        name: getattr(random, name) for name in ("smallest", "mean_nearest", "mean_pairwise")
    }
    return {
        "spread": None if chosen.spread is None else asdict(chosen.spread),
        "random_draws": random.draws,
        "random_spread": {
            name: {
                "mean": measure.mean,
                "low": measure.quantiles[low],
                "high": measure.quantiles[high],
                "n_at_least": measure.n_at_least,
                "p": measure.p,
            }
            for name, measure in measures.items()
        },
    }
