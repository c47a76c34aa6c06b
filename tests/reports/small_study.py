"""The first study on three provinces only: the real steps, small enough to do in a test."""

import shutil
from pathlib import Path

import polars as pl

from rodedraad.country.history import Country, country_tables
from rodedraad.country.tables import CARRIED
from rodedraad.first_study.runs import runs_make
from rodedraad.first_study.steps import (
    evidence_get,
    frame_get,
    networks_get,
    selection_get,
    study_get,
)
from rodedraad.studies.models import Study

PROVINCES = ("Groningen", "Fryslân", "Drenthe")
BY_CODE = ("population", "regions", "figures", "spending", "boundaries")


def small_tables(folder: Path) -> None:
    """Write the tables of the country with the municipalities of three provinces only."""
    folder.mkdir(parents=True)
    for path in CARRIED.iterdir():
        if path.suffix in {".parquet", ".json"}:
            shutil.copy(path, folder / path.name)

    def keep(name: str, condition: pl.Expr) -> pl.DataFrame:
        kept = pl.read_parquet(folder / f"{name}.parquet").filter(condition)
        kept.write_parquet(folder / f"{name}.parquet")
        return kept

    codes = keep("municipalities", pl.col("province").is_in(PROVINCES))["code"].to_list()
    for name in BY_CODE:
        keep(name, pl.col("code").is_in(codes))
    keep("joint_arrangements", pl.col("code").is_in(codes) | pl.col("code").is_null())
    keep("events", pl.col("from_code").is_in(codes) & pl.col("to_code").is_in(codes))


def small_study(folder: Path) -> Study:
    """Do the steps of the first study on the small tables in ``folder``."""
    country: Country = country_tables(folder)
    study, _ = study_get()
    frame_get(study, country)
    plan, _ = selection_get(study, country)
    networks_get(study, country)
    evidence_get(study, country)
    runs_make(study, country, plan)
    return study
