"""What are the background figures of each municipality in 2015, 2020 and 2021?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from rodedraad.country.build.indicator_list import (
    CODE_COLUMNS,
    RECIPES,
    SOURCES,
    Recipe,
    columns_of,
    recipes_of,
)
from rodedraad.country.build.indicator_words import WORDINGS
from rodedraad.country.build.reading import CODE, SourceFolder
from rodedraad.country.tables import SCHEMAS

Row = Mapping[str, object]
UNKNOWN, IMPOSSIBLE, ABSENT, OK = "unknown", "impossible", "absent", "ok"
_SYMBOLS = {".": UNKNOWN, "": IMPOSSIBLE}


def indicators_build(
    recipes: Sequence[Recipe] = RECIPES, sources: Mapping[int, str] = SOURCES
) -> pl.DataFrame:
    """The table ``indicators``: what is carried, under which names, from which source per year."""
    carried = {(recipe.key, recipe.year) for recipe in recipes}
    rows = []
    for recipe in recipes:
        word = WORDINGS[recipe.key]
        near = (word.weight_key, recipe.year) in carried
        rows.append(
            {
                "key": recipe.key,
                "year": recipe.year,
                "title_nl": word.title_nl,
                "title_en": word.title_en,
                "unit_nl": word.unit_nl,
                "unit_en": word.unit_en,
                "kind": word.kind,
                "weight_key": word.weight_key if near or not word.weight_key else "inhabitants",
                "direction": "none",
                "source_column": recipe.source_column,
                "source": sources[recipe.year],
                "source_row": recipe.columns[0],
            }
        )
    return pl.DataFrame(rows, schema=SCHEMAS["indicators"]).sort("year", "key")


def figures_build(sources: SourceFolder) -> pl.DataFrame:
    """The table ``figures``: every indicator of every municipality, missing ones as null."""
    published = {
        2015: _published_2015(sources),
        2020: municipalities_read(sources, SOURCES[2020], CODE_COLUMNS[2020], columns_of(2020)),
        2021: _published_2021(sources),
    }
    years = [
        figures_of(sources, SOURCES[year], rows, recipes_of(year))
        for year, rows in published.items()
    ]
    return pl.concat(years).sort("year", "key", "code")


def figures_of(
    sources: SourceFolder,
    key: str,
    published: Iterable[tuple[str, str, Row]],
    recipes: Sequence[Recipe],
) -> pl.DataFrame:
    """The figures of the recipes, from rows with their number and municipality."""
    rows = [
        {
            "code": code,
            "key": recipe.key,
            "year": recipe.year,
            "value": value,
            "status": status,
            "source": key,
            "source_row": number,
        }
        for number, code, row in published
        for recipe in recipes
        for value, status in [_value(sources, key, number, recipe, row)]
    ]
    return pl.DataFrame(rows, schema=SCHEMAS["figures"]).sort("year", "key", "code")


def population_build(sources: SourceFolder) -> pl.DataFrame:
    """The table ``population``: 2017-2026, and 2015 from the regional key figures."""
    series = population_of(sources, "population")
    first = [
        (2015, code, int(str(row["TotaleBevolking_1"])), SOURCES[2015], number)
        for number, code, row in _published_2015(sources)
    ]
    earlier = pl.DataFrame(first, schema=SCHEMAS["population"], orient="row")
    return pl.concat([earlier, series]).sort("year", "code")


def population_of(sources: SourceFolder, key: str) -> pl.DataFrame:
    """The inhabitants in one published series."""
    published = sources.csv(key, ["year", "gm_code", "inhabitants"])
    return published.select(
        sources.numbers(key, published, "year", pl.Int32()),
        sources.codes(key, published, "gm_code"),
        sources.numbers(key, published, "inhabitants", pl.Int64()),
        source=pl.lit(key),
        source_row="row",
    )


def _published_2015(sources: SourceFolder) -> Iterator[tuple[str, str, Row]]:
    """Municipalities only, and of those only the ones that existed: they have inhabitants."""
    key, code = SOURCES[2015], CODE_COLUMNS[2015]
    frame = sources.csv(key, [code, *columns_of(2015)], separator=";")
    for row in frame.iter_rows(named=True):
        trimmed = {name: (value or "").strip() for name, value in row.items()}
        if CODE.fullmatch(trimmed[code]) and trimmed["TotaleBevolking_1"].isdigit():
            yield row["row"], trimmed[code], trimmed


def municipalities_read(
    sources: SourceFolder, key: str, code: str, columns: Sequence[str]
) -> Iterator[tuple[str, str, Row]]:
    """The municipalities of a Parquet file that also holds districts and neighbourhoods."""
    frame = sources.parquet(key, [code, *columns])
    for row in frame.iter_rows(named=True):
        if CODE.fullmatch(row[code].strip()):
            yield row["row"], row[code].strip(), row


def _published_2021(sources: SourceFolder) -> Iterator[tuple[str, str, Row]]:
    key = SOURCES[2021]
    document = sources.json(key)
    if not isinstance(document, dict) or not isinstance(document.get("Gemeente"), dict):
        raise sources.broken(key, "has no object 'Gemeente'")
    sources.count_check(key, len(document["Gemeente"]), "municipalities")
    paths = [path.partition("/") for path in columns_of(2021)]
    seen = set()
    for number, (code, groups) in enumerate(document["Gemeente"].items(), start=1):
        row = {
            "/".join(filter(None, (group, name))): groups.get(group, {}).get(name)
            if name
            else groups.get(group)
            for group, _, name in paths
        }
        seen.update(name for name, value in row.items() if value is not None)
        yield str(number), code, row
    sources.columns_check(key, list(seen), columns_of(2021))


def _value(
    sources: SourceFolder, key: str, number: str, recipe: Recipe, row: Row
) -> tuple[float | None, str]:
    """The figure, or null with the reason; one missing part makes the whole missing."""
    parts = [row[name] for name in (*recipe.columns, recipe.per) if name]
    for part in parts:
        if part is None:
            return None, ABSENT
        if part in _SYMBOLS:
            return None, _SYMBOLS[str(part)]
    try:
        numbers = [float(str(part)) for part in parts]
    except ValueError as fault:
        said = f"has a value in row {number} for {recipe.source_column} that is no number"
        raise sources.broken(key, said, row=number) from fault
    divisor = numbers.pop() if recipe.per else 1.0
    if divisor == 0:
        return None, IMPOSSIBLE
    return recipe.times * sum(numbers) / divisor, OK
