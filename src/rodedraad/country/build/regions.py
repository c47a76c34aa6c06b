"""In which regions did each municipality sit, in 2016 and in 2022?"""

import polars as pl

from rodedraad.country.build.cleaning import cleaned
from rodedraad.country.build.reading import SourceFolder
from rodedraad.country.build.region_types import REGION_TYPES
from rodedraad.country.tables import SCHEMAS

_KEYS_2016 = {each.raw_2016: each.key for each in REGION_TYPES if each.raw_2016}
_KEYS_2022 = {each.raw_2022: each.key for each in REGION_TYPES if each.raw_2022}
_DOMAINS = {each.key: each.domain for each in REGION_TYPES}
_NO_CODE = pl.lit(None, pl.String).alias("region_code")
_COLUMNS_2016 = {
    "gm_code": "gm_code",
    "arrangement_type": "raw_type",
    "arrangement": "raw_region",
}
_COLUMNS_2022 = {
    "gm_code": "gm_code",
    "region_type": "raw_type",
    "region_name": "raw_region",
    "region_code": "region_code",
}


def regions_build(sources: SourceFolder) -> pl.DataFrame:
    """The table ``regions``: every published row of both years."""
    return pl.concat(
        [
            _memberships(sources, "regioatlas_2016", 2016, _COLUMNS_2016, _KEYS_2016),
            _memberships(sources, "regions_2022", 2022, _COLUMNS_2022, _KEYS_2022),
        ]
    )


def region_types_build(regions: pl.DataFrame) -> pl.DataFrame:
    """The table ``region_types``, with the number of regions that ``regions`` really holds."""
    counted = {
        (year, key): count
        for year, key, count in regions.group_by("year", "region_type")
        .agg(pl.col("region").n_unique())
        .iter_rows()
    }
    rows = [
        {
            "key": each.key,
            "title_nl": each.title_nl,
            "title_en": each.title_en,
            "domain": each.domain,
            "kind": each.kind,
            "note": each.note,
            "in_2016": (2016, each.key) in counted,
            "in_2022": (2022, each.key) in counted,
            "n_regions_2016": counted.get((2016, each.key)),
            "n_regions_2022": counted.get((2022, each.key)),
            "source": "rodedraad",
            "source_row": each.key,
        }
        for each in REGION_TYPES
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["region_types"]).sort("key")


def _memberships(
    sources: SourceFolder, key: str, year: int, columns: dict[str, str], keys: dict[str, str]
) -> pl.DataFrame:
    published = sources.csv(key, list(columns)).rename(columns)
    raw_types = published["raw_type"].str.strip_chars()
    unknown = published.filter(~raw_types.is_in(list(keys)))
    if unknown.height:
        said = f"has an unknown kind of region '{unknown['raw_type'][0]}'"
        raise sources.broken(key, f"{said} in line {unknown['row'][0]}")
    types = raw_types.replace_strict(keys)
    return published.select(
        pl.lit(year, pl.Int32).alias("year"),
        types.alias("region_type"),
        pl.col("region_code") if "region_code" in published.columns else _NO_CODE,
        published["raw_region"].map_elements(cleaned, return_dtype=pl.String).alias("region"),
        sources.codes(key, published, "gm_code"),
        "raw_type",
        "raw_region",
        types.replace_strict(_DOMAINS).alias("domain"),
        pl.lit(key).alias("source"),
        pl.col("row").alias("source_row"),
    ).cast(pl.Schema(SCHEMAS["regions"]))
