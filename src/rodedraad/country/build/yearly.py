"""Which background figures does a newer "Kerncijfers wijken en buurten" give, and which not?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from rodedraad.clients.columns import TableColumn, column_find
from rodedraad.clients.refusals import ColumnMissing
from rodedraad.country.build.figures import figures_of, indicators_build, municipalities_read
from rodedraad.country.build.indicator_list import YEARLY, Recipe, columns_needed
from rodedraad.country.build.indicator_words import WORDINGS
from rodedraad.country.build.reading import SourceFolder

REGION = "WijkenEnBuurten"
INHABITANTS = "inhabitants"


@dataclass(frozen=True)
class YearFigures:
    """The figures of one year, what they are, and why others are not among them."""

    indicators: pl.DataFrame
    figures: pl.DataFrame
    left_out: tuple[str, ...]


def year_figures(sources: SourceFolder, key: str, columns_key: str, year: int) -> YearFigures:
    """The figures of the table ``key``, whose columns are found by title in ``columns_key``.

    A figure whose column is gone, counts in another unit or is still empty is left out, and
    said. Raises ``SourceBroken`` when even the number of inhabitants cannot be read.
    """
    columns = _columns(sources, columns_key)
    recipes: list[Recipe] = []
    left_out: list[str] = []
    for recipe in YEARLY:
        try:
            found = _found(recipe, columns, year)
        except ColumnMissing as refusal:
            left_out.append(f"{recipe.key}: {refusal.message}")
            continue
        if wrong := _other_unit(found, columns):
            left_out.append(f"{recipe.key}: {wrong}")
        else:
            recipes.append(found)
    published = list(municipalities_read(sources, key, REGION, columns_needed(recipes)))
    empty = {
        name
        for name in columns_needed(recipes)
        if all(row[name] is None for _, _, row in published)
    }
    for recipe in recipes:
        if empty.intersection(columns_needed([recipe])):
            left_out.append(f"{recipe.key}: published without figures so far")
    filled = [each for each in recipes if not empty.intersection(columns_needed([each]))]
    if INHABITANTS not in {each.key for each in filled}:
        raise sources.broken(key, "does not give the number of inhabitants")
    return YearFigures(
        indicators_build(filled, {year: key}),
        figures_of(sources, key, published, filled),
        tuple(left_out),
    )


def _columns(sources: SourceFolder, key: str) -> list[TableColumn]:
    listed = sources.json(key)
    try:
        columns = [TableColumn(**{**each, "group": tuple(each["group"])}) for each in listed]
    except (KeyError, TypeError) as fault:
        raise sources.broken(key, f"is not the expected list of columns ({fault!r})") from fault
    sources.count_check(key, len(columns), "columns")
    return columns


def _found(recipe: Recipe, columns: Sequence[TableColumn], year: int) -> Recipe:
    """The recipe of this year: its titles replaced by the keys that the columns have now."""
    return replace(
        recipe,
        year=year,
        columns=tuple(column_find(columns, title).key for title in recipe.columns),
        per=recipe.per and column_find(columns, recipe.per).key,
    )


def _other_unit(recipe: Recipe, columns: Sequence[TableColumn]) -> str | None:
    """What is wrong when a share is published as a number, or a number as a share."""
    unit = next(each.unit for each in columns if each.key == recipe.columns[0])
    as_published = recipe.per is None and recipe.times == 1
    if as_published and unit and ("%" in unit) != (WORDINGS[recipe.key].unit_nl == "%"):
        return f"column {recipe.columns[0]} counts in '{unit}' now"
    return None
