"""Which published QCA data sets are there, and what must come out of them?"""

import json
from pathlib import Path
from typing import Any

import polars as pl

from rodedraad.methods.qca import Assumed, Cuts, QcaResult, qca

FOLDER = Path(__file__).parents[1] / "reference" / "qca"
SETS = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.expected.json"))
SETS.remove("setmethods_calibration")


def expected(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{name}.expected.json").read_text())


def frame(name: str) -> pl.DataFrame:
    return pl.read_csv(FOLDER / f"{name}.csv", infer_schema_length=None)


def listed(value: Any) -> list[Any]:
    """R writes a list of one as the one thing."""
    return value if isinstance(value, list) else [value]


def models_of(solution: dict[str, Any]) -> set[frozenset[str]]:
    return {frozenset(listed(model)) for model in listed(solution["models"])}


def expectations(reference: dict[str, Any]) -> tuple[str, ...]:
    """R writes an expectation as a name, ~name, or 0 for absence."""
    return tuple(
        f"~{condition}" if value == 0 else value
        for condition, value in zip(
            reference["conditions"], reference.get("directional_expectations", ()), strict=False
        )
    )


def analysis(name: str) -> QcaResult:
    reference = expected(name)
    return qca(
        frame(name),
        outcome=reference["outcome"],
        conditions=reference["conditions"],
        cuts=Cuts(
            consistency=reference["incl_cut"],
            n=reference["n_cut"],
            pri=reference["pri_cut"],
        ),
        assumed=Assumed(expectations=expectations(reference)),
    )
